import { existsSync, writeFileSync } from 'node:fs';
import { InputError } from '../../dump/source.ts';
import type { Event } from '../../event/event.ts';
import { groupFleet } from '../../fleet/group.ts';
import type { FleetInput } from '../../fleet/input.ts';
import { summarise } from '../../fleet/summarise.ts';
import { redactReport } from '../../output/redact/redact-report.ts';
import { AMONG_MANY, type ExcerptSize, excerpt } from '../../output/report/excerpt.ts';
import { htmlReport } from '../../output/report/html/page.ts';
import { RecordKeeper } from '../../output/report/keep-records.ts';
import { markdownReport } from '../../output/report/markdown.ts';
import type { Report, ReportPart } from '../../output/report/report.ts';
import { textReport } from '../../output/report/text.ts';
import { plain } from '../../output/text/theme.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import { watched } from '../../read/inputs/watched.ts';
import { readIncidents } from '../../read/read-incidents.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { eachInput } from '../events/each-input.ts';
import { parseKinds } from '../events/filter.ts';
import { eventFilter, type FilterOptions, keeper } from '../events/filter-options.ts';
import { EXIT, inputProblem, UsageError } from '../exit.ts';
import { LogFacts, nameOf } from '../fleet/log-facts.ts';
import { reading } from '../inputs/reading.ts';
import { StdoutWriter } from '../stdout.ts';
import { VERSION } from '../version.ts';
import { warn } from '../warn.ts';
import { type CommonOptions, oneOf, type TimeOptions, timeStyle } from './options.ts';

export interface ReportOptions extends CommonOptions, TimeOptions, FilterOptions {
  readonly output?: string | undefined;
  readonly format?: string | undefined;
  readonly redact?: boolean | undefined;
  /** Words to replace besides; implies `redact`. */
  readonly redactWord?: readonly string[] | undefined;
  /** Words of the settings: replaced where anything is. */
  readonly redactWords?: readonly string[] | undefined;
  readonly force?: boolean | undefined;
}

const FORMATS = ['html', 'markdown', 'text'] as const;
type Format = (typeof FORMATS)[number];

/** Inputs of which each is shown in part, so that the whole can be read. */
const MANY = 3;

/** `lastkmsg report`: one file for a ticket. @returns the exit code */
export async function report(files: readonly string[], options: ReportOptions): Promise<number> {
  const { output = '-' } = options;
  const format = oneOf(FORMATS, options.format ?? formatOf(output), 'format');
  const failOn = parseKinds(options.failOn, 'fail-on');
  if (options.redactWord?.some((word) => word.trim().length < 2)) throw new UsageError('--redact-word takes a word of two letters or more');
  if (output !== '-' && !options.force && existsSync(output)) throw new UsageError(`${output} is there already: -f writes over it`);
  const filter = eventFilter(options);
  const groups = await groupFiles(files);
  const size = groups.length > MANY ? AMONG_MANY : undefined;
  const parts: ReportPart[] = [];
  const inputs: FleetInput[] = [];
  const unseen: string[] = [];
  let found = false;
  const unreadable = (error: unknown): boolean => {
    inputs.push({ kind: 'unreadable', source: '', reason: inputProblem(error) ?? '' });
    return false;
  };
  const words = [...(options.redactWord ?? []), ...(options.redactWords ?? [])];
  const redacts = options.redact || options.redactWord !== undefined;
  const code = await eachInput(groups, { ...options, unreadable }, async (input) => {
    const facts = new LogFacts();
    const kept = keeper(filter);
    const { part, kinds, records } = await reading(input, options, (read) => partOf(read, size, (batch) => facts.see(batch), kept.keep));
    if (!options.quiet) for (const line of kept.undecided) warn(`${input.name}: ${line}`);
    parts.push(part);
    inputs.push(fleetInput(input, part, facts));
    if (redacts) for (const { text } of records) unseen.push(text);
    found ||= [...kinds].some((kind) => failOn?.has(kind));
  });
  if (parts.length === 0) return code;
  const whole: Report = { version: VERSION, time: timeStyle(options), ...grouped(parts, inputs) };
  await write(output, documentOf(redacts ? redactReport(whole, unseen, words) : whole, format));
  return found ? EXIT.failOn : code;
}

/** Of several inputs what they share; the text of a dump that lies beside it is not told again. */
function grouped(parts: readonly ReportPart[], inputs: readonly FleetInput[]): Pick<Report, 'parts' | 'fleet'> {
  if (parts.length < 2) return { parts };
  const fleet = groupFleet(inputs);
  const copies = new Set(fleet.copies.map(({ source }) => source));
  const own = parts.filter(({ source }) => !copies.has(source));
  return own.length < 2 ? { parts: own } : { parts: own, fleet };
}

const fleetInput = ({ name, form }: LogInput, { info, events, incidents, losses }: ReportPart, facts: LogFacts): FleetInput =>
  summarise(
    {
      source: name,
      form,
      host: nameOf(info.kernel?.nodename) ?? facts.host,
      releases: info.kernel?.release === undefined ? facts.releases : [info.kernel.release],
      records: info.log.records,
      ended: info.crashTime,
      losses,
    },
    events,
    incidents,
  );

/** What the names of files ask for; pdf, docx and the like are refused, not written as something else. */
const EXTENSIONS: ReadonlyMap<string, Format> = new Map(
  Object.entries({
    html: 'html',
    htm: 'html',
    md: 'markdown',
    markdown: 'markdown',
    txt: 'text',
    text: 'text',
  }),
);

/** The format that a file's name asks for. @throws UsageError where it asks for one that there is not */
function formatOf(output: string): Format {
  const extension = /\.([a-z]\w{0,9})$/i.exec(output)?.[1]?.toLowerCase();
  if (extension === undefined) return 'html';
  const format = EXTENSIONS.get(extension);
  if (format === undefined)
    throw new UsageError(`${output}: a report is .html, .md or .txt, not .${extension}; --format html writes HTML whatever the name`);
  return format;
}

/** The document in one of the formats. */
export function documentOf(whole: Report, format: Format): string {
  if (format === 'html') return htmlReport(whole);
  return format === 'markdown' ? markdownReport(whole) : textReport(whole, { width: 80, paint: plain });
}

/** Reads one input: events, incidents, and the records to show with them. */
export async function partOf(
  input: LogInput,
  size?: ExcerptSize,
  see?: (batch: readonly PrintkRecord[]) => void,
  keep?: (event: Event) => boolean,
): Promise<{ part: ReportPart; kinds: ReadonlySet<string>; records: readonly PrintkRecord[] }> {
  const records = new RecordKeeper();
  const batches = watched(input.batches, (batch) => {
    records.see(batch);
    see?.(batch);
  });
  const options = { machine: true, found: (event: Event) => records.found(event), keep };
  const { info, events, notHeld, kinds, incidents, unexplained, machine } = await readIncidents({ ...input, batches }, options);
  const log = excerpt(records.kept, events, incidents, size);
  return {
    part: { source: input.name, info, events, notHeld, incidents, unexplained, log, machine, losses: [...input.losses] },
    kinds,
    records: records.kept.records.map(({ record }) => record),
  };
}

async function write(output: string, text: string): Promise<void> {
  if (output === '-') {
    const out = new StdoutWriter('utf8');
    await out.write(text);
    await out.flush();
    return;
  }
  try {
    writeFileSync(output, text);
  } catch (error) {
    throw new InputError({ file: output, sought: 'to write the report', found: `an error: ${String(error)}` }, { cause: error });
  }
}
