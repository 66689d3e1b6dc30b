import { existsSync, writeFileSync } from 'node:fs';
import { type KdumpContent, writeKdump } from '../../dump/kdump-write.ts';
import { InputError } from '../../dump/source.ts';
import { readPeerPages } from '../../memory/peer-pages.ts';
import { readWholeRings } from '../../printk/log.ts';
import { parseArguments } from '../arguments.ts';
import { EXIT, UsageError } from '../exit.ts';
import { type DumpLog, lossesOf } from '../inputs/dump-log.ts';
import { groupFiles, open } from '../inputs/open.ts';
import { warn } from '../warn.ts';

export const TRIM_HELP = `Usage: lastkmsg trim [-f] FILE... -o small.vmcore

Writes a kdump-compressed dump that holds only the pages the kernel log needs: some hundred kB that lastkmsg, makedumpfile and
crash's reader open. FILE is a dump in any container, or all members of a split set.

  -o, --output FILE   where to write it (- is standard output)
  -f, --force         write over a file that is there
`;

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  force: { type: 'boolean', short: 'f' },
  input: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** `lastkmsg trim`. @returns the exit code */
export async function trim(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, OPTIONS);
  if (values.help) {
    process.stdout.write(TRIM_HELP);
    return EXIT.ok;
  }
  const { output } = values;
  if (output === undefined || positionals.length === 0) throw new UsageError('trim takes a dump and -o OUTPUT');
  if (output !== '-' && !values.force && existsSync(output)) throw new UsageError(`${output} is there already: -f writes over it`);
  const [names, ...others] = groupFiles(positionals);
  if (others.length > 0) throw new UsageError('trim takes one dump, or all members of one split set');
  const opened = await open(names!, { input: values.input });
  if (opened.kind === 'text') {
    throw new InputError({
      file: opened.input.name,
      sought: 'a dump',
      found: `a log in text form (${opened.input.form})`,
      hint: 'a text is small enough as it is',
    });
  }
  const { dump } = opened;
  const trimmed = trimmedDump(dump);
  if (dump.log.report.records === 0 && !dump.log.flat?.length) {
    throw new InputError({
      file: dump.name,
      sought: 'a kernel log to keep',
      found: dump.log.report.problems[0] ?? 'no record in the ring',
    });
  }
  if (output === '-') process.stdout.write(trimmed);
  else write(output, trimmed);
  const losses = lossesOf(dump);
  if (!values.quiet) for (const line of losses) warn(`${dump.name}: ${line}`);
  return losses.length > 0 ? EXIT.loss : EXIT.ok;
}

function write(path: string, bytes: Buffer): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputError({ file: path, sought: 'to write the trimmed dump', found: `an error: ${code}` }, { cause: error });
  }
}

/** Reads the whole log, early ring included, and keeps every page that this took: rings, utsname, and the page tables that lead to them. */
function trimmedDump({ kernel, log }: DumpLog): Buffer {
  for (const _ of log.records(true)); // drawing the records touches the pages
  const { memory, machine, info, utsname, dump, walk } = kernel;
  readWholeRings(kernel);
  readPeerPages(kernel);
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
    pages: touchedPages(kernel),
  };
  return writeKdump(content);
}

/** The image's linear mapping from __START_KERNEL_map, which kernels before 4.10 do not state. */
function physBaseOf({ info, memory }: DumpLog['kernel']): bigint {
  const text = info.symbol('_stext');
  const paddr = text === undefined ? undefined : memory.toPhysical(text);
  return info.number('phys_base') ?? (text === undefined || paddr === undefined ? 0n : BigInt(paddr) - (text - 0xffffffff80000000n));
}

function touchedPages({ memory, dump }: DumpLog['kernel']): { pfn: number; bytes: Buffer }[] {
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
      return state === 'present' || state === 'excluded' ? [{ pfn, bytes }] : [];
    });
}
