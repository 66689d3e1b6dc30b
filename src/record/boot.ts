import { BOOT_ENTRY, entryOf, HOST_ENTRY } from './boot-entry.ts';
import type { PrintkRecord } from './record.ts';

/** Why a record begins a boot: the kernel's banner, journald's boot id, or a clock that started again without either. */
export type BootReason = 'banner' | 'journal' | 'time';

export interface BootStep {
  /** Which boot of the log the record belongs to, from 0. */
  readonly boot: number;
  /** Set on the first record of every boot but the first. */
  readonly reason?: BootReason | undefined;
  /** The banner of a log that is printed a second time: a console that registers late, `dmesg -r` on the console. */
  readonly replay?: boolean | undefined;
}

/** A secondary CPU's first lines, or an unsynchronised clock, go back by less than this (µs). */
const BACKWARDS = 10_000_000;
/** A console that registers prints the log again within so much uptime (µs); a kernel that truly began again says goodbye or lives longer. */
const REPLAY_WITHIN = 2_000_000;
const BANNER = 'Linux version ';
/** How a kernel's last words begin. */
const LAST_WORDS = ['Kernel panic', 'reboot: ', 'Rebooting in'] as const;

/** What is known of the boot that a host is in. */
interface HostState {
  boot: number;
  banner: string | undefined;
  bannerHadLevel: boolean;
  /** Latest time of this boot, µs. */
  latest: number;
  lastWords: boolean;
  records: number;
}

/** Splits a log into boots, record by record. */
export class BootTracker {
  private boots = 0;
  private id: string | undefined;
  private readonly hosts = new Map<string, HostState>();
  private state: HostState = this.begin();

  /** Takes a record that says nothing of boots, as nearly all do; {@link next} for each was 5 % of `events`. @returns false: ask next() */
  passes({ usec, dict, text }: PrintkRecord): boolean {
    const { state } = this;
    if (dict !== undefined || (usec !== undefined && usec < state.latest - BACKWARDS) || tells(text)) return false;
    if (usec !== undefined && usec > state.latest) state.latest = usec;
    state.records++;
    return true;
  }

  /** Its time went back further than a late CPU explains: the next record shows whether a boot began. */
  doubts({ usec, dict }: PrintkRecord): boolean {
    if (usec === undefined) return false;
    const host = dict === undefined ? undefined : entryOf(dict, HOST_ENTRY);
    const { latest } = host === undefined ? this.state : (this.hosts.get(host) ?? { latest: 0 });
    return usec < latest - BACKWARDS;
  }

  /** `following`, where it is known, saves a single odd stamp from being taken for a boot. */
  next(record: PrintkRecord, following?: PrintkRecord): BootStep {
    this.host(record);
    const { text } = record;
    const told = this.journal(record);
    const banner = text.startsWith(BANNER) && /^Linux version \d+\.\d/.test(text);
    const replay = banner && !told && this.isReplay(record);
    const reason = told ? 'journal' : replay ? undefined : banner ? this.byBanner() : this.byTime(record, following);
    if (reason !== undefined) this.renew();
    const { state } = this;
    if (banner && !replay) {
      state.banner = text;
      state.bannerHadLevel = record.level !== undefined;
      state.latest = 0;
    }
    state.latest = Math.max(state.latest, record.usec ?? 0);
    state.lastWords ||= LAST_WORDS.some((words) => text.startsWith(words));
    state.records++;
    return { boot: state.boot, reason, replay: replay || undefined };
  }

  private begin(): HostState {
    return { boot: this.boots++, banner: undefined, bannerHadLevel: false, latest: 0, lastWords: false, records: 0 };
  }

  private renew(): void {
    Object.assign(this.state, this.begin());
  }

  /** Each machine of a log server's file counts its own boots. */
  private host(record: PrintkRecord): void {
    const host = entryOf(record.dict, HOST_ENTRY);
    if (host === undefined) return;
    const known = this.hosts.get(host);
    if (known !== undefined) this.state = known;
    else {
      if (this.hosts.size > 0) this.state = this.begin();
      this.hosts.set(host, this.state);
    }
  }

  /** journald's id changes, or a line said that another boot begins. */
  private journal(record: PrintkRecord): boolean {
    const id = entryOf(record.dict, BOOT_ENTRY);
    if (id === undefined) return false;
    const changed = this.state.records > 0 && (id === '' || (this.id !== undefined && id !== this.id));
    this.id = id;
    return changed;
  }

  /** Lines before the first banner are the firmware's or this kernel's; with a clock that had run they are the end of another boot. */
  private byBanner(): BootReason | undefined {
    const { banner, latest } = this.state;
    return banner !== undefined || latest > REPLAY_WITHIN ? 'banner' : undefined;
  }

  private isReplay(record: PrintkRecord): boolean {
    const { banner, bannerHadLevel, latest, lastWords } = this.state;
    if (banner !== record.text) return false;
    // the console prints no levels; `dmesg -r` does
    if (record.level !== undefined && !bannerHadLevel) return true;
    // a log that is printed again starts over: its time goes back
    return record.usec !== undefined && record.usec < latest && latest < REPLAY_WITHIN && !lastWords;
  }

  private byTime(record: PrintkRecord, following: PrintkRecord | undefined): BootReason | undefined {
    const { usec } = record;
    const limit = this.state.latest - BACKWARDS;
    if (usec === undefined || usec >= limit) return undefined;
    if (following?.usec !== undefined && following.usec >= limit) return undefined;
    // a log printed again by `dmesg -r`
    if (record.level !== undefined && this.state.banner !== undefined && !this.state.bannerHadLevel) return undefined;
    return 'time';
  }
}

/** It may be a banner or last words: the first character says of nearly every line that it is neither. */
function tells(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case 0x4b: // K
    case 0x52: // R
    case 0x72: // r
      for (const words of LAST_WORDS) if (text.startsWith(words)) return true;
      return false;
    case 0x4c: // L
      return text.startsWith(BANNER);
    default:
      return false;
  }
}
