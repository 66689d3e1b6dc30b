import type { Command, Option } from 'commander';
import { FAMILIES, KINDS, SEVERITIES } from '../../event/kinds.ts';
import { DIMENSIONS } from '../../fleet/questions/by.ts';
import { EXPORTS } from '../events/exports.ts';

/** What can stand at the cursor. */
export interface Candidates {
  /** Words, each with what it is for. */
  readonly words: readonly (readonly [word: string, what: string])[];
  /** What the shell completes by itself besides. */
  readonly also?: 'files' | 'directories' | undefined;
}

/** What only a look at the dump can tell, asked for when it is wanted. */
export interface Asked {
  /** The parts of `inspect`. */
  parts(): Promise<readonly string[]>;
  /** PIDs of a dump with the names of their tasks. */
  pids(file: string): Promise<readonly (readonly [pid: string, comm: string])[]>;
}

/** Parts of `inspect` whose arguments are tasks. */
const OF_TASKS = new Set(['bt', 'ps', 'vm', 'files', 'task', 'vtop']);

/** Families first; `panic` is both. */
const KIND_WORDS = [...new Set<string>([...FAMILIES, 'crash', ...KINDS])];
/** Words of options that take several, with commas between. */
const LISTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '--kind': KIND_WORDS,
    '--fail-on': KIND_WORDS,
    '--severity': [...SEVERITIES, 'error+', 'warning+'],
  }),
);
/** Words of options that take one. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({ '--color': ['auto', 'always', 'never'] }));
const OF_COMMAND: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> = new Map(
  Object.entries({
    events: { '--format': ['ndjson', 'json', 'text', ...EXPORTS] },
    incidents: { '--format': ['json', 'text', 'fleet-json'] },
    report: { '--format': ['html', 'markdown', 'text'] },
    inspect: { '--format': ['text', 'json'] },
    fleet: { '--format': ['text', 'json', 'ndjson', 'html'], '--by': ['day', 'week', 'month'] },
    dmesg: { '--format': ['vmcore-dmesg', 'makedumpfile', 'crash', 'crash-m', 'crash-t', 'crash-d', 'crash-c', 'kmsg'] },
  }),
);
/** Words of arguments, by their command and place. */
const ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    completion: ['bash', 'zsh', 'fish'],
    hook: ['install', 'remove', 'status', 'run'],
    fleet: ['top', 'new', 'by', 'about', 'trend', 'sql', 'save', 'run', 'queries', 'prune', 'setup', 'ingest'],
  }),
);

/**
 * What can stand at the cursor.
 * @param words the command line without its program; the last is the one that is being typed, '' where none is begun
 * @param extra options of commands that the tree does not hold (dmesg's)
 */
export async function candidates(
  root: Command,
  words: readonly string[],
  ask: Asked,
  extra: Readonly<Record<string, readonly string[]>> = {},
): Promise<Candidates> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const at = before.findIndex((word, i) => !word.startsWith('-') && !takesValue(root, before[i - 1]));
  const name = at < 0 ? undefined : before[at];
  const command = root.commands.find((each) => each.name() === name);
  const owner = command ?? root;
  const previous = before.at(-1) ?? '';
  if (takesValue(owner, previous) || takesValue(root, previous)) return valuesOf(owner, longOf(owner, root, previous), typed);
  if (typed.startsWith('-')) {
    const others = name !== undefined && Object.hasOwn(extra, name) ? extra[name]! : [];
    return { words: optionWords(owner, others).filter(([word]) => word.startsWith(typed)) };
  }
  const rest = command === undefined ? before : before.slice(at + 1);
  const given = rest.filter((word, i) => !word.startsWith('-') && !takesValue(owner, rest[i - 1]));
  if (command === undefined) {
    const commands = root.commands.map((each) => [each.name(), each.description()] as const);
    return { words: given.length === 0 ? beginning(commands, typed) : [], also: 'files' };
  }
  return argumentsOf(root, command.name(), given, typed, ask);
}

async function argumentsOf(root: Command, name: string, given: readonly string[], typed: string, ask: Asked): Promise<Candidates> {
  const [file = '', part = ''] = given;
  if (name === 'help')
    return {
      words: beginning(
        root.commands.map((each) => [each.name(), each.description()] as const),
        typed,
      ),
    };
  if (name === 'fleet') return ofFleet(given, typed);
  const first = ARGUMENTS.get(name);
  if (first !== undefined && given.length === 0) return { words: beginning(bare(first), typed) };
  if (name === 'hook') return { words: [], also: 'directories' };
  if (name === 'inspect' && given.length === 1) return { words: beginning(bare(await ask.parts()), typed) };
  if (name === 'inspect' && given.length > 1) return { words: OF_TASKS.has(part) ? beginning(await ask.pids(file), typed) : [] };
  if (name === 'completion' || name === 'schema' || name === 'doctor' || name === 'mcp') return { words: [] };
  return { words: [], also: 'files' };
}

/** A question, or what is read into the store. */
function ofFleet([question, ...words]: readonly string[], typed: string): Candidates {
  if (question === undefined) return { words: beginning(bare(ARGUMENTS.get('fleet') ?? []), typed), also: 'files' };
  if (question === 'by') return { words: words.length === 0 ? beginning(bare(DIMENSIONS), typed) : [] };
  return ARGUMENTS.get('fleet')?.includes(question) ? { words: [] } : { words: [], also: 'files' };
}

function valuesOf(owner: Command, option: string, typed: string): Candidates {
  const list = LISTS.get(option);
  if (list !== undefined) {
    // what stands before the last comma stays
    const done = typed.slice(0, typed.lastIndexOf(',') + 1);
    const chosen = new Set(done.split(','));
    return {
      words: bare(
        list
          .filter((word) => !chosen.has(word))
          .map((word) => done + word)
          .filter((word) => word.startsWith(typed)),
      ),
    };
  }
  const words = OF_COMMAND.get(owner.name())?.[option] ?? VALUES.get(option);
  if (words !== undefined) return { words: beginning(bare(words), typed) };
  return { words: [], also: option === '--root' || option === '--store' ? 'directories' : 'files' };
}

const optionOf = (command: Command, word: string | undefined): Option | undefined =>
  command.options.find(({ short, long }) => word !== undefined && (word === short || word === long));
const takesValue = (command: Command, word: string | undefined): boolean => optionOf(command, word)?.required === true;
const longOf = (owner: Command, root: Command, word: string): string => (optionOf(owner, word) ?? optionOf(root, word))?.long ?? word;

const optionWords = (command: Command, extra: readonly string[]): (readonly [string, string])[] => [
  ...command.options.filter(({ hidden }) => !hidden).map(({ long, short, description }) => [long ?? short ?? '', description] as const),
  ['--help', 'print this help'],
  ...bare(extra),
];

const bare = (words: readonly string[]): (readonly [string, string])[] => words.map((word) => [word, ''] as const);
const beginning = (words: readonly (readonly [string, string])[], typed: string): (readonly [string, string])[] =>
  words.filter(([word]) => word.startsWith(typed));
