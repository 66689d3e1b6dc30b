// The printk calls of a kernel source file, as the lines that they print: each format string with plausible values in it.
import { expand, type Names } from './expand.ts';
import { beforeMessage, type Level, levelOf } from './macros.ts';
import type { Place, Source } from './source.ts';

export interface Format {
  /** Path below the source tree, and line. */
  readonly file: string;
  readonly line: number;
  /** The macro: `pr_err`, `dev_warn`, `WARN_ONCE`. */
  readonly macro: string;
  readonly level: Level;
  /** The format string, its parts joined. */
  readonly format: string;
  /** What it prints, prefixes included. */
  readonly text: string;
  /** The function that prints it. */
  readonly place: Place;
  /** What `#if` says around it. */
  readonly conditions: readonly string[];
}

/** A call: its macro, then everything up to the parenthesis that closes it. */
const CALL = /\b([A-Za-z_]\w*)\s*\(/g;
const STRING = /"((?:[^"\\\n]|\\.)*)"/g;
const NAMED: Readonly<Record<string, string>> = {
  FW_BUG: '[Firmware Bug]: ',
  FW_WARN: '[Firmware Warn]: ',
  FW_INFO: '[Firmware Info]: ',
  HW_ERR: '[Hardware Error]: ',
  DEPRECATED: '[Deprecated]: ',
};
/** A variable that holds a level: `printk("%sCall Trace:\n", loglvl)`. */
const LEVEL_ARGUMENT = /^\s*,\s*(?:\w*(?:lvl|level|_lev|loglevel|printk_level)\w*|ms->\w*lvl|[^,"]*KERN_\w+)\b/;

export function formatsOf(source: Source, file: string): Format[] {
  const prefix = prefixOf(source.text, file);
  const found: Format[] = [];
  for (const match of source.text.matchAll(CALL)) {
    const macro = match[1] as string;
    const before = beforeMessage(macro);
    if (before === undefined || isDefinition(source.text, match.index)) continue;
    const read = formatIn(argumentsAt(source.text, match.index + match[0].length));
    if (read === undefined) continue;
    const line = source.lineOf(match.index);
    const level = read.caller ? 'caller' : levelOf(macro, read.before);
    const pr = before === 'pr' || (/^v?printk/.test(macro) && /\bpr_fmt\s*\(/.test(read.before));
    const place = source.placeOf(match.index);
    const values = expand(read.format, read.values, namesOf(source, place));
    if (values.trim() === '' && level !== 'cont') continue;
    const text = `${pr ? prefix : before === 'pr' ? '' : before}${values}`.replace(/\n+$/, '');
    const last = found.at(-1);
    // what pr_cont() adds makes the line whole: `$ 0   :`, then ` 00000000`
    if (level === 'cont' && last?.place === place && last.level !== 'cont' && !last.format.endsWith('\n'))
      found[found.length - 1] = { ...last, text: last.text + text };
    found.push({ file, line, macro, level, format: read.format, text, place, conditions: source.conditions(line) });
  }
  return found;
}

const namesOf = (source: Source, place: Place): Names => ({
  function: place.name,
  body: source.text.slice(place.from, place.to),
  texts: source.texts,
  passed: (parameter) => passed(source.text, place, parameter),
});

/** The text that a caller passes for a parameter: `die("Oops", regs)` for the `str` of die(). */
function passed(text: string, { name, head }: Place, parameter: string): string | undefined {
  const at = splitArguments(head.slice(head.indexOf(`${name}(`) + name.length + 1)).findIndex((p) =>
    new RegExp(`\\b${parameter}\\b`).test(p),
  );
  if (name === '' || at < 0) return undefined;
  for (const call of text.matchAll(new RegExp(`\\b${name}\\s*\\(`, 'g'))) {
    const argument = splitArguments(argumentsAt(text, call.index + call[0].length))[at];
    if (argument?.trim().startsWith('"')) return argument;
  }
  return undefined;
}

/** Within `#define`, continued lines included: what a macro prints is seen where it is used. */
function isDefinition(text: string, at: number): boolean {
  let start = text.lastIndexOf('\n', at) + 1;
  while (start > 1 && text[start - 2] === '\\') start = text.lastIndexOf('\n', start - 2) + 1;
  return /^\s*#\s*define\b/.test(text.slice(start, start + 40));
}

/** What pr_fmt() of a file puts before its messages. */
function prefixOf(text: string, file: string): string {
  const fmt = /#\s*define\s+pr_fmt\(\w+\)\s+((?:"[^"]*"|KBUILD_MODNAME|\w+_FMT|[\s\\])+)\w/.exec(text)?.[1] ?? '';
  const module = /([^/]+)\.c$/.exec(file)?.[1]?.replace(/-/g, '_') ?? 'xyz';
  return expand(fmt.replace(/KBUILD_MODNAME/g, `"${module}"`).replace(/[\s\\]*"([^"]*)"[\s\\]*/g, '$1'));
}

function argumentsAt(source: string, from: number): string {
  let depth = 1;
  for (let i = from; i < source.length && i < from + 2000; i++) {
    const c = source[i];
    if (c === '"') i = closing(source, i);
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return source.slice(from, i);
  }
  return '';
}

function closing(source: string, quote: number): number {
  for (let i = quote + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '"') return i;
  }
  return source.length;
}

interface Read {
  readonly format: string;
  /** What stands before it: the level, the device. */
  readonly before: string;
  /** Its level comes from a variable. */
  readonly caller: boolean;
  /** The arguments behind it. */
  readonly values: readonly string[];
}

/** The first run of adjacent strings. */
function formatIn(args: string): Read | undefined {
  const first = args.indexOf('"');
  if (first < 0) return undefined;
  let text = '';
  let end = 0;
  STRING.lastIndex = first;
  for (let m = STRING.exec(args); m !== null; m = STRING.exec(args)) {
    const between = args.slice(end, m.index);
    if (text !== '' && !/^[\s\\]*(?:[A-Z_]\w*)?[\s\\]*$/.test(between)) break;
    text += NAMED[/\b(FW_BUG|FW_WARN|FW_INFO|HW_ERR|DEPRECATED)\b/.exec(between)?.[1] ?? ''] ?? '';
    // PRIx64 and its like, behind the `%` that it ends
    text += /\bPR[Idux]\w*/.exec(between) && text.endsWith('%') ? 'd' : '';
    text += (m[1] as string).replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\"/g, '"').replace(/\\\\/g, '\\');
    end = STRING.lastIndex;
  }
  const caller = text.startsWith('%s') && LEVEL_ARGUMENT.test(args.slice(end));
  const values = splitArguments(args.slice(end)).slice(caller ? 2 : 1);
  return { format: caller ? text.slice(2) : text, before: args.slice(0, first), caller, values };
}

/** `, a, b(c, d)`: at its outer commas; what stands before the first is empty. */
function splitArguments(args: string): string[] {
  const parts = [''];
  let depth = 0;
  for (let i = 0; i < args.length; i++) {
    const to = args[i] === '"' ? closing(args, i) + 1 : i + 1;
    if (args[i] === '(' || args[i] === '[') depth++;
    else if (args[i] === ')' || args[i] === ']') depth--;
    if (args[i] === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += args.slice(i, to);
    i = to - 1;
  }
  return parts;
}
