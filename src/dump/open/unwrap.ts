import type { Wrapper } from '../sniff.ts';
import { InputError } from '../source.ts';
import { type Deadline, isOver } from './deadline.ts';
import { decompress } from './decompress.ts';
import type { OpenSource } from './file-source.ts';
import { allowed, GROWTH, type Growth } from './growth.ts';
import { Spool } from './spool.ts';

export interface Unwrapped {
  readonly source: OpenSource;
  /** Why the stream ended early, where it did; what came before is kept. */
  readonly cut: string | undefined;
  /** Time was up before its end. */
  readonly late: boolean;
}

/**
 * Decompresses a whole file into a spool.
 * @throws InputError where the program for it is not installed, nothing came out, or more than any log or dump expands to
 */
export async function unwrap(
  source: OpenSource,
  wrapper: Wrapper,
  { growth = GROWTH, deadline }: { readonly growth?: Growth; readonly deadline?: Deadline | undefined } = {},
): Promise<Unwrapped> {
  const spool = new Spool(source.name);
  try {
    const inner = decompress(source, wrapper);
    let late = false;
    for await (const chunk of inner.chunks) {
      spool.write(chunk);
      if (spool.stored > allowed(growth, source.size)) throw bomb(source.name, wrapper, growth.ratio);
      late = isOver(deadline);
      if (late) break;
    }
    const unwrapped = spool.source();
    if (unwrapped.size > 0) return { source: unwrapped, cut: late ? undefined : inner.cut, late };
    throw new InputError({
      file: source.name,
      sought: `${wrapper} data`,
      found: inner.cut ?? 'nothing in it',
      hint: 'the file is damaged or was cut at its beginning',
    });
  } catch (error) {
    spool.close();
    throw error;
  }
}

const bomb = (file: string, wrapper: Wrapper, ratio: number): InputError =>
  new InputError({
    file,
    sought: `a dump or a log in the ${wrapper} data`,
    found: `more than ${ratio} times its size, and no end`,
    hint: 'where that is what it should be, decompress it first',
  });
