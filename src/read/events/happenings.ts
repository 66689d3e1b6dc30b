import { type BootSaid, BootWatch } from '../../event/boot/reboot.ts';
import type { BuildContext } from '../../event/builder.ts';
import { BUILDERS } from '../../event/builders.ts';
import type { Event, RawRecord } from '../../event/event.ts';
import type { Draft } from '../../event/facts/draft.ts';
import type { FoldRule, Suppressed } from '../../event/fold/folder.ts';
import { type Mount, mountOf } from '../../event/hardware/filesystem/mount.ts';
import { suppressedOf } from '../../event/hardware/suppressed.ts';
import { isUnclaimed } from '../../event/trace/trace.ts';
import { decodeText } from '../../record/decode-text.ts';
import type { LogNotes } from '../../record/log-notes.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { Assembler } from '../../report/assemble/assembler.ts';
import type { LogLine } from '../../report/line.ts';
import type { GrowingReport, Report } from '../../report/report.ts';
import { sign } from '../../signature/signature.ts';

export interface PipelineOptions {
  /** The FILE as given: `source` of its events. */
  readonly source: string;
  /** Kernel release that a dump states; text logs state theirs in the banner or the report. */
  readonly release?: string | undefined;
  /** Adds the report's records to each event (`--raw`). */
  readonly raw?: boolean | undefined;
  /** Gathers what records tell that are no reports. */
  readonly notes?: LogNotes | undefined;
}

/** What a report says by itself. Plain data: a thread may hand it to another. */
export type Happening =
  | { readonly what: 'event'; readonly event: Event; readonly fold: FoldRule | undefined }
  | { readonly what: 'boot'; readonly said: Omit<BootSaid, 'draft'>; readonly event: Event | undefined }
  | { readonly what: 'mount'; readonly mount: Mount; readonly boot: number; readonly seq: number | undefined }
  | { readonly what: 'suppressed'; readonly suppressed: Suppressed; readonly boot: number }
  | { readonly what: 'unclaimed' };

/** Records in, what happened out, in log order, report by report; memory is bounded by what reports are open. */
export class Happenings {
  readonly #assembler = new Assembler();
  readonly #boots = new BootWatch();
  #release: string | undefined;
  /** The record that says so: the banner's. */
  #releaseBy: number[] = [];
  #previous: { readonly draft: Draft; readonly boot: number } | undefined;
  /** The first boot that was seen from its beginning. */
  #wholeFrom = 0;
  #isGuess = false;

  constructor(readonly options: PipelineOptions) {
    this.#release = options.release;
  }

  /** Records before those that come now were left out: an event may have been among them. */
  beganLater(): void {
    this.#wholeFrom = this.boot + 1;
  }

  /** Something was built that a record which was left out may tell better. */
  get isGuess(): boolean {
    return this.#isGuess;
  }

  /** The boot that the last record belongs to, from 0. */
  get boot(): number {
    return this.#assembler.boot;
  }

