import { fstatSync, readSync } from 'node:fs';
import { openElfCore } from '../elf-core.ts';
import { openFlattened } from '../flattened.ts';
import { kdumpIdentity, openKdump } from '../kdump.ts';
import { openLime, openRaw, openS390 } from '../raw.ts';
import { type DumpFormat, sniff } from '../sniff.ts';
import { type ByteSource, InputError } from '../source.ts';
import { joinSplit } from '../split.ts';
import type { Dump } from '../dump.ts';
import { type FileSource, fileSource, openFile } from './file-source.ts';
import { Spool } from './spool.ts';
import { unwrap } from './unwrap.ts';

/** A file with its wrappers taken off: a dump, or bytes that no magic claims (text, or a raw image). */
export interface OpenedFile {
  readonly name: string;
  readonly source: FileSource;
  readonly format: DumpFormat | undefined;
  readonly wrappers: readonly string[];
  readonly warnings: readonly string[];
}

const HEAD = 8192;
/** A wrapper in a wrapper happens (vmcore.gz in an xz); deeper is an attack. */
const MAX_WRAPPERS = 3;

/**
 * Opens FILE (`-` is standard input) and looks at its first bytes.
 * @throws InputError where it cannot be read, is empty, or is of a known kind that is not read
 */
export async function openInput(path: string): Promise<OpenedFile> {
  let source = path === '-' ? spoolStdin() : openFile(path);
  const wrappers: string[] = [];
  const warnings: string[] = [];
  for (;;) {
    const found = sniff(source.read(0, HEAD));
    if (found?.kind === 'refused') {
      throw new InputError({ file: path, sought: 'a Linux dump or log', found: `${found.name}, which lastkmsg does not read`, offset: 0, hint: found.hint });
    }
    if (found?.kind !== 'wrapper') {
      return { name: path, source, format: found?.format, wrappers, warnings };
    }
    if (wrappers.length === MAX_WRAPPERS) {
      throw new InputError({ file: path, sought: 'a dump or a log', found: `compression within compression, more than ${MAX_WRAPPERS} deep` });
    }
    wrappers.push(found.wrapper);
    const { source: inner, cut } = await unwrap(source, found.wrapper);
    source.close();
    if (cut) warnings.push(`the ${found.wrapper} data is damaged or cut after ${inner.size} bytes (${cut})`);
    source = inner;
  }
}

/** A pipe becomes a spool; a redirected file is read where it is. */
function spoolStdin(): FileSource {
  const stat = fstatSync(0);
  if (stat.isFile()) return fileSource('-', 0, stat.size);
  const spool = new Spool('-');
  const buffer = Buffer.allocUnsafe(1 << 18);
  for (;;) {
    try {
      const n = readSync(0, buffer, 0, buffer.length, null);
      if (n === 0) return spool.source();
      spool.write(buffer.subarray(0, n));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EOF') return spool.source();
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a non-blocking pipe with nothing in it yet
      else throw new InputError({ file: '-', sought: 'a dump or a log', found: `an error: ${code ?? String(error)}` }, { cause: error });
    }
  }
}

/**
 * The dump in one opened file, or in the members of a split set.
 * @throws InputError where the container cannot be made sense of
 */
export async function openDump(files: readonly OpenedFile[]): Promise<Dump> {
  const members = await Promise.all(files.map((f) => openContainer(f)));
  const dump = members.length > 1 ? joinSplit(members) : members[0]!;
  const wrappers = files[0]!.wrappers;
  const warnings = files.flatMap((f) => f.warnings);
  const extra = { wrappers: wrappers.length > 0 ? wrappers : undefined };
  const withExtra = (d: Dump): Dump => ({
    ...d,
    details: { ...d.details, ...extra, warnings: [...warnings, ...d.details.warnings], incomplete: d.details.incomplete ?? warnings[0] },
    alternative: d.alternative && withExtra(d.alternative),
  });
  return withExtra(dump);
}

async function openContainer(file: OpenedFile): Promise<Dump> {
  const { source, format } = file;
  switch (format) {
    case 'elf': return openElfCore(source);
    case 'kdump': return openKdump(source);
    case 'flattened': return openFlattenedDump(source);
    case 'lime': return openLime(source);
    case 's390': return openS390(source);
    case undefined: return openRaw(source);
  }
}

async function openFlattenedDump(source: ByteSource): Promise<Dump> {
  const flat = openFlattened(source);
  const inner = sniff(flat.read(0, HEAD));
  const format = inner?.kind === 'dump' ? inner.format : undefined;
  if (format !== 'kdump' && format !== 'elf') {
    throw new InputError({ file: source.name, sought: 'a kdump or ELF header in the flattened stream', found: 'neither', hint: 'the stream was cut before its header, which makedumpfile writes last' });
  }
  const dump = format === 'kdump' ? await openKdump(flat) : openElfCore(flat);
  const mark = (d: Dump): Dump => ({
    ...d,
    details: { ...d.details, flattened: true, incomplete: flat.complete ? d.details.incomplete : 'the flattened stream has no end marker: the transfer was cut' },
    alternative: d.alternative && mark(d.alternative),
  });
  return mark(dump);
}

/** Which opened file belongs to which set: members of a --split set share the header's first bytes. */
export function splitIdentity(file: OpenedFile): string | undefined {
  if (file.format === 'kdump') return kdumpIdentity(file.source);
  return undefined;
}
