import { type Extent, type KdumpContent, writeKdump } from '../../dump/kdump-write.ts';
import { InputError } from '../../dump/source.ts';
import { readPeerPages } from '../../memory/peer-pages.ts';
import { readWholeRings } from '../../printk/log.ts';
import type { DumpLog } from '../../read/inputs/dump-log.ts';
import type { PrintkRecord } from '../../record/record.ts';

/** A small dump that holds what the log needs, as extents of a sparse file, and the records of that log. */
export interface Trimmed {
  readonly extents: readonly Extent[];
  readonly records: readonly PrintkRecord[];
}

/**
 * Trims a dump to its log.
 * @param inspect keep what `inspect` needs too
 * @throws InputError where there is no kernel, or no log, to keep
 */
export async function trimDump(dump: DumpLog, inspect: boolean): Promise<Trimmed> {
  if (dump.isCarved)
    throw new InputError({
      file: dump.name,
      sought: 'a kernel to trim around',
      found: 'a log by its shape only',
      hint: 'lastkmsg dmesg -r keeps it as text',
    });
  const records = [...dump.log.records(true)]; // drawing the records touches the pages
  readForPeers(dump);
  const ofLog = new Set(dump.kernel.memory.physical.touched);
  if (inspect) await (await import('../inspect/touch.ts')).touchForInspect(dump);
  const extents = trimmedDump(dump, ofLog);
  if (records.length === 0 && !dump.log.flat?.length) {
    const found = dump.log.report.problems[0] ?? 'no record in the ring';
    throw new InputError({ file: dump.name, sought: 'a kernel log to keep', found });
  }
  return { extents, records };
}

/** What peers read beyond the records before they show a log. */
function readForPeers({ kernel }: DumpLog): void {
  readWholeRings(kernel);
  readPeerPages(kernel);
}

/**
 * Keeps every page that reading the whole log, early ring included, took: rings, utsname, and the page tables that lead to them.
 * @param ofLog numbers of the blocks that the log needs
 */
function trimmedDump({ kernel }: DumpLog, ofLog: ReadonlySet<number>): Extent[] {
  const { memory, machine, info, utsname, dump, walk } = kernel;
  // peers walk the tables also where we have a formula
  for (const page of [...memory.pagesRead]) walk?.(page);
  const release = info.release ?? '';
  const content: KdumpContent = {
    order: memory.reader.order,
    wordSize: memory.wordSize,
    padded: machine === 'arm',
    pageSize: memory.pageSize,
    utsname: utsname ?? { sysname: 'Linux', nodename: '', release, version: '', machine: '' },
    timestamp: dump.details.timestamp ?? info.crashTime ?? 0,
    cpus: dump.details.cpus ?? dump.notes.filter((n) => n.name === 'CORE' && n.type === 1).length,
    physBase: machine === 'x86_64' ? physBaseOf(kernel) : 0n,
    vmcoreinfo: info.text,
    notes: dump.notes,
    pages: touchedPages(kernel, ofLog),
  };
  return writeKdump(content);
}

/** The image's linear mapping from __START_KERNEL_map, which kernels before 4.10 do not state. */
function physBaseOf({ info, memory }: DumpLog['kernel']): bigint {
  const text = info.symbol('_stext');
  const paddr = text === undefined ? undefined : memory.toPhysical(text);
  return info.number('phys_base') ?? (text === undefined || paddr === undefined ? 0n : BigInt(paddr) - (text - 0xffffffff80000000n));
}

function touchedPages({ memory, dump }: DumpLog['kernel'], ofLog: ReadonlySet<number>): { pfn: number; bytes: Buffer }[] {
  const { pageSize, physical } = memory;
  const frames = new Set<number>();
  for (const block of physical.touched) {
    const start = block * dump.blockSize;
    for (let at = start; at < start + dump.blockSize; at += pageSize) frames.add(Math.floor(at / pageSize));
  }
  return [...frames]
    .sort((a, b) => a - b)
    .flatMap((pfn) => {
      const { bytes, state } = physical.read(pfn * pageSize, pageSize);
      // of the log what was left out were zeros; of other memory nobody knows
      const isLog = ofLog.has(Math.floor((pfn * pageSize) / dump.blockSize));
      return state === 'present' || (isLog && state === 'excluded') ? [{ pfn, bytes }] : [];
    });
}
