import type { Family, Head } from './family.ts';

/** How many `subject: ` prefixes are stepped over; kernel lines have at most three (driver, device, interface). */
const SUBJECTS = 3;
/** How far into a line a prefix may end: comm, device and interface names are short. */
const SUBJECT_LIMIT = 96;

interface Candidate extends Head {
  readonly text: string;
  readonly message: boolean;
}

/** The openers of all families, compiled for looking at every line of a log. */
export interface Classifier {
  /** The head that this line is, if any. Healthy lines are rejected after their first two characters and those behind each `: `. */
  readonly classify: (text: string) => Head | undefined;
}

/** Key of the two characters at `i`; -1 where there are not two ASCII characters. */
const pair = (text: string, i: number): number => {
  const a = text.charCodeAt(i);
  const b = text.charCodeAt(i + 1);
  return a < 128 && b < 128 ? (a << 7) | b : -1;
};

/**
 * Compiles the openers of all families. Among openers that fit one line the longest literal wins, so that
 * `BUG: KASAN: ` comes before `BUG: ` whatever the order of families.
 */
export function buildClassifier(families: readonly Family[]): Classifier {
  const atStart: (Candidate[] | undefined)[] = new Array(1 << 14);
  const atMessage: (Candidate[] | undefined)[] = new Array(1 << 14);
  for (const family of families) {
    for (const opener of family.openers) {
      const form = family.forms.find((f) => f.name === opener.form);
      if (!form) throw new Error(`opener '${opener.text}' of ${family.name} names no form '${opener.form}'`);
      const key = pair(opener.text, 0);
      if (key < 0) throw new Error(`opener '${opener.text}' of ${family.name} is too short`);
      const message = opener.at === 'message';
      const candidate = { family, form, opener, name: `${family.name}/${form.name}`, text: opener.text, message };
      atStart[key] = [...(atStart[key] ?? []), candidate];
      if (message) atMessage[key] = [...(atMessage[key] ?? []), candidate];
    }
  }
  for (const table of [atStart, atMessage]) for (const list of table) list?.sort((a, b) => b.text.length - a.text.length);

  const pick = (list: readonly Candidate[], text: string, offset: number): Head | undefined => {
    for (const c of list) {
      if (text.startsWith(c.text, offset) && (c.opener.test === undefined || c.opener.test(text, offset))) return c;
    }
    return undefined;
  };

  const classify = (text: string): Head | undefined => {
    const key = pair(text, 0);
    const list = key < 0 ? undefined : atStart[key];
    if (list !== undefined) {
      const head = pick(list, text, 0);
      if (head !== undefined) return head;
    }
    let from = 1;
    for (let n = 0; n < SUBJECTS; n++) {
      const colon = text.indexOf(': ', from);
      if (colon < 0 || colon > SUBJECT_LIMIT) return undefined;
      const key = pair(text, colon + 2);
      const list = key < 0 ? undefined : atMessage[key];
      if (list !== undefined) {
        const head = pick(list, text, colon + 2);
        if (head !== undefined) return head;
      }
      from = colon + 2;
    }
    return undefined;
  };
  return { classify };
}
