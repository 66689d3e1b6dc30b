import { address } from './numbers.ts';

/** Turns what a pattern captured into a value; undefined where the text holds none. */
export interface Field<T> {
  (text: string): T | undefined;
  /** It is no detail of the event: it serves the title, or is a field of its own (the task's comm). */
  readonly aside?: boolean;
  /** It counts up from report to report: a folded event shows the last value, and the first beside it. */
  readonly counts?: boolean;
}

/** The field, which counts up from report to report. */
export const counter = <T>(field: Field<T>): Field<T> => Object.assign((text: string) => field(text), { counts: true });

/** The field, which is no detail of the event. */
export const aside = <T>(field: Field<T>): Field<T> => Object.assign((text: string) => field(text), { aside: true });

/** What a field can be: all of it fits JSON. */
export type FieldValue = string | number | readonly number[] | readonly string[];

/** Text, without the blanks around it. */
export const words: Field<string> = (text) => text.trim() || undefined;

/** A decimal number; undefined where it does not fit 2^53. */
export const int: Field<number> = (text) => {
  const n = Number(text);
  return Number.isSafeInteger(n) ? n : undefined;
};

/** A decimal number with a fraction; undefined where it does not fit 2^53. */
export const decimal: Field<number> = (text) => {
  const n = Number(text);
  return Math.abs(n) <= Number.MAX_SAFE_INTEGER ? n : undefined;
};

/** Hex digits, with or without `0x`, as contract.md has them: `0x`, lower case, no leading zeros. */
export const hex: Field<string> = (text) => (/^(?:0x)?[0-9a-f]+$/i.test(text) ? address(text) : undefined);

/** An address that `%p` may have hidden: `(null)` is 0, `(ptrval)` none. */
export const pointer: Field<string> = (text) => (/null/.test(text) ? '0x0' : hex(text.replace(/[()]/g, '')));

/** Hex digits that count something: a number where it fits 2^53. */
export const hexCount: Field<number> = (text) => {
  const n = Number.parseInt(text, 16);
  return Number.isSafeInteger(n) ? n : undefined;
};

/** A PCI function as the log's other lines have it: Intel's `[0x64:0x00.5]` of 5.15–6.0 is `64:00.5`. */
export const pciFunction: Field<string> = (text) => text.replace(/0x/g, '') || undefined;

/** A PCI function by its requester ID, as AER had it until 4.17: `00e4` is bus, device and function of domain 0, `0000:00:1c.4`. */
export const requesterId: Field<string> = (text) => {
  if (!/^[0-9a-f]{4}$/i.test(text)) return words(text);
  const id = Number.parseInt(text, 16);
  const hex2 = (value: number): string => value.toString(16).padStart(2, '0');
  return `0000:${hex2(id >> 8)}:${hex2((id >> 3) & 31)}.${id & 7}`;
};

/** CPUs or nodes of one list at most: a line with more than any machine has is forged. */
const LIST_LIMIT = 8192;

/** `0,2-4` → 0, 2, 3, 4: the bitmap list of lib/vsprintf.c `%*pbl`. */
export const cpuList: Field<readonly number[]> = (text) => {
  const cpus: number[] = [];
  for (const part of text.split(/[ ,]+/)) {
    const m = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(part);
    if (m === null) continue;
    for (let cpu = Number(m[1]); cpu <= Number(m[2] ?? m[1]) && cpus.length < LIST_LIMIT; cpu++) cpus.push(cpu);
  }
  return cpus.length > 0 ? cpus : undefined;
};

/** Numbers between blanks or commas, in the order printed. */
export const intList: Field<readonly number[]> = (text) => {
  const numbers = text.split(/[ ,]+/).flatMap((part) => (/^-?\d{1,15}$/.test(part) ? Number(part) : []));
  return numbers.length > 0 ? numbers.slice(0, LIST_LIMIT) : undefined;
};

/** Words between blanks or commas. */
export const list: Field<readonly string[]> = (text) => {
  const parts = text.split(/[ ,]+/).filter((part) => part !== '');
  return parts.length > 0 ? parts : undefined;
};

/** One item of a list that has a line for each. */
export const oneOf: Field<readonly string[]> = (text) => (text.trim() === '' ? undefined : [text.trim()]);

/** The readers of a line's fields, by the name of the group that captures each. */
export type Fields = Readonly<Record<string, Field<FieldValue>>>;

/** The values that the readers yield. */
export type ValuesOf<F> = { readonly [K in keyof F]?: F[K] extends Field<infer V> ? V : never };