  /**
   * What the next records are read by, but for numbers of boots and for the event before: two that know the same make the same of them.
   * Undefined where that cannot be told.
   */
  get known(): readonly unknown[] | undefined {
    const { known } = this.#assembler;
    return known && [known, this.#boots.known, this.#release, this.#releaseBy];
  }

  /** The event before, as far as another looks at it; undefined where none was seen and there may be one. */
  get before(): readonly unknown[] | undefined {
    if (this.#previous === undefined || this.#previous.boot !== this.boot) return this.boot >= this.#wholeFrom ? [] : undefined;
    const { kind, uptime, completenessReason } = this.#previous.draft;
    return [kind, uptime, completenessReason];
  }

  /** Takes a batch. @returns what the reports say that ended */
  push(records: readonly PrintkRecord[]): Happening[] {
    const out: Happening[] = [];
    for (const record of records) {
      // a line of prose or of another program is no evidence, whatever words it holds
      if (record.foreign) continue;
      const reports = this.#assembler.push(record);
      // nearly every record: an iterator over nothing for each was a twentieth of what is allocated
      if (reports.length > 0) for (const report of reports) this.#build(report, out);
      this.#boots.see(record);
      this.options.notes?.see(record, this.#assembler.boot);
    }
    return out;
  }

  /** A growing log has paused. @returns what the reports say that have nothing more to wait for */
  pause(): Happening[] {
    const out: Happening[] = [];
    for (const report of this.#assembler.pause()) this.#build(report, out);
    return out;
  }

  /** The report that is still being printed, where one is. */
  get growing(): GrowingReport | undefined {
    return this.#assembler.growing;
  }

  /** The log ended, or a growing one has gone quiet. @returns what the reports say that were still open */
  end(why: 'end-of-log' | 'silence' = 'end-of-log'): Happening[] {
    const out: Happening[] = [];
    for (const report of this.#assembler.end(why)) this.#build(report, out);
    return out;
  }

  #build(report: Report, out: Happening[]): void {
    const { boot, form, family } = report;
    if (form.name === 'banner') this.#banner(report.lines[0]);
    if (form.name === 'mount') {
      const mount = mountOf(report);
      if (mount !== undefined) out.push({ what: 'mount', mount, boot, seq: report.lines[0]?.record.seq });
      return;
    }
    if (form.name === 'suppressed') {
      const suppressed = suppressedOf(report);
      if (suppressed !== undefined) out.push({ what: 'suppressed', suppressed, boot });
      return;
    }
    if (family.name === 'boot') {
      const { draft, ...said } = this.#boots.boots(report);
      out.push({ what: 'boot', said, event: draft && this.#finish(report, draft) });
      return;
    }
    const draft = BUILDERS[family.name]?.(report, this.#context(boot));
    if (draft === undefined) {
      if (isUnclaimed(report)) out.push({ what: 'unclaimed' });
      return;
    }
    this.#previous = { draft, boot };
    out.push({ what: 'event', event: this.#finish(report, draft), fold: draft.naming.fold });
  }

  #context(boot: number): BuildContext {
    const previous = this.#previous?.boot === boot ? this.#previous.draft : undefined;
    if (previous !== undefined || boot >= this.#wholeFrom) return { previous, release: this.#release };
    const asked = (): undefined => {
      this.#isGuess = true;
    };
    return {
      release: this.#release,
      get previous() {
        return asked();
      },
    };
  }

  #banner(line: LogLine | undefined): void {
    const said = /^Linux version (\S+)/.exec(line?.text ?? '')?.[1];
    this.#release = said ?? this.options.release;
    this.#releaseBy = said === undefined || line === undefined ? [] : [line.record.seq];
  }

  #finish(report: Report, draft: Draft): Event {
    const { naming: _naming, recordsOf: recordsOfFrame, sources, ...fields } = draft;
    const records = recordsOf(report);
    const { signed, frame } = sign(draft);
    const event: Event = {
      schemaVersion: 1,
      source: this.options.source,
      id: '',
      boot: report.boot,
      ...fields,
      ...signed,
      records: spanOf(records),
      sources,
    };
    const culprit = frame === undefined ? [] : recordsOfFrame(frame);
    if (culprit.length > 0) sources.culprit = culprit;
    const wall = event.wall ?? statedWall(records);
    if (wall !== undefined) event.wall = wall;
    if (event.kernel === undefined && this.#release !== undefined) {
      event.kernel = { release: this.#release };
      if (this.#releaseBy.length > 0) sources['kernel.release'] = this.#releaseBy;
    }
    if (this.options.raw) event.raw = records.map(rawOf);
    return event;
  }
}

/** The records of its lines, which stand in the order of the log: those of one record follow each other. */
function recordsOf(report: Report): PrintkRecord[] {
  const records: PrintkRecord[] = [];
  let last: PrintkRecord | undefined;
  for (const { record } of report.lines) {
    if (record !== last) records.push(record);
    last = record;
  }
  return records;
}

/** The time of the day that the first of its records states which states one. */
function statedWall(records: readonly PrintkRecord[]): Event['wall'] {
  const wall = records.find((record) => record.wall !== undefined)?.wall;
  if (wall === undefined || !(Math.abs(wall.usec) <= 8.64e18)) return undefined; // a damaged line may state what is no date
  const { usec, source, uncertaintySeconds, inferred } = wall;
  return { time: new Date(usec / 1000).toISOString(), source, uncertaintySeconds, ...(inferred && { inferred: [...inferred] }) };
}

function spanOf(records: readonly PrintkRecord[]): Event['records'] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { seq } of records) {
    if (seq < first) first = seq;
    if (seq > last) last = seq;
  }
  return { first, last, count: records.length };
}

function rawOf(record: PrintkRecord): RawRecord {
  const raw: RawRecord = { seq: record.seq, text: decodeText(record.text) };
  if (record.usec !== undefined) raw.time = record.usec / 1e6;
  if (record.level !== undefined) raw.level = record.level;
  if (record.callerId !== undefined) raw.callerId = record.callerId;
  return raw;
}
