import { pattern } from '../data/scan.ts';
import { type Span, span } from '../line/line.ts';
import type { Role } from '../theme/roles.ts';

/** What a piece of a message is, by its form alone. Each pattern begins with what few texts have, and none can go back far. */
const PIECES = {
  /** `driver_xyz_work+0xe/0x20` (lib/vsprintf.c %pS), a C++ or Rust name with dots and dollars as well. */
  symbol: String.raw`[A-Za-z_][\w.$]{0,127}\+0x[\da-f]{1,8}(?:/0x[\da-f]{1,8})?`,
  /** `[driver_xyz]`, with a build ID since 5.15. */
  module: String.raw`\[[a-z]\w{0,63}(?: [\da-f]{40})?(?:\([A-Z]+\))?\]`,
  /** `RAX: 0000…`, `x29: ffff…`, `pc : …`: the name, where digits follow. */
  register: String.raw`\b[A-Za-z][A-Za-z\d]{0,5} ?:(?= ?(?:0x)?[\da-f]{4,16}\b)`,
  /** An address or a value of a register. */
  number: String.raw`\b(?:0x[\da-f]{1,16}|[\da-f]{16}|[\da-f]{8})\b`,
} as const;

/** As the groups of {@link TOKENS}. */
const ROLES: readonly Role[] = ['symbol', 'module', 'label', 'number'];
const TOKENS = new RegExp(`(${PIECES.symbol})|(${PIECES.module})|(${PIECES.register})|(${PIECES.number})`, 'g');
/** Quiet where nothing is wrong: outside of reports only functions stand out. */
const QUIET = new RegExp(`(${PIECES.symbol})`, 'g');

/** `EXT4-fs (sda1):`, `usb 1-1:`, `oom-kill:`: who speaks. */
const SUBSYSTEM = /^[A-Za-z][\w.-]{1,23}(?: [\w.:/-]{1,23}| \([\w.:/ -]{1,30}\)){0,2}:(?= |$)/;
/** Lines of a report that one looks for first. */
const LANDMARK =
  /^(?:RIP|EIP|NIP|pc|epc|PC is at|Code|Call Trace|Call trace|Backtrace|Stack|Krnl PSW|Oops|Internal error|Kernel panic)\b(?: ?:)?/;

export interface Colouring {
  /** Role of what is nothing in particular. */
  readonly base: Role | undefined;
  /** The line belongs to an event: numbers and registers are worth colours. */
  readonly report: boolean;
  /** The text begins where the message does. */
  readonly start: boolean;
}

/** A message in pieces, coloured by what they mean. */
export function coloured(text: string, { base, report, start }: Colouring): Span[] {
  const spans: Span[] = [];
  let done = 0;
  const upTo = (end: number): void => {
    if (end > done) spans.push(span(text.slice(done, end), base));
    done = end;
  };
  const head = start ? (report ? LANDMARK.exec(text) : SUBSYSTEM.exec(text)) : null;
  if (head !== null) {
    spans.push(span(head[0], report ? 'title' : (base ?? 'label')));
    done = head[0].length;
  }
  // a first line in the colour of its kind stays whole
  if (report && base !== undefined) {
    upTo(text.length);
    return spans;
  }
  // a function is named with an offset, which few lines outside of reports have
  if (!report && !text.includes('+0x')) {
    upTo(text.length);
    return spans;
  }
  for (const match of text.matchAll(report ? TOKENS : QUIET)) {
    if (match.index < done) continue;
    upTo(match.index);
    const role = ROLES[match.findIndex((group, i) => i > 0 && group !== undefined) - 1];
    spans.push(span(match[0], role === 'number' && /^(?:0x)?0+$/.test(match[0]) ? 'dim' : role));
    done = match.index + match[0].length;
  }
  upTo(text.length);
  return spans;
}

/** The pieces with what is searched for marked, also where it goes over the edge of one. */
export function marked(pieces: readonly Span[], query: string): Span[] {
  if (query === '') return [...pieces];
  const text = pieces.map((piece) => piece.text).join('');
  const re = new RegExp(pattern(query), `g${pattern(query).flags}`);
  const out: Span[] = [];
  let [piece, within] = [0, 0];
  const take = (length: number, role: Role | undefined): void => {
    for (let left = length; left > 0; ) {
      const current = pieces[piece]!;
      const some = Math.min(left, current.text.length - within);
      if (some > 0) out.push(span(current.text.slice(within, within + some), role ?? current.role));
      left -= some;
      within += some;
      if (within === current.text.length) [piece, within] = [piece + 1, 0];
    }
  };
  let done = 0;
  for (const match of text.matchAll(re)) {
    if (match[0] === '') break;
    take(match.index - done, undefined);
    take(match[0].length, 'match');
    done = match.index + match[0].length;
  }
  take(text.length - done, undefined);
  return out;
}
