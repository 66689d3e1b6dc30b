import { entryOf, HOST_ENTRY } from '../../record/boot-entry.ts';
import type { PrintkRecord } from '../../record/record.ts';

/** systemd 210 to 246 says `Set hostname to <web-01>.`, later ones `Hostname set to <web-01>.` (src/core/hostname-setup.c). */
const SET_BY_SYSTEMD = /^systemd\[1\]: (?:Set hostname to|Hostname set to) <([^<>]{1,64})>/;
const BANNER = /^Linux version (\d\S{1,100})/;
/** Names that any machine has before it is given one. */
const NO_NAME = /^(?:\(none\)|localhost(?:\.localdomain)?)?$/;
/** A log server's file has hosts by the thousand; two are too many to be one input's. */
const MOST = 64;

/** Gathers, while records pass by, what a log says of the machine: its name and its kernels. */
export class LogFacts {
  readonly #hosts = new Set<string>();
  readonly #releases = new Set<string>();
  #named: string | undefined;

  see(batch: readonly PrintkRecord[]): void {
    for (const { text, dict } of batch) {
      if (dict !== undefined) this.#host(entryOf(dict, HOST_ENTRY));
      // an `L` or an `s` begins one line in thirty
      const first = text.charCodeAt(0);
      if (first === 0x4c && this.#releases.size < MOST) {
        const release = BANNER.exec(text)?.[1];
        if (release !== undefined) this.#releases.add(release);
      } else if (first === 0x73) this.#named = SET_BY_SYSTEMD.exec(text)?.[1] ?? this.#named;
    }
  }

  get releases(): string[] {
    return [...this.#releases];
  }

  /** The one host of the log: what wrote it down says so, else what systemd said last. */
  get host(): string | undefined {
    const [host, ...others] = this.#hosts;
    return others.length > 0 ? undefined : (nameOf(host) ?? nameOf(this.#named));
  }

  #host(name: string | undefined): void {
    if (name !== undefined && this.#hosts.size < MOST) this.#hosts.add(name);
  }
}

/** A host's name, unless it is what a machine without a name is called. */
export const nameOf = (name: string | undefined): string | undefined => (name === undefined || NO_NAME.test(name) ? undefined : name);
