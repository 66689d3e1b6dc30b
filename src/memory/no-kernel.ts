import type { Dump } from '../dump/dump.ts';
import { InputError } from '../dump/source.ts';
import type { Vmcoreinfo } from './vmcoreinfo.ts';

/** A dump whose container could be read, and no kernel found in its memory. */
export class NoKernelError extends InputError {
  constructor(
    facts: InputError['facts'],
    readonly dump: Dump,
    /** What the container says of its kernel all the same. */
    readonly info: Vmcoreinfo | undefined,
  ) {
    super(facts);
  }
}

/** @param info VMCOREINFO of a note, where there is one */
export function noKernel(dump: Dump, info: Vmcoreinfo | undefined, file: string): NoKernelError {
  const facts =
    info === undefined ? { sought: 'VMCOREINFO of a Linux kernel, in notes and in memory', found: where(dump) } : named(dump, info);
  return new NoKernelError({ file, ...facts, hint: whyNot(dump, info !== undefined) }, dump, info);
}

/** VMCOREINFO is there, and leads nowhere. */
function named(dump: Dump, info: Vmcoreinfo): { sought: string; found: string } {
  const sought = `the memory of kernel ${info.release} that its VMCOREINFO names`;
  if (isEmpty(dump)) return { sought, found: `no page at all in ${dump.container}` };
  if (info.symbol('prb') === undefined && info.symbol('log_buf') === undefined)
    return { sought: 'the log by its VMCOREINFO', found: `no symbol of the log in it (kernel ${info.release})` };
  return { sought, found: `none of it, in ${sizeOf(dump)} of ${dump.container}` };
}

const where = (dump: Dump): string =>
  isEmpty(dump) ? `no page at all in ${dump.container}` : `none that fits, in ${sizeOf(dump)} of ${dump.container}`;

/** Of what the file holds. */
function sizeOf({ ranges }: Dump): string {
  const size = ranges.reduce((sum, r) => sum + r.end - r.start, 0);
  return size < 2 ** 20 ? `${Math.round(size / 1024)} KiB` : `${Math.round(size / 2 ** 20)} MiB`;
}

function whyNot(dump: Dump, isNamed: boolean): string {
  if (dump.details.incomplete) return `the dump is incomplete: ${dump.details.incomplete}`;
  if (isEmpty(dump)) return 'who wrote it did not come to the pages';
  if (dump.notes.some(({ name }) => name === 'Xen' || name === 'VMCOREINFO_XEN'))
    return 'this is the memory of a Xen host, and nothing in it tells where that of its dom0 lies';
  if (isNamed) return 'only a part of the memory was dumped, or the note is of another boot; lastkmsg info shows what the note says';
  return dump.container.startsWith('raw')
    ? 'if it is a log, give it as text; pieces of memory that lie apart are given as FILE@ADDRESS; LiME’s format=raw does not say where they lay, format=lime does'
    : 'the kernel may have been built without CONFIG_VMCORE_INFO, or this is another system’s memory';
}

const isEmpty = ({ ranges, nextHeld }: Dump): boolean => ranges.every(({ start, end }) => (nextHeld(start) ?? end) >= end);
