import { DATE_NAMES } from './names.ts';

/** The rows of {@link DATE_NAMES} that have a name for a month, and which month it is there, 1–12. */
type Uses = readonly (readonly [row: number, month: number])[];

/** As printed: UTF-8, one byte a character. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

let months: Map<string, Uses> | undefined;

/** Reading the names takes a millisecond, so only a log that has one pays for it. */
function table(): Map<string, Uses> {
  if (months !== undefined) return months;
  const made = new Map<string, [number, number][]>();
  for (const [row, line] of DATE_NAMES.trim().split('\n').entries()) {
    for (const [i, both] of line.split('|').slice(8).entries()) {
      for (const form of both.split('/')) {
        const name = bytesOf(form.toLowerCase());
        const uses = made.get(name);
        if (uses === undefined) made.set(name, [[row, i + 1]]);
        else if (!uses.some(([r, m]) => r === row && m === i + 1)) uses.push([row, i + 1]);
      }
    }
  }
  months = made;
  return made;
}

/**
 * Months in the languages of glibc. `lip` is June in Croatian and July in Polish: the other names of a log tell the language, so those
 * that were seen narrow it down.
 */
export class LocalMonths {
  private rows: ReadonlySet<number> | undefined;
  /** Whether the last month that was found could also be another one. */
  doubtful = false;

  /** @param name as printed, a byte string. @returns 1–12, or 0 where no language of glibc has it */
  of(name: string): number {
    const uses = table().get(bytesOf(Buffer.from(name, 'latin1').toString('utf8').toLowerCase()));
    if (uses === undefined) return 0;
    const known = uses.filter(([row]) => this.rows?.has(row) ?? true);
    const left = known.length > 0 ? known : uses;
    this.rows = new Set(left.map(([row]) => row));
    const month = left[0]?.[1] ?? 0;
    this.doubtful = left.some(([, other]) => other !== month);
    return month;
  }
}
