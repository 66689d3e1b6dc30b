import { statSync } from 'node:fs';
import { bytesSource } from '../../dump/open/bytes-source.ts';
import { timed } from '../../dump/open/deadline.ts';
import { heldSource } from '../../dump/open/file-source.ts';
import { type OpenedFile, openInput, unwrapped } from '../../dump/open/open-dump.ts';
import { InputError } from '../../dump/source.ts';
import { isTextForm } from '../../text/forms.ts';
import { dumpInput } from './dump-input.ts';
import { type DumpLog, openDumpLog } from './dump-log.ts';
import { isDumpForm } from './form.ts';
import { isDirectory } from './group.ts';
import type { InputOptions, LogInput } from './input.ts';
import type { InputFile, InputGroup } from './input-file.ts';
import { binaryKind } from './looks-like.ts';
import { isPipe, lookAt, openPipe, type Stream } from './pipe.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** What a FILE turned out to be. Whoever opened it closes it. */
export type Opened = ({ readonly kind: 'dump'; readonly dump: DumpLog } | { readonly kind: 'text'; readonly input: LogInput }) & {
  close(): Promise<void>;
};

/** Opens one FILE, or the members of one split set. @throws InputError where it cannot be read as a dump or as a log */
export async function open(group: InputGroup, options: InputOptions = {}): Promise<Opened> {
  const { name, held, parts, pipe, text: given, leftOut } = group[0] ?? { name: '-' };
  if (leftOut !== undefined) throw unread(name, leftOut);
  if (group.length > 1 || group[0]?.at !== undefined) return dump(await openAll(group, options), options);
  if (parts) return openParts(name, parts, options);
  if (held) return classify(await unwrapped(name, heldSource(name, held), options.deadline), options, false, held.mtime);
  if (given !== undefined) return openBytes(name, Buffer.from(given), options);
  if (pipe) return fromStream(name, pipe, options);
  if (name !== '-' && isDirectory(name)) return directory(name, options);
  if (isTextForm(options.form)) return text(await openTextFile(name, options), name, options);
  if (name === '-' || isPipe(name)) return fromStream(name, await openPipe(name, isDumpForm(options.form), options.deadline), options);
  if (isDevice(name)) return text(await openTextFile(name, options), name, options);
  return classify(await openInput(name, options.deadline), options, true);
}

/** The same as a log input, for those who do not care what it was. */
export async function openLogInput(group: InputGroup, options: InputOptions = {}): Promise<LogInput> {
  return asLogInput(await open(group, options));
}

export const asLogInput = (opened: Opened): LogInput => (opened.kind === 'dump' ? dumpInput(opened.dump) : opened.input);

/**
 * Bytes in memory, as a file of that name.
 * @param mtime microseconds since 1970 at which it was last written
 * @throws InputError as {@link open}
 */
export async function openBytes(name: string, bytes: Uint8Array, options: InputOptions = {}, mtime?: number): Promise<Opened> {
  const source = bytesSource(name, bytes);
  if (isTextForm(options.form)) return text(await textFromSource({ source, warnings: [] }, options), name, options);
  return classify(await unwrapped(name, source), options, false, mtime);
}

/** Bytes as they come, as a pipe of that name. @throws InputError as {@link open} */
export async function openStream(name: string, chunks: AsyncIterable<Uint8Array>, options: InputOptions = {}): Promise<Opened> {
  const pieces = buffersOf(chunks);
  const close = async (): Promise<void> => void pieces.return(undefined);
  if (isTextForm(options.form)) return fromStream(name, { kind: 'stream', chunks: pieces, close }, options);
  return fromStream(name, await lookAt(name, pieces, isDumpForm(options.form), close), options);
}

async function* buffersOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  for await (const { buffer, byteOffset, byteLength } of chunks) yield Buffer.from(buffer, byteOffset, byteLength);
}

async function fromStream(name: string, stream: Stream, options: InputOptions): Promise<Opened> {
  if (stream.kind === 'source') return classify(await unwrapped(name, stream.source, options.deadline), options, false);
  const { textFrom } = await import('./text-input.ts');
  const chunks = options.interruptible ? untilInterrupted(stream.chunks, options.follow === true) : stream.chunks;
  return text(await textFrom(name, { ...stream, chunks, isLive: true }, options), name, options);
}

