import type { Reply } from '../../fleet/questions/reply.ts';
import { readStore } from '../../fleet/store/reader.ts';
import { replyToJson, replyToNdjson } from '../../output/fleet/reply-json.ts';
import { replyText } from '../../output/fleet/reply-text.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import { parseKinds } from '../events/filter.ts';
import { EXIT, UsageError } from '../exit.ts';
import { type AskOptions, QUESTIONS } from '../fleet/ask.ts';
import { keepAnswers } from '../fleet/keep.ts';
import type { Reading } from '../fleet/reading.ts';
import { inputForm } from '../inputs/form.ts';
import { page } from '../pager.ts';
import { VERSION } from '../version.ts';
import { warn } from '../warn.ts';
import { type CommonOptions, oneOf, type TimeOptions, textOptions, timeStyle } from './options.ts';
import { timeBound } from './time-bound.ts';

export interface FleetOptions extends CommonOptions, TimeOptions {
  readonly store?: string | undefined;
  readonly format?: string | undefined;
  readonly json?: boolean | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly release?: string | undefined;
  readonly signature?: string | undefined;
  readonly by?: string | undefined;
  readonly before?: string | undefined;
  readonly rows?: string | undefined;
  readonly timeout?: string | undefined;
  readonly pager?: boolean | undefined;
}

const FORMATS = ['text', 'json', 'ndjson', 'html'] as const;
type Format = (typeof FORMATS)[number];
/** Rows that programs are given where nobody says how many. */
const MANY = 1000;
const SECONDS = 60;
/** Files of a directory: a server that gathers crashes has more than a desk. */
const MOST_FILES = 1_000_000;

/** `lastkmsg fleet`: reads into a store, or asks it. @returns the exit code */
export async function fleet(words: readonly string[], options: FleetOptions): Promise<number> {
  const { store } = options;
  if (store === undefined) throw new UsageError('fleet takes --store PATH (or LASTKMSG_STORE): where its answers are kept');
  const format = oneOf(FORMATS, options.format ?? (options.json ? 'json' : 'text'), 'format');
  const [name = 'top', ...rest] = words;
  if (name === 'prune') return prune(rest, store, options);
  const question = QUESTIONS.get(name);
  if (question === undefined) return read(words, store, format, options);
  const [least, most] = question.words;
  if (rest.length < least || rest.length > most) throw new UsageError(`usage: lastkmsg fleet ${question.usage}`);
  return answered(name, rest, store, format, options);
}

/** Reads what the store does not know, and shows what it knows then. */
async function read(files: readonly string[], store: string, format: Format, options: FleetOptions): Promise<number> {
  const failOn = parseKinds(options.failOn, 'fail-on');
  const groups = await groupFiles(files, MOST_FILES);
  const { openStore } = await import('../../fleet/store/writer.ts');
  const writer = await openStore(store);
  let code: number;
  try {
    for (const problem of writer.problems) warn(problem);
    const { quiet, verbose } = options;
    let found = false;
    const onRead = ({ kinds }: Reading): void => {
      found ||= kinds.some((kind) => failOn?.has(kind) ?? false);
    };
    const keeping = { form: inputForm(options.input), deadline: options.maxTime, quiet, verbose, onRead };
    const { kept, known, code: reading } = await keepAnswers(groups, writer, keeping);
    if (!quiet) warn(`${store}: ${kept} kept, ${known} known already`);
    code = found && reading !== EXIT.bug ? EXIT.failOn : reading;
  } finally {
    await writer.close();
  }
  const shown = await answered('top', [], store, format, { ...options, failOn: undefined });
  return code === EXIT.ok ? shown : code;
}

/** Takes out what is older than one wants to keep. */
async function prune(words: readonly string[], store: string, options: FleetOptions): Promise<number> {
  const before = moment(options.before, 'before', { utc: true }); // as the store's days are
  if (words.length > 0 || before === undefined) throw new UsageError('usage: lastkmsg fleet prune --before DATE');
  const { pruneStore } = await import('../../fleet/store/prune.ts');
  const { days, bytes } = await pruneStore(store, before.slice(0, 10));
  const which = days.length > 1 ? `: ${days[0]} to ${days.at(-1)}` : days.length === 1 ? `: ${days[0]}` : '';
  process.stdout.write(`${days.length} day${days.length === 1 ? '' : 's'} removed${which}, ${(bytes / 1e6).toFixed(1)} MB\n`);
  return EXIT.ok;
}

async function answered(name: string, words: readonly string[], store: string, format: Format, options: FleetOptions): Promise<number> {
  const question = QUESTIONS.get(name)!;
  const failOn: ReadonlySet<string> | undefined = parseKinds(options.failOn, 'fail-on');
  const asked: AskOptions = { ...askOptions(options, format, question.rows), store };
  const reader = await readStore(store);
  try {
    const reply = await question.answer(reader, words, asked);
    for (const problem of reader.problems) warn(problem);
    await page(await drawn(reply, store, format, options), options);
    if (failOn !== undefined && reply.rows.some(({ kind }) => typeof kind === 'string' && failOn.has(kind))) return EXIT.failOn;
    return reader.problems.length > 0 ? EXIT.loss : EXIT.ok;
  } finally {
    reader.close();
  }
}

async function drawn(reply: Reply, store: string, format: Format, options: FleetOptions): Promise<string> {
  const time = timeStyle(options);
  if (format === 'text') return replyText(reply, { ...textOptions(options), time });
  if (format === 'html') return (await import('../../output/report/html/reply.ts')).htmlReply(reply, { version: VERSION, store, time });
  return format === 'json' ? replyToJson(reply) : replyToNdjson(reply);
}

function askOptions({ since, until, rows, timeout, ...options }: FleetOptions, format: Format, few: number): Omit<AskOptions, 'store'> {
  const { signature, release, by } = options;
  const usual = format === 'text' || format === 'html' ? few : Math.max(few, MANY);
  const scope = { since: moment(since, 'since', options), until: moment(until, 'until', options), rows: whole(rows, 'rows') ?? usual };
  return { scope, signature, release, by, seconds: whole(timeout, 'timeout') ?? SECONDS };
}

/** A time of the day as ISO 8601: machines of a fleet have no boot in common. */
function moment(value: string | undefined, option: string, { utc }: TimeOptions): string | undefined {
  const bound = timeBound(value, option, { now: Date.now(), utc: utc === true });
  if (bound === undefined) return undefined;
  if (!('wall' in bound)) throw new UsageError(`--${option} takes a date here; not ${value}`);
  const date = new Date(bound.wall / 1000);
  if (Number.isNaN(date.getTime())) throw new UsageError(`--${option} takes a date; not ${value}`);
  return date.toISOString();
}

function whole(value: string | undefined, option: string): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new UsageError(`--${option} takes a number from 1 on; not ${value}`);
  return Number(value);
}
