import { statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { chunksOf } from '../../dump/open/file-source.ts';
import { type OpenedFile, openInput, openInputs, unwrapped } from '../../dump/open/open-dump.ts';
import { InputError } from '../../dump/source.ts';
import { dumpInput } from './dump-input.ts';
import { type DumpLog, openDumpLog } from './dump-log.ts';
import { isDumpForm } from './form.ts';
import { isDirectory } from './group.ts';
import type { InputOptions, LogInput } from './input.ts';
import { openPipe } from './pipe.ts';
import { CHUNK_BYTES } from './text-source.ts';

/** What a FILE turned out to be. Whoever opened it closes it. */
export type Opened = ({ readonly kind: 'dump'; readonly dump: DumpLog } | { readonly kind: 'text'; readonly input: LogInput }) & {
  close(): Promise<void>;
};

/** Opens one FILE, or the members of one split set. @throws InputError where it cannot be read as a dump or as a log */
export async function open(names: readonly string[], options: InputOptions = {}): Promise<Opened> {
  const [name = '-'] = names;
  if (names.length > 1) return dump(await openInputs(names));
  if (name !== '-' && isDirectory(name)) return directory(name, options);
  if (options.form !== undefined && !isDumpForm(options.form)) return text(await openTextFile(name, options), name, options);
  if (name === '-' || isPipe(name)) return openStream(name, options);
  if (isDevice(name)) return text(await openTextFile(name, options), name, options);
  return classify(await openInput(name), options);
}

/** The same as a log input, for those who do not care what it was. */
export async function openLogInput(names: readonly string[], options: InputOptions = {}): Promise<LogInput> {
  return asLogInput(await open(names, options));
}

export const asLogInput = (opened: Opened): LogInput => (opened.kind === 'dump' ? dumpInput(opened.dump) : opened.input);

async function openStream(name: string, options: InputOptions): Promise<Opened> {
  const pipe = await openPipe(name, isDumpForm(options.form));
  if (pipe.kind === 'source') return classify(await unwrapped(name, pipe.source), options);
  const { textFrom } = await import('./text-input.ts');
  return text(await textFrom(name, pipe, options), name, options);
}

async function classify(file: OpenedFile, options: InputOptions): Promise<Opened> {
  if (file.format === undefined && !isDumpForm(options.form)) {
    const spooled = file.wrappers.length > 0 || file.name === '-';
    const input = spooled ? await textFromSource(file, options) : await openTextFile(file.name, options);
    if (input && !spooled) file.source.close();
    if (input) return text(input, file.name, options);
  }
  return dump([options.form === 'raw' ? { ...file, format: undefined } : file]);
}

async function dump(files: readonly OpenedFile[]): Promise<Opened> {
  const opened = await openDumpLog(files);
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

async function textFromSource({ name, source, warnings }: OpenedFile, options: InputOptions): Promise<LogInput | undefined> {
  const { textFrom } = await import('./text-input.ts');
  const input = await textFrom(name, { chunks: Readable.from(chunksOf(source, CHUNK_BYTES)) }, options);
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

const isPipe = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isFIFO() ?? false;