/**
 * @param named whether the file can be opened again by its name
 * @param mtime microseconds since 1970 at which it was last written, where its name does not tell
 */
async function classify(file: OpenedFile, options: InputOptions, named: boolean, mtime?: number): Promise<Opened> {
  if (file.archive !== undefined && options.form !== 'raw') throw unopened(file);
  if (file.format === undefined && !isDumpForm(options.form)) {
    const direct = named && file.wrappers.length === 0;
    const input = direct ? await openTextFile(file.name, options) : await textFromSource(file, options, mtime);
    if (input && direct) file.source.close();
    if (input) return text(input, file.name, options);
  }
  if (file.format === undefined && options.form === undefined) refuseKnown(file);
  return dump([options.form === 'raw' ? { ...file, format: undefined } : file], options);
}

/** What is surely something else is not searched for a kernel. @throws InputError that says what it is */
function refuseKnown({ name, source }: OpenedFile): void {
  const found = binaryKind(source.read(0, 64));
  if (found === undefined) return;
  source.close();
  throw new InputError({ file: name, sought: 'a dump or a kernel log', found });
}

/** All of them, or none stays open. */
async function openAll(group: InputGroup, { deadline }: InputOptions): Promise<OpenedFile[]> {
  const files: OpenedFile[] = [];
  try {
    for (const { name, held, at } of group) {
      const file = await (held ? unwrapped(name, heldSource(name, held), deadline) : openInput(name, deadline));
      files.push({ ...file, at });
    }
  } catch (error) {
    for (const { source } of files) source.close();
    throw error;
  }
  return files;
}

async function openParts(name: string, parts: NonNullable<InputFile['parts']>, options: InputOptions): Promise<Opened> {
  const { pstoreInput } = await import('./pstore-directory.ts');
  const files = parts.map(({ name: part, held }) => ({ name: part, bytes: heldSource(part, held).read(0, held.size) }));
  return text(pstoreInput(name, files), name, options);
}

/** What of a directory was left out. */
const unread = (file: string, found: string): InputError =>
  new InputError({ file, sought: 'all that is in this directory', found, hint: 'the rest is not read: give its folders as FILEs' });

/** An archive where one file is looked for: in a pipe of the dashboard, or among the members of a split set. */
function unopened({ name, archive, source }: OpenedFile): InputError {
  source.close();
  const hint = 'given as a FILE to lastkmsg, the dumps and logs in it are read';
  return new InputError({ file: name, sought: 'a dump or a log', found: `a ${archive} archive`, hint });
}

async function dump(files: readonly OpenedFile[], { deadline }: InputOptions): Promise<Opened> {
  const opened = await openDumpLog(files.map((file) => ({ ...file, source: timed(file.source, deadline) })));
  return { kind: 'dump', dump: opened, close: async () => opened.close() };
}

async function directory(name: string, options: InputOptions): Promise<Opened> {
  const input = await openTextFile(name, options);
  if (input) return text(input, name, options);
  throw new InputError({ file: name, sought: 'dumps or logs in this directory', found: 'no files that can be read' });
}

async function openTextFile(name: string, options: InputOptions): Promise<LogInput | undefined> {
  const { openText } = await import('./text-input.ts');
  return openText(name, options);
}

async function textFromSource(
  { source, warnings }: Pick<OpenedFile, 'source' | 'warnings'>,
  options: InputOptions,
  mtime?: number,
): Promise<LogInput | undefined> {
  const { textOf } = await import('./text-input.ts');
  // a decompressor that was stopped has not come to its end
  const input = await textOf(source, options, mtime, warnings.length === 0 ? source.size : undefined);
  input?.losses.push(...warnings);
  return input && { ...input, close: async () => source.close() };
}

function text(input: LogInput | undefined, name: string, options: InputOptions): Opened {
  if (input) return { kind: 'text', input, close: () => input.close() };
  const sought = options.form === undefined ? 'a dump or a kernel log' : `a log in the form ${options.form}`;
  throw new InputError({ file: name, sought, found: 'neither a known container nor text', hint: 'lastkmsg --help lists what is read' });
}

/** /dev/kmsg and the like: read as they come, not by offset. */
function isDevice(name: string): boolean {
  const stat = statSync(name, { throwIfNoEntry: false });
  return stat?.isCharacterDevice() ?? false;
}
