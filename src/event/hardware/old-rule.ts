import type { Event, Frame, Kind, Severity } from '../event.ts';

/** What a report's lines said, merged: the first line that has a field wins. Strings as printed. */
export type Fields = Readonly<Record<string, string>>;

/** What a line means: its rule in grammars/hardware names it. Rules without one only add fields to the report they stand in. */
export interface Rule {
  readonly kind: Kind;
  readonly severity: Severity | ((fields: Fields) => Severity);
  /** `{name}` is a field; a bracketed part is left out where one of its fields is absent: `I/O error[ on {device}]`. No address, pid or counter. */
  readonly title: string | ((fields: Fields) => string);
  readonly alt?: readonly string[];
  /** Fields that make it the same cause, beside kind and title; `false`: never folded. Default: the device. */
  readonly fold?: readonly string[] | false;
  /** Fewer repeats are no event. */
  readonly minimum?: number;
  /** Fields that the printed ones imply: a decoded status. */
  readonly derive?: (fields: Fields) => Readonly<Record<string, string | number | boolean>>;
  /** Another line of the report says it better, where there is one. */
  readonly weak?: boolean;
  /** Nothing happened after all: a message without trouble. */
  readonly unless?: (fields: Fields) => boolean;
  /** The guilty frame, where a line names a function. */
  readonly frames?: (fields: Fields) => readonly Frame[];
  /** Fields of the event itself. */
  readonly event?: (fields: Fields) => Partial<Event>;
}

export type Rules = Readonly<Record<string, Rule>>;

/** Fills a title's template. */
export function fill(template: string, fields: Fields): string {
  const put = (text: string): string | undefined => {
    let whole = true;
    const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = fields[name];
      if (value === undefined || value === '') whole = false;
      return value ?? '';
    });
    return whole ? filled : undefined;
  };
  return template
    .replace(/\[([^\]]*)\]/g, (_, part: string) => put(part) ?? '')
    .replace(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words of a driver or firmware for a title: addresses, numbers and names of instances go. */
export function plain(text: string): string {
  return text
    .replace(/\b0x[0-9a-f]+\b/gi, 'ADDR')
    .replace(/\b[0-9a-f]{8,}\b/g, 'ADDR')
    .replace(/-?\b\d+\b/g, 'NUM')
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/[\s.!:,]+$/, '')
    .slice(0, 120)
    .trim();
}
