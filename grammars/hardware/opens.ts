import type { LineSpec, Opens } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** What stands before the message: driver, device, interface, each with its colon: `nvme nvme0: `, `e1000e 0000:00:19.0 eth0: `. */
const SUBJECT = '(?:[^\\n]{1,96}?: )?';

/** A text as a pattern of itself. */
export const escaped = (text: string): string => text.trimStart().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const opens = (form: string, literals: readonly string[], test: Opens['test'], at: 'start' | 'message'): readonly Opens[] => [
  { form, literals, at, ...(test === undefined ? {} : { test }) },
];

/** A row that opens a report of this form where one of the texts stands at the start of the line. */
export const starts = (form: string, literals: readonly string[], test?: Opens['test']): Pick<LineSpec, 'start' | 'opens'> => ({
  start: anyOf(...literals.map(escaped)),
  opens: opens(form, literals, test, 'start'),
});

/** A row that opens a report of this form where one of the texts stands there or behind a subject of any name. */
export const says = (form: string, literals: readonly string[], test?: Opens['test']): Pick<LineSpec, 'start' | 'opens'> => ({
  start: new RegExp(`${SUBJECT}${anyOf(...literals.map(escaped)).source}`),
  opens: opens(form, literals, test, 'message'),
});

/** The letter that the second word of what begins at `at` has first: told before a pattern is tried on what every boot prints. */
export const secondLetter = (text: string, at: number): string => text.charAt(text.indexOf(' ', at) + 1);
