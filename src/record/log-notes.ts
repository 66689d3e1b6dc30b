import type { PrintkRecord } from './record.ts';
import { type Recovery, recoveryOf } from './recovery.ts';

/** What the log says about a module. */
export interface ModuleNote {
  /** `seq` of the record. */
  readonly record: number;
  /** Seconds since boot. */
  readonly uptime?: number | undefined;
  /** What the kernel says about a module that it loads; absent where the module itself spoke first. */
  readonly taint?: string | undefined;
}

/** That a part works again, and the record that says so. */
export interface RecoveryNote extends Recovery {
  readonly record: number;
  /** Seconds since boot. */
  readonly uptime?: number | undefined;
}

/** First words of lines that are kept, as any may be a driver's name: a boot has some 300. */
const MAX_NAMES = 32_768;
/** Devices whose mounts are kept, and mounts of one device. */
const MAX_MOUNTS = 1024;
/** Recoveries that are kept of a device, the last ones: what counts is how the log leaves it. */
const MAX_RECOVERIES = 16;
/** MODULE_NAME_LEN is 64 less an address; `e1000e 0000:00:19.0: ` is the prefix of dev_printk(). */
const SUBJECT = /^([A-Za-z]\w[\w-]{0,54})(?:| [^\s:]*\d\S*): /;
/**
 * kernel/module/main.c, each printed when the module is loaded and only for the first of its sort: out of tree since 3.2, signatures since
 * 3.7, test modules since 6.0, licence and staging ever since.
 */
const TAINTS: readonly (readonly [text: string, says: string])[] = [
  ['loading out-of-tree module taints kernel', 'out of tree'],
  ['module verification failed', 'not signed'],
  ['module license ', 'not under a free licence'],
  ['module is from the staging directory', 'from staging'],
  ['loading test module taints kernel', 'a test module'],
];

/**
 * What records outside any report say, for the rules of correlation: when which module was loaded or first spoke, where a file system was
 * mounted again, what came back, which boot is kdump's. Records are looked at as they pass; memory is bounded.
 */
export class LogNotes {
  /** By boot and name; the kernel's own lines, and the first line of each name. */
  readonly #names = new Map<string, ModuleNote[]>();
  readonly #mounts = new Map<string, number[]>();
  readonly #crashKernels = new Map<number, number>();
  readonly #recoveries = new Map<string, RecoveryNote[]>();
  #boot = 0;
  #whole = false;

  see({ seq, usec, text }: PrintkRecord, boot: number): void {
    if (boot !== this.#boot) [this.#boot, this.#whole] = [boot, false];
    if (!this.#whole && text.startsWith('Linux version ')) this.#whole = true;
    const colon = text.indexOf(': ');
    if (colon < 2 || colon > 100) return;
    if (colon < 20 && text.includes(' elfcorehdr=') && /^(?:Kernel c|C)ommand line$/.test(text.slice(0, colon)))
      this.#crashKernels.set(boot, seq);
    const uptime = usec === undefined ? undefined : usec / 1e6;
    this.#recovered(seq, uptime, text, boot);
    const name = SUBJECT.exec(text)?.[1];
    if (name === undefined) return;
    const taint = TAINTS.find(([said]) => text.startsWith(said, colon + 2))?.[1];
    const key = keyOf(name, boot);
    const known = this.#names.get(key);
    const note: ModuleNote = { record: seq, uptime, taint };
    // where the log lacks the beginning of the boot, its first line of a module need not have been the first
    if (known === undefined && (this.#whole || taint !== undefined) && this.#names.size < MAX_NAMES) this.#names.set(key, [note]);
    else if (known !== undefined && taint !== undefined && known.length < TAINTS.length) known.push(note);
  }

  /** A file system began or ended on the device with that record. */
  mounted(device: string, record: number): void {
    const known = this.#mounts.get(device);
    if (known === undefined && this.#mounts.size < MAX_MOUNTS) this.#mounts.set(device, [record]);
    else if (known !== undefined && known.length < MAX_MOUNTS) known.push(record);
  }

  #recovered(record: number, uptime: number | undefined, text: string, boot: number): void {
    const found = recoveryOf(text);
    if (found === undefined) return;
    const key = `${boot}/${found.device}`;
    const known = this.#recoveries.get(key);
    const note = { ...found, record, uptime };
    if (known === undefined && this.#recoveries.size < MAX_MOUNTS) this.#recoveries.set(key, [note]);
    else if (known !== undefined) {
      known.push(note);
      if (known.length > MAX_RECOVERIES) known.shift();
    }
  }

  /** The record that says that a boot is one of the kernel which kdump starts after a crash: only that one is told where the old memory is. */
  crashKernel(boot: number): number | undefined {
    return this.#crashKernels.get(boot);
  }

  /** The first line after a record that says that the device works again. */
  recovery(device: string, boot: number, after: number): RecoveryNote | undefined {
    return this.#recoveries.get(`${boot}/${device}`)?.find(({ record }) => record > after);
  }

  /** What is known of a module before a record, in log order: the loader's lines, else its own first line. */
  module(name: string, boot: number, before: number): readonly ModuleNote[] {
    const notes = (this.#names.get(keyOf(name, boot)) ?? []).filter(({ record }) => record < before);
    const said = notes.filter(({ taint }) => taint !== undefined);
    return said.length > 0 ? said : notes;
  }

  /** Whether the file system on a device began anew between two records. */
  mountsBetween(device: string, first: number, last: number): boolean {
    return this.#mounts.get(device)?.some((record) => record > first && record < last) ?? false;
  }
}

/** Stacks write module names with `_`; the modules' own lines may have `-`. */
const keyOf = (name: string, boot: number): string => `${boot}/${name.replaceAll('-', '_')}`;
