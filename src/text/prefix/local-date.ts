import { LocalMonths } from '../locale/month.ts';
import { clockAt, monthAt, twoDigits } from './civil.ts';

/** A date without year, as strftime's `%b %e %H:%M:%S` prints it, with or without a weekday. */
export interface LocalTime {
  /** 1–12; 0 where the name is no month that is known. */
  readonly month: number;
  readonly day: number;
  /** Seconds of the day. */
  readonly clock: number;
  /** Behind the seconds. */
  readonly next: number;
  /** The month may be another one: the name is one in several languages. */
  readonly isDoubtful: boolean;
}

/** Characters of a weekday and a month, in UTF-8: Thai and Tibetan take three bytes a letter. */
const NAMES_LIMIT = 64;

/** Reads dates whose names are not English, and those of which a browser has swallowed a blank. */
export class LocalDate {
  private readonly months = new LocalMonths();
  private isDoubtful = false;

  /** The date that begins at `pos`, or undefined where there is none. */
  read(s: string, pos: number, end: number): LocalTime | undefined {
    const colon = s.indexOf(':', pos);
    if (colon < 0 || colon >= end || colon - pos > NAMES_LIMIT + 8) return undefined;
    const clock = clockAt(s, colon - 2);
    if (clock < 0 || s.charCodeAt(colon - 3) !== 0x20) return undefined;
    // the day has two columns, or one where blanks were lost
    const two = twoDigits(s, colon - 5);
    const at = two > 0 && s.charCodeAt(colon - 6) === 0x20 ? colon - 5 : s.charCodeAt(colon - 5) === 0x20 ? colon - 4 : -1;
    if (at < 0 || two < 1 || two > 31) return undefined;
    const words = s.slice(pos, at).trim();
    if (words === '' || /[^\x80-\xff\w.' -]/.test(words)) return undefined;
    return { month: this.monthOf(words), day: two, clock, next: colon + 6, isDoubtful: this.isDoubtful };
  }

  /** The last words that name a month: before them may stand a weekday, and `de`. */
  private monthOf(words: string): number {
    this.isDoubtful = false;
    for (let from = 0; from >= 0; from = after(words, from)) {
      const name = words.slice(from);
      const month = name.length === 3 ? monthAt(name, 0) : 0;
      if (month > 0) return month;
      const local = this.months.of(name);
      if (local === 0) continue;
      this.isDoubtful = this.months.doubtful;
      return local;
    }
    return 0;
  }
}

const after = (words: string, from: number): number => {
  const space = words.indexOf(' ', from);
  return space < 0 ? -1 : space + 1;
};
