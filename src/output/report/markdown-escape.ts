import { largest } from '../text/rows.ts';
/** Text as inline code, in more backticks than it holds in a row. */
export function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const edge = /^`|`$|^ .* $/.test(text) || text.trim() === '' ? ' ' : '';
  return `${fence}${edge}${text}${edge}${fence}`;
}

/** Text as a block of code, fenced by more backticks than it holds in a row. */
export function block(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text.replace(/\n+$/, '')}\n${fence}`;
}

const longestRun = (text: string): number => largest((text.match(/`+/g) ?? []).map((run) => run.length));

/** What a forge makes a link, a mention or a reference of, whatever is escaped: it becomes code. */
const LINKED = /\S*(?:[@#]|:\/\/|\bwww\.|\bGH-\d)\S*/gi;

/** A sentence of ours that quotes the log: no character of it is markup. */
export function prose(text: string): string {
  let out = '';
  let end = 0;
  for (const { 0: found, index } of text.matchAll(LINKED)) {
    out += `${escaped(text.slice(end, index))}${code(found)}`;
    end = index + found.length;
  }
  return out + escaped(text.slice(end));
}

/** What is markup anywhere in a line, and what is at its beginning only (CommonMark 2.4: any ASCII punctuation may be escaped). */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>~|&$]|^[#+=-]|(?<=^\d{1,9})[.)]/g, '\\$&');
