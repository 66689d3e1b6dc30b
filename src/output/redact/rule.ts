/** What a placeholder stands for; its name is the placeholder's first part: `host-1`. */
export const KINDS = {
  host: 'host names',
  ip: 'IP addresses',
  mac: 'hardware addresses of network devices',
  serial: 'serial numbers and world wide names',
  uuid: 'UUIDs',
  user: 'user names',
  path: 'paths of people and of data',
  unit: 'units of systemd',
  name: 'names of networks, telephone numbers',
  email: 'e-mail addresses',
  arg: 'values on command lines',
  secret: 'credentials',
  file: 'names of the files that were read',
  word: 'words of --redact-word',
} as const;

export type RedactKind = keyof typeof KINDS;

/** A place in a text, and the value that stands there in the form by which equals are known. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** One thing that does not leave the machine: how it is found, and under which kind it is replaced. */
export interface RedactRule {
  readonly name: string;
  readonly kind: RedactKind;
  readonly find: (text: string) => readonly Span[];
  /** A name found in one place is replaced wherever it stands. */
  readonly everywhere?: boolean;
}

interface Pattern {
  readonly name: string;
  readonly kind: RedactKind;
  readonly everywhere?: boolean;
  /** With flags `dg`; its group `value` is replaced, or else all it matches. */
  readonly pattern: RegExp;
  /** Matches the whole of a value that tells nobody anything. */
  readonly spare?: RegExp;
  /** The form by which equals are known. */
  readonly same?: (value: string) => string;
  /** How much of a value, from its beginning, is replaced. */
  readonly length?: (value: string) => number;
}

/** A rule that is a regular expression. */
export function byPattern({ pattern, spare, same, length, ...rule }: Pattern): RedactRule {
  return {
    ...rule,
    find(text) {
      const spans: Span[] = [];
      for (const match of text.matchAll(pattern)) {
        const value = match.groups?.value ?? match[0];
        if (value === '' || spare?.test(value)) continue;
        const start = match.indices?.groups?.value?.[0] ?? match.index;
        const end = start + (length?.(value) ?? value.length);
        spans.push({ start, end, value: same?.(value) ?? text.slice(start, end) });
      }
      return spans;
    },
  };
}
