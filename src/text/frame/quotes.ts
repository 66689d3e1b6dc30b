/** How quotation marks within a quoted text are written: `\"` of JSON, logfmt and C, `""` of CSV. */
export type Escaping = 'backslash' | 'doubled';

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', ''],
  ['b', ''],
  ['f', ''],
]);

/** How the quoted texts of a file are written. */
export function escapingOf(texts: readonly string[]): Escaping {
  if (texts.some((text) => text.includes('\\"'))) return 'backslash';
  const isDoubled = texts.some((text) => /""(?!$)/.test(text));
  return !isDoubled && texts.some((text) => /\\[\\ntu]/.test(text)) ? 'backslash' : 'doubled';
}

/** The text between its quotation marks, as it was. */
export function unescaped(text: string, quote: string, escaping: Escaping): string {
  if (escaping === 'doubled') return text.includes(quote + quote) ? text.replaceAll(quote + quote, quote) : text;
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:(?:u00|x)([\da-f]{2})|(.))/gi, (_, hex?: string, char?: string) =>
    hex === undefined ? (CHARACTERS.get(char ?? '') ?? char ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
