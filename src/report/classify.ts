import type { Family, Head } from '../../grammars/common/family.ts';
import type { Opens } from '../../grammars/common/line.ts';

/** How many `subject: ` prefixes are stepped over; kernel lines have at most three (driver, device, interface). */
const SUBJECTS = 3;
/** How far into a line a prefix may end: comm, device and interface names are short. */
const SUBJECT_LIMIT = 96;

/** Openers of one literal that follow each other and look at the same part of the line: one look says that it is none of them. */
interface Group {
  readonly part: Opens['part'];
  readonly heads: Head[];
}

/** One literal and the openers that share it, in the order of the families: a literal that does not fit is looked at once. */
interface Candidate {
  readonly text: string;
  readonly last: number;
  readonly groups: Group[];
}

/** The openers of all families, compiled for looking at every line of a log. */
export interface Classifier {
  /** The head that this line is, if any. Healthy lines are rejected after their first two characters and those behind each `: `. */
  readonly classify: (text: string) => Head | undefined;
}

/**
 * Key of the two characters at `i`; -1 where there are not two ASCII characters. Looks nowhere beyond the end: a charCodeAt() that
 * once did is a call in V8 ever after.
 */
const pair = (text: string, i: number): number => {
  if (i + 2 > text.length) return -1;
  const a = text.charCodeAt(i);
  const b = text.charCodeAt(i + 1);
  return a < 128 && b < 128 ? (a << 7) | b : -1;
};

/**
 * All openers that may stand at a place. Nearly every place is told by the two tables of numbers, which stay in the processor's nearest
 * cache: in a healthy log half of the places share two characters with an opener, a quarter four.
 */
interface Dispatch {
  /** By two characters: whether openers begin so, and whether one of them has no more than three. */
  readonly begins: Uint8Array;
  /** By four characters: which of the lists; 0 where no opener of four and more begins so. */
  readonly listOf: Uint16Array;
  /** The longest of each list come first. */
  readonly lists: readonly (readonly Candidate[])[];
  /** Openers of two and three characters, by the first two. */
  readonly short: ReadonlyMap<number, readonly Candidate[]>;
}

/** The tag of a program that writes to /dev/kmsg, as systemd does while it boots: what stands behind it is the program's. */
const TAG = /^[^\s:]{1,40}\[\d{1,10}\]: /;

const LONG = 1;
const SHORT = 2;

/** Four characters as an index of a table that has a few times more places than there are openers. */
const mixed = (key: number, next: number): number => ((key * 0x9e3b) ^ (next * 0x85eb)) & 0xffff;

interface Literal {
  readonly text: string;
  readonly head: Head;
}

/** Openers by their literal. */
function byLiteral(literals: readonly Literal[]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { text, head } of literals) {
    const candidate = found.get(text) ?? { text, last: text.charCodeAt(text.length - 1), groups: [] };
    found.set(text, candidate);
    const { part } = head.opens;
    const group = candidate.groups.at(-1);
    if (group !== undefined && group.part === part) group.heads.push(head);
    else candidate.groups.push({ part, heads: [head] });
  }
  return [...found.values()];
}

function dispatchOn(literals: readonly Literal[]): Dispatch {
  const begins = new Uint8Array(1 << 14);
  const listOf = new Uint16Array(1 << 16);
  const lists: Candidate[][] = [[]];
  const short = new Map<number, Candidate[]>();
  for (const candidate of byLiteral(literals).sort((a, b) => b.text.length - a.text.length)) {
    const { text, groups } = candidate;
    const key = pair(text, 0);
    if (key < 0) throw new Error(`opener '${text}' of ${groups[0]?.heads[0]?.family.name} is too short`);
    if (text.length < 4) {
      short.set(key, [...(short.get(key) ?? []), candidate]);
      begins[key] = SHORT;
    } else {
      const place = mixed(key, pair(text, 2));
      // two beginnings may have one place: who looks there compares whole texts
      listOf[place] ||= lists.push([]) - 1;
      lists[listOf[place] as number]?.push(candidate);
      begins[key] ||= LONG;
    }
  }
  return { begins, listOf, lists, short };
}

/** The opener that stands at `offset`. */
function pick({ begins, listOf, lists, short }: Dispatch, text: string, offset: number): Head | undefined {
  const key = pair(text, offset);
  if (key < 0 || begins[key] === 0) return undefined;
  const number = listOf[mixed(key, pair(text, offset + 2))] as number;
  const head = number === 0 ? undefined : choose(lists[number] as readonly Candidate[], text, offset);
  return head === undefined && begins[key] === SHORT ? choose(short.get(key) as readonly Candidate[], text, offset) : head;
}

/** The first that fits. */
function choose(candidates: readonly Candidate[], text: string, offset: number): Head | undefined {
  for (let i = 0; i < candidates.length; i++) {
    const candidate = candidates[i] as Candidate;
    const end = offset + candidate.text.length;
    // most that share four characters differ in the last one; startsWith() is a call
    if (end > text.length || text.charCodeAt(end - 1) !== candidate.last || !text.startsWith(candidate.text, offset)) continue;
    const head = chooseHead(candidate.groups, text, offset);
    if (head !== undefined) return head;
  }
  return undefined;
}

/** The first of those that share a literal. */
function chooseHead(groups: readonly Group[], text: string, offset: number): Head | undefined {
  for (const { part, heads } of groups) {
    const looked = part === undefined ? text : part(text);
    if (looked === undefined) continue;
    const at = part === undefined ? offset : 0;
    for (const head of heads) if (head.opens.test === undefined || head.opens.test(looked, at)) return head;
  }
  return undefined;
}

/**
 * Compiles the openers of all families. Among openers that fit one line the longest literal wins, so that
 * `BUG: KASAN: ` comes before `BUG: ` whatever the order of families.
 */
export function buildClassifier(families: readonly Family[]): Classifier {
  const literals = families.flatMap((family) =>
    family.lines.flatMap((line) =>
      (line.opens ?? []).flatMap((opens): Literal[] => {
        const form = family.forms.find((f) => f.name === opens.form);
        if (!form) throw new Error(`row '${line.name}' of ${family.name} names no form '${opens.form}'`);
        const head = { family, form, line, opens, name: `${family.name}/${form.name}` };
        return opens.literals.map((text) => ({ text, head }));
      }),
    ),
  );
  const atStart = dispatchOn(literals);
  const atMessage = dispatchOn(literals.filter(({ head }) => head.opens.at === 'message'));

  const classify = (text: string): Head | undefined => {
    const head = pick(atStart, text, 0);
    if (head !== undefined) return head;
    let from = 1;
    for (let n = 0; n < SUBJECTS; n++) {
      const colon = text.indexOf(': ', from);
      if (colon < 0 || colon > SUBJECT_LIMIT) return undefined;
      const head = pick(atMessage, text, colon + 2);
      if (head !== undefined) return !head.family.namesPrograms && TAG.test(text) ? undefined : head;
      from = colon + 2;
    }
    return undefined;
  };
  return { classify };
}
