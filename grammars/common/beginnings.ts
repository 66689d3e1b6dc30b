import { type Alternative, type Atom, type Disjunction, RegExpParser, type Term } from '@chevrotain/regexp-to-ast';

/** How many characters of a beginning are told apart. */
const DEPTH = 3;
/** Ways to begin that are told apart: a pattern with more may begin with anything, which costs time, not truth. */
const MOST = 256;

/** Codes of one byte, as text is a byte string: 1 where the pattern takes the code. */
export type Codes = Uint8Array;
/** One way to begin: what each character may be; a match may be over behind a way that is `whole`, or go on with what comes next. */
export interface Way {
  readonly codes: readonly Codes[];
  readonly whole: boolean;
}

const NOTHING: readonly Way[] = [{ codes: [], whole: false }];
const parser = new RegExpParser();

/** How the matches of a pattern begin. Never says no where one can: anchors and what looks around count as nothing. */
export class Beginnings {
  readonly ways: readonly Way[];

  constructor(ways: readonly Way[]) {
    this.ways = ways;
  }

  static of(pattern: RegExp): Beginnings {
    const { value, flags } = parser.pattern(`/${pattern.source}/${pattern.flags.replace('y', '')}`);
    const ways = ofDisjunction(value, flags.ignoreCase);
    return new Beginnings(ways.length > MOST ? NOTHING : ways);
  }

  /** Whether a match may begin with these codes. */
  may(first: number, second?: number, third?: number): boolean {
    // loops: asked of each row of a family for each way in which its lines begin, before V8 has compiled anything
    for (const { codes } of this.ways) if (takes(codes[0], first) && takes(codes[1], second) && takes(codes[2], third)) return true;
    return false;
  }
}

/** Whether the place takes the code; what is not known may be anything. */
const takes = (taken: Codes | undefined, code: number | undefined): boolean =>
  taken === undefined || code === undefined || taken[code] === 1;

function ofDisjunction({ value }: Disjunction, anyCase: boolean): readonly Way[] {
  return value.flatMap((alternative) => ofAlternative(alternative, anyCase));
}

function ofAlternative({ value }: Alternative, anyCase: boolean): readonly Way[] {
  let ways = NOTHING;
  for (const term of value) {
    if (ways.every(({ whole }) => whole) || ways.length > MOST) break;
    ways = followed(ways, ofTerm(term, anyCase));
  }
  return ways;
}

/** What comes first, each way with all that may come behind it. */
const followed = (first: readonly Way[], then: readonly Way[]): readonly Way[] =>
  first.flatMap((way) => (way.whole ? [way] : then.map(({ codes, whole }) => cut({ codes: [...way.codes, ...codes], whole }))));

const cut = ({ codes, whole }: Way): Way => (codes.length >= DEPTH ? { codes: codes.slice(0, DEPTH), whole: true } : { codes, whole });

function ofTerm(term: Term, anyCase: boolean): readonly Way[] {
  if (term.type !== 'Character' && term.type !== 'Set' && term.type !== 'Group' && term.type !== 'GroupBackReference') return NOTHING;
  const atom = term as Atom;
  const { atLeast = 1, atMost = 1 } = atom.quantifier ?? {};
  const once = ofAtom(atom, anyCase);
  let all: readonly Way[] = atLeast === 0 ? NOTHING : [];
  let times = NOTHING;
  for (let n = 1; n <= Math.min(atMost, DEPTH) && all.length <= MOST; n++) {
    times = followed(times, once);
    if (n >= Math.min(atLeast, DEPTH)) all = [...all, ...times];
    if (times.every(({ whole }) => whole)) break;
  }
  return all.length > 0 ? all : times;
}

function ofAtom(atom: Atom, anyCase: boolean): readonly Way[] {
  if (atom.type === 'Group') return ofDisjunction(atom.value, anyCase);
  const taken = new Uint8Array(256);
  if (atom.type === 'Character') take(taken, atom.value, anyCase);
  else if (atom.type === 'Set') {
    for (const item of atom.value) {
      const { from, to } = typeof item === 'number' ? { from: item, to: item } : item;
      for (let code = from; code <= Math.min(to, 255); code++) take(taken, code, anyCase);
    }
    if (atom.complement) for (let code = 0; code < 256; code++) taken[code] = taken[code] === 1 ? 0 : 1;
  } else return [{ codes: [], whole: true }]; // what was captured before: anything
  return [{ codes: [taken], whole: false }];
}

function take(taken: Codes, code: number, anyCase: boolean): void {
  taken[code] = 1;
  if (!anyCase) return;
  const letter = String.fromCharCode(code);
  taken[letter.toLowerCase().charCodeAt(0)] = 1;
  taken[letter.toUpperCase().charCodeAt(0)] = 1;
}
