import { existsSync } from 'node:fs';
import { type Extent, type KdumpContent, writeKdump } from '../../dump/kdump-write.ts';
import { InputError } from '../../dump/source.ts';
import { readPeerPages } from '../../memory/peer-pages.ts';
import { readWholeRings } from '../../printk/log.ts';
import { type DumpLog, lossesOf } from '../../read/inputs/dump-log.ts';
import { expand } from '../../read/inputs/expand.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import { EXIT, UsageError } from '../exit.ts';
import { isSameFile, writeExtents } from '../extents-file.ts';
import { failOn } from '../fail-on.ts';
import { eachOpened } from '../inputs/each.ts';
import { inputForm } from '../inputs/form.ts';
import type { CommonOptions } from './options.ts';

export interface TrimOptions extends CommonOptions {
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
  /** Keep what `inspect` needs too. */
  readonly inspect?: boolean | undefined;
}

/** `lastkmsg trim`. @returns the exit code */
export async function trim(names: readonly string[], options: TrimOptions): Promise<number> {
  const { output } = options;
  if (output === undefined || names.length === 0) throw new UsageError('trim takes a dump and -o OUTPUT');
  if (output === '-' && process.stdout.isTTY) throw new UsageError('a dump is not written to a terminal: redirect it, or name a file');
  if (output !== '-' && !options.force && existsSync(output)) throw new UsageError(`${output} is there already: -f writes over it`);
  const files = await groupFiles(names);
  if (output !== '-' && files.flat().some(({ name }) => isSameFile(name, output)))
    throw new UsageError(`${output} is the dump to be trimmed`);
  if (files.length > 1) throw new UsageError('trim takes one dump, or all members of one split set');
  const { groups, close } = await expand(files[0]!, { form: inputForm(options.input) });
  // of what is found in an archive only the dump is meant
  const dumps = groups.length > 1 ? groups.filter(([file]) => file?.isDump) : groups;
  if (dumps.length !== 1) throw new UsageError(`there are ${dumps.length} dumps in ${names[0]}: name one, as ARCHIVE!MEMBER`);
  const fail = await failOn(options.failOn);
  const code = await eachOpened(dumps, options, async (opened) => {
    if (opened.kind === 'text') throw notDump(opened.input);
    const { dump } = opened;
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
    if (options.inspect) await (await import('../inspect/touch.ts')).touchForInspect(dump);
    const trimmed = trimmedDump(dump, ofLog);
    if (records.length === 0 && !dump.log.flat?.length) {
      const found = dump.log.report.problems[0] ?? 'no record in the ring';
      throw new InputError({ file: dump.name, sought: 'a kernel log to keep', found });
    }
    writeExtents(output, trimmed);
    const watch = fail.begin(dump.name, dump.kernel.info.release);
    watch.see(records);
    watch.end();
    return lossesOf(dump);
  });
  close();
  return fail.found ? EXIT.failOn : code;
}

const notDump = ({ name, form }: LogInput): InputError =>
  new InputError({
    file: name,
    sought: 'a dump',
    found: `a log in text form (${form})`,
    hint: 'a text is small enough as it is',
  });

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
