import { ABSENT } from './absent.ts';
import { COMMANDS } from './commands.ts';
import type { CrashSession } from './session.ts';

/** More than a terminal shows; the kernel has 100,000 symbols. */
const MAX_HITS = 200;
/** Commands whose words are names of symbols, of types, of tasks. */
const SYMBOLS: ReadonlySet<string> = new Set(['sym', 'dis', 'rd', 'p', 'vtop']);
const TASKS: ReadonlySet<string> = new Set(['bt', 'set', 'files', 'vm', 'ps', 'mount']);
const STATES = ['RU', 'UN', 'IN', 'ID', 'ZO', 'active', 'kernel', 'user', 'bt'];

/** What a line may go on with, as node:readline asks: the hits, and the part of the line that they replace. */
export function completer(session: CrashSession): (line: string) => [string[], string] {
  return (line) => {
    const words = line.trimStart().split(/\s+/);
    const last = words.at(-1) ?? '';
    if (words.length === 1) return [hits([...COMMANDS.map(({ name }) => name), ...ABSENT.keys(), 'help', 'quit'], last), last];
    // of 100,000 symbols none is offered before the first letter
    if (last === '' && (SYMBOLS.has(words[0] ?? '') || (words[0] === 'struct' && words.length > 2))) return [[], last];
    return [hits(namesFor(session, words[0] ?? '', words.length - 1, last), last), last];
  };
}

function namesFor(session: CrashSession, command: string, place: number, last: string): Iterable<string> {
  if (!session.hasTypes) return SYMBOLS.has(command) ? symbolNames(session.kernel) : [];
  const { kernel, tasks } = session.inspection;
  if (command === 'foreach') return STATES;
  if (command === 'help') return [...COMMANDS.map(({ name }) => name), ...ABSENT.keys()];
  if (TASKS.has(command)) return tasks.all.flatMap(({ pid }) => (pid === undefined ? [] : [String(pid)]));
  if (command === 'struct' && place === 1) return last.includes('.') ? membersOf(kernel, last) : kernel.types.names();
  return SYMBOLS.has(command) || command === 'struct' ? symbolNames(kernel) : [];
}

type Kernel = CrashSession['inspection']['kernel'];

function* membersOf({ types }: Kernel, typed: string): Generator<string> {
  const type = typed.slice(0, typed.indexOf('.'));
  for (const { name } of types.fields(type)) if (name) yield `${type}.${name}`;
}

function* symbolNames({ symbols }: CrashSession['kernel']): Generator<string> {
  for (const { name } of symbols.all()) yield name;
  for (const module of symbols.modules) for (const { name } of module.symbols().all()) yield name;
}

/** Nothing is offered for an empty word where there are too many. */
function hits(names: Iterable<string>, typed: string): string[] {
  const found = new Set<string>();
  for (const name of names) {
    if (name.startsWith(typed)) found.add(name);
    if (found.size === MAX_HITS) break;
  }
  return [...found].sort();
}
