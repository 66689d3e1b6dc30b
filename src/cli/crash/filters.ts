import { UsageError } from '../exit.ts';
import { parseLine } from './line.ts';

/**
 * What output is piped through where no shell may run: `crash FILE 'ps | grep UN'` and commands on standard input. Such a line may come
 * out of a file or another program, and names in it out of the dump; it must not start programs. Only what people pipe crash into is
 * here, in a few lines each; at the prompt the user's own shell does it.
 */
export function applyFilters(text: string, output: string): string {
  let lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  let rest = output;
  while (rest !== '') {
    if (!rest.startsWith('|')) throw new UsageError('output goes to a file only at the prompt: use lastkmsg crash FILE COMMAND > FILE');
    const { words, output: next } = parseLine(rest.slice(1));
    lines = filtered(lines, words);
    rest = next ?? '';
  }
  return lines.map((line) => `${line}\n`).join('');
}

const NAMES = 'grep, egrep, head, tail, wc, sort, uniq, less, more and cat';

function filtered(lines: readonly string[], [name = '', ...args]: readonly string[]): string[] {
  switch (name) {
    case 'grep':
    case 'egrep':
    case 'fgrep':
      return grep(lines, args, name === 'fgrep');
    case 'head':
      return lines.slice(0, countOf(args));
    case 'tail':
      return lines.slice(-countOf(args));
    case 'wc':
      return [args.includes('-l') ? String(lines.length) : `${lines.length} ${wordsIn(lines)} ${lines.join('\n').length + 1}`];
    case 'sort':
      return sorted(lines, args);
    case 'uniq':
      return uniq(lines, args.includes('-c'));
    case 'less':
    case 'more':
    case 'cat':
      return [...lines];
    default:
      throw new UsageError(`only ${NAMES} stand behind | here; at the prompt of lastkmsg crash FILE any program may`);
  }
}

const wordsIn = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + (line.match(/\S+/g)?.length ?? 0), 0);

/** `head -n 6`, `head -6`. */
function countOf(args: readonly string[]): number {
  const text = args.map((arg) => arg.replace(/^-n?/, '')).find((arg) => /^\d+$/.test(arg));
  return text === undefined ? 10 : Number(text);
}

/** Plain words are found as they are; what has an expression's signs is one. -i -v -c -w, -A -B -C with a number. */
function grep(lines: readonly string[], args: readonly string[], fixed: boolean): string[] {
  const flags = new Set<string>();
  const around: Record<string, number> = { A: 0, B: 0 };
  const patterns: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const context = /^-([ABC])(\d*)$/.exec(arg);
    if (context) {
      const n = Number(context[2] || args[++i]) || 0;
      for (const side of context[1] === 'C' ? 'AB' : context[1]!) around[side] = n;
    } else if (arg === '-e') patterns.push(args[++i] ?? '');
    else if (/^-[a-zA-Z]+$/.test(arg)) for (const flag of arg.slice(1)) flags.add(flag);
    else patterns.push(arg);
  }
  if (patterns.length === 0) throw new UsageError('grep takes a pattern');
  const matches = matcher(patterns, flags, fixed || flags.has('F'));
  const hits = lines.flatMap((line, i) => (matches(line) !== flags.has('v') ? [i] : []));
  if (flags.has('c')) return [String(hits.length)];
  const shown = new Set<number>();
  for (const hit of hits) for (let i = Math.max(0, hit - around.B!); i <= Math.min(lines.length - 1, hit + around.A!); i++) shown.add(i);
  return lines.flatMap((line, i) => (shown.has(i) ? [flags.has('n') ? `${i + 1}:${line}` : line] : []));
}

function matcher(patterns: readonly string[], flags: ReadonlySet<string>, fixed: boolean): (line: string) => boolean {
  const sources = patterns.map((pattern) => (fixed ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : fromGrep(pattern)));
  const source = sources.map((each) => (flags.has('w') ? `\\b(?:${each})\\b` : `(?:${each})`)).join('|');
  try {
    const pattern = new RegExp(source, flags.has('i') ? 'i' : '');
    return (line) => pattern.test(line.slice(0, 4096));
  } catch {
    throw new UsageError(`${patterns.join(' ')} is not a regular expression`);
  }
}

/** Basic expressions write groups and alternatives with a backslash, extended ones without; both are taken. */
const fromGrep = (pattern: string): string => pattern.replace(/\\([|()+?{}])/g, '$1');

function sorted(lines: readonly string[], args: readonly string[]): string[] {
  const flags = args.filter((arg) => arg.startsWith('-')).join('');
  const key = Number(/k(\d+)/.exec(flags)?.[1] ?? args[args.indexOf('-k') + 1] ?? 0);
  const keyOf = (line: string): string => (args.includes('-k') || /k\d/.test(flags) ? (line.trim().split(/\s+/)[key - 1] ?? '') : line);
  const numbers = flags.includes('n');
  const order = (a: string, b: string): number =>
    numbers
      ? (Number.parseFloat(keyOf(a)) || 0) - (Number.parseFloat(keyOf(b)) || 0)
      : keyOf(a) < keyOf(b)
        ? -1
        : keyOf(a) > keyOf(b)
          ? 1
          : 0;
  const all = [...lines].sort(order);
  return flags.includes('r') ? all.reverse() : all;
}

function uniq(lines: readonly string[], counted: boolean): string[] {
  const runs: { line: string; count: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.count++;
    else runs.push({ line, count: 1 });
  }
  return runs.map(({ line, count }) => (counted ? `${String(count).padStart(7)} ${line}` : line));
}
