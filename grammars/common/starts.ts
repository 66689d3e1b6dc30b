import { Beginnings, type Codes, type Way } from './beginnings.ts';
import { KNOWN } from './known-starts.ts';
import { neededText } from './needed-text.ts';

/** What tells that a line is not of a row, without trying the row's pattern on it. */
export interface Start {
  readonly beginnings: Beginnings;
  /** A text that stands in each match; undefined where looking for it would not be worth it. */
  readonly contains: string | undefined;
}

/** A start with its sets of codes by number: the text, then the ways, each the sets of its characters and `END`, or `OPEN`. */
type Written = readonly [contains: string | null, ...ways: readonly number[]];
const END = -1;
/** A match may go on behind the way with what comes next. */
const OPEN = -2;

interface Book {
  /** Codes as ranges: from, to, from, to. */
  readonly sets: readonly (readonly number[])[];
  readonly starts: Readonly<Record<string, Written>>;
}

/** What begins a match of a pattern. The build has taken all patterns apart, which took a twentieth of the time of a log of a few lines. */
export function startsOf(pattern: RegExp): Start {
  if (KNOWN === undefined) return takeApart(pattern);
  book ??= openBook(KNOWN);
  return book(pattern) ?? takeApart(pattern);
}
let book: ReturnType<typeof openBook> | undefined;

/** @param known what `writeStarts` wrote. @returns the start of a pattern that is in it */
export function openBook(known: string): (pattern: RegExp) => Start | undefined {
  const { sets: ranges, starts } = JSON.parse(known) as Book;
  const sets: Codes[] = [];
  const setOf = (number: number): Codes => {
    sets[number] ??= within(ranges[number] ?? []);
    return sets[number];
  };
  return (pattern) => {
    const written = starts[keyOf(pattern)];
    return written === undefined ? undefined : read(written, setOf);
  };
}

function takeApart(pattern: RegExp): Start {
  const beginnings = Beginnings.of(pattern);
  // a pattern that can begin anywhere costs more than looking for a text
  return { beginnings, contains: isBroad(beginnings) ? neededText(pattern) : undefined };
}

/** It begins with a word, or with anything. */
const isBroad = (beginnings: Beginnings): boolean => beginnings.may(code('q')) && beginnings.may(code('z')) && beginnings.may(code('Z'));
const code = (letter: string): number => letter.charCodeAt(0);

const keyOf = (pattern: RegExp): string => (pattern.ignoreCase ? `i/${pattern.source}` : pattern.source);

function read([contains, ...numbers]: Written, setOf: (number: number) => Codes): Start {
  const ways: Way[] = [];
  let codes: Codes[] = [];
  for (const number of numbers) {
    if (number >= 0) codes.push(setOf(number));
    else {
      ways.push({ codes, whole: number === END });
      codes = [];
    }
  }
  return { beginnings: new Beginnings(ways), contains: contains ?? undefined };
}

function within(ranges: readonly number[]): Codes {
  const taken = new Uint8Array(256);
  for (let i = 0; i < ranges.length; i += 2) taken.fill(1, ranges[i], (ranges[i + 1] as number) + 1);
  return taken;
}

/** These patterns taken apart, for `openBook`. */
export function writeStarts(patterns: readonly RegExp[]): string {
  const numbers = new Map<string, number>();
  const numberOf = (codes: Codes): number => {
    const ranges = JSON.stringify(rangesOf(codes));
    if (!numbers.has(ranges)) numbers.set(ranges, numbers.size);
    return numbers.get(ranges) as number;
  };
  const starts = Object.fromEntries(
    patterns.map((pattern) => {
      const { beginnings, contains = null } = takeApart(pattern);
      const ways = beginnings.ways.flatMap(({ codes, whole }) => [...codes.map(numberOf), whole ? END : OPEN]);
      return [keyOf(pattern), [contains, ...ways]];
    }),
  );
  return JSON.stringify({ sets: [...numbers.keys()].map((ranges) => JSON.parse(ranges)), starts });
}

function rangesOf(codes: Codes): number[] {
  const ranges: number[] = [];
  for (let at = 0; at < 256; at++) {
    if (codes[at] === 0) continue;
    const from = at;
    while (codes[at + 1] === 1) at++;
    ranges.push(from, at);
  }
  return ranges;
}
