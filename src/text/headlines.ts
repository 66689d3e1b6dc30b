import { stripColours } from './prefix/colour.ts';
import { KERNEL_TAG, TAGGED } from './sniff/line-kinds.ts';

/**
 * One of these stands in every report that has one of the headlines below. Short, and beginning with letters that logs hardly hold: seven
 * searches for them take a third of the time of one for the headlines, and a healthy log is searched to its end.
 */
const SIGNS = ['Kernel panic', 'BUG', 'Oops', 'INFO: ', 'Kill', 'Machi', '#1] '];
/** What a kernel says when it crashes, wherever in a line it stands. */
const HEADLINE = new RegExp(
  [
    String.raw`anic - not syncing|NULL pointer derefer|to handle kernel [NUpa]|ernel BUG at [a-z][\w/.-]{3}|general protection fault[:,]`,
    'Internal error: Oops|BUG: KASAN: [a-z]{3}|soft lockup - CPU#|blocked for more than|detected stall|ut of memory: Kill',
    'nvoked oom-killer|Machine Check Exc',
  ].join('|'),
  'g',
);
/** No headline is longer. */
const HEADLINE_LENGTH = 32;
/** A program that speaks behind a stamp, to syslog or through /dev/kmsg: it may quote any kernel. */
const PROGRAM = /^(?:[\w.:-]{1,255} )?[\w./@()-]{1,64}(?:\[\d{1,10}\])?: /;
const PROGRAM_IN_KERNEL = /^(?:<\d{1,3}>)?\[ *\d+\.\d{6}\] \S{1,40}\[\d{1,10}\]: /;

/** Characters of a line that are looked through at once. */
const LONGEST = 1 << 16;
/** Lines that are kept, and that are asked whose they are: a daemon may quote the kernel all day. */
const SAMPLES = 3;
const ASKED = 4096;
/** Characters of one that are kept, and how many of them stand before its headline. */
const SAMPLE_WIDTH = 160;
const SAMPLE_BEFORE = 40;

/** A line of a text that speaks of a crash. */
export interface Headline {
  readonly lineNo: number;
  /** A byte string, cut short. */
  readonly text: string;
}

/**
 * Looks for headlines of crashes in a text as it came, whatever its lines are read as: where they speak of a crash, that none was found is
 * no good news. The first few are enough.
 */
export class Headlines {
  readonly found: Headline[] = [];
  private asked = 0;
  /** The line that has not ended; the end of one that is very long. */
  private carry = '';

  /** @param piece the next of the text, a byte string; @param lines how many have ended before it */
  see(piece: string, lines: number): void {
    if (this.isDone) return;
    const first = piece.indexOf('\n');
    const begun = this.carry + (first < 0 ? piece : piece.slice(0, first));
    if (first < 0 && begun.length < LONGEST) {
      this.carry = begun;
      return;
    }
    this.search(begun, lines + 1, 0, begun.length);
    const last = first < 0 ? -1 : piece.lastIndexOf('\n');
    if (last > first && SIGNS.some((sign) => piece.includes(sign))) this.search(piece, lines + 2, first + 1, last);
    this.carry = first < 0 ? begun.slice(-HEADLINE_LENGTH) : piece.slice(last + 1);
  }

  /** The line that the text ends in. @param lines how many have ended before it */
  end(lines: number): void {
    if (!this.isDone) this.search(this.carry, lines + 1, 0, this.carry.length);
    this.carry = '';
  }

  private get isDone(): boolean {
    return this.found.length >= SAMPLES || this.asked >= ASKED;
  }

  /** Looks through lines that have ended, the first of which has a number. */
  private search(s: string, lineNo: number, from: number, to: number): void {
    let no = lineNo;
    let counted = from;
    for (let at = next(s, from); at < to && !this.isDone; ) {
      const start = s.lastIndexOf('\n', at) + 1;
      const lf = s.indexOf('\n', at);
      const end = lf < 0 ? s.length : lf;
      for (let i = s.indexOf('\n', counted); i >= 0 && i < at; i = s.indexOf('\n', i + 1)) no++;
      counted = end;
      this.ask(s.slice(start, end), at - start, no);
      at = next(s, end);
    }
  }

  private ask(painted: string, at: number, lineNo: number): void {
    this.asked++;
    if (this.found.at(-1)?.lineNo === lineNo || isProgrammes(stripColours(painted.slice(0, at)))) return;
    const from = Math.max(0, Math.min(at - SAMPLE_BEFORE, painted.length - SAMPLE_WIDTH));
    this.found.push({ lineNo, text: painted.slice(from, from + SAMPLE_WIDTH).trim() });
  }
}

function next(s: string, from: number): number {
  HEADLINE.lastIndex = from;
  return HEADLINE.exec(s)?.index ?? Number.POSITIVE_INFINITY;
}

/** Whether what stands before a headline names a program that says it. */
function isProgrammes(before: string): boolean {
  const stamp = TAGGED.exec(before);
  if (stamp === null) return PROGRAM_IN_KERNEL.test(before);
  const tagged = before.slice(stamp[0].length);
  return PROGRAM.test(tagged) && !KERNEL_TAG.test(tagged);
}
