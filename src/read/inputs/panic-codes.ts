import { mayHoldPanicCode } from '../../text/panic-code/may-hold.ts';
import { panicCodesIn } from '../../text/panic-code/panic-code.ts';

/** A text in which the codes of panic screens were replaced by the logs that they hold. */
export interface Unfolded {
  readonly text: Buffer;
  /** What could not be read of them, a line each. */
  readonly losses: readonly string[];
  /** What they say of the machine, where they agree. */
  readonly stated: { readonly release: string; readonly architecture: string } | undefined;
}

/** The first bytes of a text with its panic codes read; undefined where there is none. */
export function unfoldPanicCodes(head: Buffer): Unfolded | undefined {
  const text = head.toString('latin1');
  const codes = mayHoldPanicCode(text) ? panicCodesIn(text) : [];
  if (codes.length === 0) return undefined;
  const losses: string[] = [];
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, log, release, isCut } of codes) {
    if (log === undefined) losses.push(`the panic code of ${release} cannot be read: digits are missing or wrong at its beginning`);
    else {
      if (isCut) losses.push(`the panic code of ${release} is cut or damaged: the log is what could be read of it`);
      pieces.push(ownLine(text.slice(at, start)), ownLine(log));
      at = end;
    }
  }
  pieces.push(text.slice(at).replace(/^[ \t]*\r?\n/, ''));
  const [first] = codes;
  const agree = codes.every(({ release, architecture }) => release === first?.release && architecture === first.architecture);
  const stated = agree && first ? { release: first.release, architecture: first.architecture } : undefined;
  return { text: Buffer.from(pieces.join(''), 'latin1'), losses, stated };
}

const ownLine = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
