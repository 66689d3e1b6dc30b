import { InputError } from '../dump/source.ts';
import { expand } from './inputs/expand.ts';
import type { InputForm } from './inputs/form.ts';
import type { LogInput } from './inputs/input.ts';
import type { InputGroup } from './inputs/input-file.ts';
import { asLogInput, open, openBytes, openStream } from './inputs/open.ts';

/**
 * A file's name (`archive!member` for a member of an archive), the names of all members of a split set, bytes in memory, or a stream
 * of bytes.
 */
export type LogSource = string | readonly string[] | Uint8Array | AsyncIterable<Uint8Array>;

export interface LogOptions {
  /** What the input is, instead of looking: `vmcore`, `raw` (memory as it is), or a form of text. */
  readonly form?: InputForm;
  /** What bytes and streams are called: `source` of their events, and a hint at their form. */
  readonly name?: string;
}

/** Opens the input anew each time. @throws InputError where it cannot be opened, or is no dump and no log */
export type Opener = () => Promise<LogInput>;

export function openerOf(source: LogSource, { form, name }: LogOptions): Opener {
  if (source instanceof Uint8Array) return async () => asLogInput(await openBytes(name ?? '(bytes)', source, { form }));
  if (typeof source !== 'string' && Symbol.asyncIterator in source) return once(source, name ?? '(stream)', form);
  const group = (typeof source === 'string' ? [source] : source).map((each) => ({ name: each }));
  return () => openNamed(group, form).catch((error: unknown) => refused(group, error));
}

function once(stream: AsyncIterable<Uint8Array>, name: string, form: InputForm | undefined): Opener {
  let read = false;
  return async () => {
    if (read) throw new InputError({ file: name, sought: 'to read it again', found: 'a stream, which can be read once' });
    read = true;
    return asLogInput(await openStream(name, stream, { form }));
  };
}

/** The one input that a FILE is or holds; what an archive holds besides is no business of who names one. */
async function openNamed(group: InputGroup, form: InputForm | undefined): Promise<LogInput> {
  const { groups, losses, close } = await expand(group, { form });
  try {
    const [only, ...others] = groups;
    if (only === undefined || others.length > 0) throw severalIn(group, groups);
    const input = asLogInput(await open(only, { form }));
    input.losses.push(...losses);
    return { ...input, close: () => input.close().finally(close) };
  } catch (error) {
    close();
    throw error;
  }
}

function severalIn([file]: InputGroup, groups: readonly InputGroup[]): InputError {
  const names = groups.slice(0, 8).map(([first]) => first?.name);
  const found = `${groups.length}: ${names.join(', ')}${groups.length > names.length ? '…' : ''}`;
  return new InputError({ file: file?.name ?? '-', sought: 'one dump or log', found, hint: 'open each by that name' });
}

/** What the system refuses (no such file, no permission) is a fault of the input too. */
function refused([file]: InputGroup, error: unknown): never {
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  throw new InputError({ file: file?.name ?? '-', sought: 'a dump or a log', found: message }, { cause: error });
}
