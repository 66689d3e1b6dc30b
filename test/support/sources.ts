// Whether what an event says was read leads by event.sources to records, and their text says it.
import { FAMILIES } from '../../grammars/families.ts';
import type { Event } from '../../src/event/event.ts';
import { RULES } from '../../src/event/hardware/index.ts';
import { recordsOf } from '../../src/event/records-of.ts';
import { tableOf } from '../../src/report/tables.ts';
import { isPrinted } from './printed.ts';

/** What is worked out and stands in no line. */
const COMPUTED = new RegExp(
  `^(?:${[
    // of the event as a whole
    'schemaVersion|source|id|boot|kind|severity|completeness|completenessReason',
    String.raw`title|altTitles\.\d+|signature\..*|records\..*`,
    // of its first record, not of its text
    String.raw`uptime|callerId|wall\..*`,
    // conclusions and translations
    String.raw`culprit\.why|taint\.flags\..*|fault\.hint|code\.faultIndex|code\.instructions\..*`,
    String.raw`oom\.(?:cause|usage|victimChoice|missing)\..*|oom\.pageSizeKb|oom\.victims\.\d+\.inferred`,
    // its place in the row
    String.raw`oom\.zones\.\d+\.buddy\.\d+\.order`,
    // the key that stands for a command
    String.raw`details\.key`,
    // of a stack without a head, how far it can be trusted
    String.raw`details\.confidence`,
    // of repeats that are one event
    String.raw`details\.(?:count|firstUptime|lastUptime|lastTime|rate)`,
  ].join('|')})$`,
);

/** Details that the hardware's rules work out of what was read. */
const DERIVED = new Set(
  Object.values(RULES).flatMap((rules) =>
    rules.flatMap(({ meaning }) => [...Object.keys(meaning.derive ?? {}), ...(meaning.outcome === undefined ? [] : ['outcome'])]),
  ),
);
const TABLES = FAMILIES.filter(({ name }) => name in RULES).map(tableOf);

/**
 * Whether a detail is worked out and not read: a rule makes it, and no row that knows one of its lines has a field of that name. It rests on
 * the lines of the fields that the rule looks at, which need not say it.
 */
function isDerived({ path }: Leaf, text: string): boolean {
  const name = path.slice('details.'.length);
  if (!path.startsWith('details.') || !DERIVED.has(name)) return false;
  return !text.split('\n').some((line) => TABLES.some((recognise) => recognise(line)?.fields?.[name] !== undefined));
}

interface Leaf {
  readonly path: string;
  readonly value: string | number | boolean;
}

function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => leavesOf(each, path === '' ? key : `${path}.${key}`));
  return value === undefined ? [] : [{ path, value: value as Leaf['value'] }];
}

/** A stack that no line titles is called `Call Trace`, and is the task's where no tag says otherwise. */
function isDefault({ sources = {}, stacks = [] }: Event, { path, value }: Leaf): boolean {
  const [, stack, field] = /^(stacks\.\d+)\.(label|context)$/.exec(path) ?? [];
  if (stack === undefined || sources[path] !== undefined) return false;
  const { length } = stacks[Number(stack.slice('stacks.'.length))]?.frames ?? [];
  return field === 'context' ? value === 'task' : value === 'Call Trace' && sources[stack]?.length === length;
}

/** A victim whose kill line is lost is measured by the table's pages, which no line says in kB. */
function isOfPages({ oom }: Event, { path }: Leaf): boolean {
  const [, index] = /^oom\.victims\.(\d+)\.(?:totalVmKb|rssKb)$/.exec(path) ?? [];
  return index !== undefined && oom?.victims?.[Number(index)]?.inferred === true;
}

/** What of an event was read. */
interface Read {
  /** How many values. */
  readonly values: number;
  /** Those that no record says. */
  readonly missing: readonly Missing[];
}

export interface Missing {
  readonly path: string;
  readonly value: Leaf['value'];
  /** Of the records that it leads to; undefined where it leads to none. */
  readonly text?: string;
}

export const missingLine = (event: Event, { path, value, text }: Missing): string =>
  `${event.source} ${event.id} ${path}: ${value} ${text === undefined ? 'has no records' : `is not in ${text}`}`;

/**
 * Looks for each value of an event that was read in the records it leads to.
 * @param texts of the records, by number, with their caller
 */
export function readOf(event: Event, texts: ReadonlyMap<number, string>): Read {
  const { sources: _sources, ...said } = event;
  const leaves = leavesOf(said).filter((leaf) => !COMPUTED.test(leaf.path) && !isDefault(event, leaf) && !isOfPages(event, leaf));
  const missing = leaves.flatMap((leaf) => {
    const { path, value } = leaf;
    const records = recordsOf(event, path);
    const text = records.map((seq) => texts.get(seq) ?? '').join('\n');
    if (records.length === 0) return [leaf];
    return isDerived(leaf, text) || isPrinted(path, value, text) ? [] : [{ ...leaf, text }];
  });
  return { values: leaves.length, missing };
}
