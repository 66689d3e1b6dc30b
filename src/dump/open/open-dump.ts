import { openAvml } from '../avml.ts';
import type { Dump } from '../dump.ts';
import { openElfCore } from '../elf-core.ts';
import { openFlattened } from '../flattened.ts';
import { openKdump } from '../kdump.ts';
import { openLime, openPieces, openRaw, openS390 } from '../raw.ts';
import { type ArchiveFormat, type DumpFormat, sniff } from '../sniff.ts';
import { type ByteSource, InputError } from '../source.ts';
import { joinSplit } from '../split.ts';
import { type Deadline, stoppedAfter } from './deadline.ts';
import { type OpenSource, openFile } from './file-source.ts';
import { HEAD } from './head.ts';

/** A file with its wrappers taken off: a dump, or bytes that no magic claims (text, or a raw image). */
export interface OpenedFile {
  readonly name: string;
  readonly source: OpenSource;
  readonly format: DumpFormat | undefined;
  /** What holds files instead of being one. */
  readonly archive?: ArchiveFormat | undefined;
  /** The physical address at which it begins, of a piece of raw memory; whoever names it knows. */
  readonly at?: number | undefined;
  readonly wrappers: readonly string[];
  readonly warnings: readonly string[];
}

/** A wrapper in a wrapper happens (vmcore.gz in an xz); deeper is an attack. */
const MAX_WRAPPERS = 3;

/**
 * Opens a file and looks at its first bytes, through any compression.
 * @throws InputError where it cannot be read, is empty, or is of a known kind that is not read
 */
export async function openInput(path: string, deadline?: Deadline): Promise<OpenedFile> {
  return unwrapped(path, openFile(path), deadline);
}

/** The same for a file that is open already: standard input, or a spool of it. Takes the file over. */
export async function unwrapped(path: string, opened: OpenSource, deadline?: Deadline): Promise<OpenedFile> {
  let source = opened;
  const wrappers: string[] = [];
  const warnings: string[] = [];
  try {
    for (;;) {
      const found = sniff(headOf(path, source));
      if (found?.kind === 'refused') throw refusal(path, found);
      if (found?.kind === 'archive') return { name: path, source, format: undefined, archive: found.archive, wrappers, warnings };
      if (found?.kind !== 'wrapper') return { name: path, source, format: found?.format, wrappers, warnings };
      if (wrappers.length === MAX_WRAPPERS) {
        const found = `compression within compression, more than ${MAX_WRAPPERS} deep`;
        throw new InputError({ file: path, sought: 'a dump or a log', found });
      }
      wrappers.push(found.wrapper);
      const { unwrap } = await import('./unwrap.ts'); // decompressors: few files need them
      const { source: inner, cut, late } = await unwrap(source, found.wrapper, { deadline });
      source.close();
      if (late && deadline) warnings.push(`decompressing it ${stoppedAfter(deadline)}, at ${inner.size} bytes`);
      if (cut) warnings.push(`the ${found.wrapper} data is damaged or cut after ${inner.size} bytes (${cut})`);
      source = inner;
    }
  } catch (error) {
    source.close();
    throw error;
  }
}

function headOf(path: string, source: ByteSource): Buffer {
  const head = source.read(0, HEAD);
  if (head.length === 0) throw new InputError({ file: path, sought: 'a dump or a log', found: 'nothing: it is empty or cannot be read' });
  return head;
}

const refusal = (path: string, { name, hint }: { readonly name: string; readonly hint: string }): InputError =>
  new InputError({ file: path, sought: 'a Linux dump or log', found: `${name}, which lastkmsg does not read`, offset: 0, hint });

/**
 * The dump in one opened file, in the members of a split set, or in pieces of raw memory.
 * @throws InputError where the container cannot be made sense of
 */
export async function openDump(files: readonly OpenedFile[]): Promise<Dump> {
  const pieces = files.flatMap(({ source, at }) => (at === undefined ? [] : [{ source, at }]));
  const dump = pieces.length > 0 ? openPieces(pieces) : await openMembers(files);
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

async function openMembers(files: readonly OpenedFile[]): Promise<Dump> {
  const members = await Promise.all(files.map((f) => openContainer(f)));
  return members.some((m) => m.details.split) ? joinSplit(members) : members[0]!;
}

async function openContainer(file: OpenedFile): Promise<Dump> {
  const { source, format } = file;
  switch (format) {
    case 'elf':
      return openElfCore(source);
    case 'kdump':
      return openKdump(source);
    case 'flattened':
      return openFlattenedDump(source);
    case 'lime':
      return openLime(source);
    case 'avml':
      return openAvml(source);
    case 's390':
      return openS390(source);
    case 'sadump':
      return (await import('../sadump.ts')).openSadump(source); // few dumps are one
    case 'lkcd':
      return (await import('../lkcd.ts')).openLkcd(source); // nobody writes them any more
    case undefined:
      return openRaw(source);
  }
}

async function openFlattenedDump(source: ByteSource): Promise<Dump> {
  const flat = openFlattened(source);
  const inner = sniff(flat.read(0, HEAD));
  const format = inner?.kind === 'dump' ? inner.format : undefined;
  if (format !== 'kdump' && format !== 'elf') {
    throw new InputError({
      file: source.name,
      sought: 'a kdump or ELF header in the flattened stream',
      found: 'neither',
      hint: 'the stream was cut before its header, which makedumpfile writes last',
    });
  }
  const dump = format === 'kdump' ? await openKdump(flat) : openElfCore(flat);
  const mark = (d: Dump): Dump => ({
    ...d,
    details: {
      ...d.details,
      flattened: true,
      incomplete: flat.complete ? d.details.incomplete : 'the flattened stream has no end marker: the transfer was cut',
    },
    alternative: d.alternative && mark(d.alternative),
  });
  return mark(dump);
}
