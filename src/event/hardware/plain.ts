import type { Values } from './rule.ts';

/** Fills a title's template: see {@link Meaning.title}. */
export function fill(template: string, told: Values): string {
  const put = (text: string): string | undefined => {
    let whole = true;
    const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = told[name];
      if (value === undefined || value === '') whole = false;
      return String(value ?? '');
    });
    return whole ? filled : undefined;
  };
  return printable(
    template
      .replace(/\[([^\]]*)\]/g, (_, part: string) => put(part) ?? '')
      .replace(/\{(\w+)\}/g, (_, name: string) => String(told[name] ?? ''))
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** What a terminal and a page can show of bytes that a device or a program named itself. */
export const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

/** Numbers that stood in one bracket or behind one name, and what led to them: a title is read by people, and a gap says as much as `NUM`. */
const GAPS: readonly RegExp[] = [
  /: (?:calculated|expected) (?:NUM|ADDR)(?:, (?:read|got) (?:NUM|ADDR))?/g, // : calculated ADDR, read ADDR
  / ?\([^()]*\b(?:NUM|ADDR)\b[^()]*\)| ?\[[^[\]]*\b(?:NUM|ADDR)\b[^[\]]*\]/g, // (NUM but expected NUM)
  /, [\w -]{1,40}(?:[:=] ?| )(?:NUM|ADDR)\b(?=,|$)/g, // , type: NUM
  / after NUM ?(?:ms|s|secs?|seconds|milliseconds|msecs?)\b/g, // after NUM seconds
  / ?(?:[:=#]+ ?)?\b(?:NUM|ADDR)\b(?:[:/]NUM)*/g,
];

/** What the compiler adds to a function's name. */
const PARTS = /(?<=\w)\.(?:part|isra|constprop|cold)\b(?:\.\d+)*/g;

/** Words of a driver or firmware for a title: without addresses, numbers and names of instances. */
export function plain(text: string): string {
  const numbered = printable(text)
    .replace(PARTS, '')
    .replace(/\b0x[0-9a-f]+\b/gi, 'ADDR')
    .replace(/\b[0-9a-f]{8,}\b/g, 'ADDR')
    .replace(/-?\b\d+(?:\.\d+)?\b/g, 'NUM')
    .slice(0, 240);
  const worded = ended(GAPS.reduce((said, gap) => said.replace(gap, ''), numbered));
  return /[A-Za-z]{3}/.test(worded) ? worded : ended(numbered);
}

const ended = (text: string): string =>
  text
    .replace(/[\s.!:,=-]+$/, '')
    .replace(/ (?:at|of|from|for)$/, '')
    .slice(0, 120)
    .trim();
