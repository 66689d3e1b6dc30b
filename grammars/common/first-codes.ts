import { type Alternative, type Atom, type Disjunction, RegExpParser, type Term } from '@chevrotain/regexp-to-ast';

/** Codes of one byte: text is a byte string. */
const ALL: readonly number[] = Array.from({ length: 256 }, (_, i) => i);

const parser = new RegExpParser();

/** The codes that a match of the pattern can begin with; all where it can begin with anything, or be empty. */
export function firstCodes(pattern: RegExp): readonly number[] {
  const { value, flags } = parser.pattern(`/${pattern.source}/${pattern.flags.replace('y', '')}`);
  const codes = new Set<number>();
  const consumes = ofDisjunction(value, codes);
  if (!consumes) return ALL;
  const list = [...codes].filter((code) => code < 256);
  if (!flags.ignoreCase) return list;
  return [...new Set(list.flatMap((code) => [...bothCases(code)]))];
}

const bothCases = (code: number): number[] => {
  const letter = String.fromCharCode(code);
  return [letter.toLowerCase().charCodeAt(0), letter.toUpperCase().charCodeAt(0)];
};

/** @returns whether every way through takes at least one character */
function ofDisjunction({ value }: Disjunction, codes: Set<number>): boolean {
  let consumes = true;
  for (const alternative of value) if (!ofAlternative(alternative, codes)) consumes = false;
  return consumes;
}

function ofAlternative({ value }: Alternative, codes: Set<number>): boolean {
  for (const term of value) if (ofTerm(term, codes)) return true;
  return false;
}

function ofTerm(term: Term, codes: Set<number>): boolean {
  switch (term.type) {
    case 'Character':
    case 'Set':
    case 'Group':
      return ofAtom(term as Atom, codes) && ((term as Atom).quantifier?.atLeast ?? 1) > 0;
    default:
      return false; // anchors and looks around take nothing
  }
}

function ofAtom(atom: Atom, codes: Set<number>): boolean {
  if (atom.type === 'Character') codes.add(atom.value);
  else if (atom.type === 'Group') return ofDisjunction(atom.value, codes);
  else if (atom.type === 'Set') {
    const inside = (code: number) => atom.value.some((v) => (typeof v === 'number' ? v === code : v.from <= code && code <= v.to));
    for (const code of ALL) if (inside(code) !== atom.complement) codes.add(code);
  } else for (const code of ALL) codes.add(code);
  return true;
}
