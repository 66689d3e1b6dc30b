import { existsSync, writeFileSync } from 'node:fs';
import { InputError } from '../../dump/source.ts';
import type { Event } from '../../event/event.ts';
import { redactReport } from '../../output/redact/redact-report.ts';
import { excerpt } from '../../output/report/excerpt.ts';
import { htmlReport } from '../../output/report/html/page.ts';
import { RecordKeeper } from '../../output/report/keep-records.ts';
import { markdownReport } from '../../output/report/markdown.ts';
import type { Report, ReportPart } from '../../output/report/report.ts';
import { textReport } from '../../output/report/text.ts';
import { plain } from '../../output/text/theme.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import { watched } from '../../read/inputs/watched.ts';
import { readIncidents } from '../../read/read-incidents.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { eachInput } from '../events/each-input.ts';
import { parseKinds } from '../events/filter.ts';
import { EXIT, UsageError } from '../exit.ts';
import { StdoutWriter } from '../stdout.ts';
import { VERSION } from '../version.ts';
import { type CommonOptions, oneOf, type TimeOptions, timeStyle } from './options.ts';

export interface ReportOptions extends CommonOptions, TimeOptions {
  readonly output?: string | undefined;
  readonly format?: string | undefined;
  readonly redact?: boolean | undefined;
  readonly force?: boolean | undefined;
}

const FORMATS = ['html', 'markdown', 'text'] as const;
type Format = (typeof FORMATS)[number];

/** `lastkmsg report`: one file for a ticket. @returns the exit code */
export async function report(files: readonly string[], options: ReportOptions): Promise<number> {
  const { output = '-' } = options;
  const format = oneOf(FORMATS, options.format ?? formatOf(output), 'format');
  const failOn = parseKinds(options.failOn, 'fail-on');
  if (output !== '-' && !options.force && existsSync(output)) throw new UsageError(`${output} is there already: -f writes over it`);
  const parts: ReportPart[] = [];
  const unseen: string[] = [];
  let found = false;
  const code = await eachInput(files, options, async (input) => {
    const { part, records } = await partOf(input);
    parts.push(part);
    if (options.redact) for (const { text } of records) unseen.push(text);
    found ||= part.events.some(({ kind }) => failOn?.has(kind) ?? false);
  });
  if (parts.length === 0) return code;
  const whole: Report = { version: VERSION, time: timeStyle(options), parts };
  await write(output, documentOf(options.redact ? redactReport(whole, unseen) : whole, format));
  return found ? EXIT.failOn : code;
}

/** The format that a file's name asks for. */
const formatOf = (output: string): Format => (/\.(md|markdown)$/i.test(output) ? 'markdown' : /\.te?xt$/i.test(output) ? 'text' : 'html');

/** The document in one of the formats. */
export function documentOf(whole: Report, format: Format): string {
  if (format === 'html') return htmlReport(whole);
  return format === 'markdown' ? markdownReport(whole) : textReport(whole, { width: 80, paint: plain });
}

/** Reads one input: events, incidents, and the records to show with them. */
export async function partOf(input: LogInput): Promise<{ part: ReportPart; records: readonly PrintkRecord[] }> {
  const keeper = new RecordKeeper();
  const batches = watched(input.batches, (batch) => keeper.see(batch));
  const options = { machine: true, found: (event: Event) => keeper.found(event) };
  const { info, events, incidents, unexplained, machine } = await readIncidents({ ...input, batches }, options);
  const log = excerpt(keeper.kept, events, incidents);
  return {
    part: { source: input.name, info, events, incidents, unexplained, log, machine, losses: [...input.losses] },
    records: keeper.kept.records.map(({ record }) => record),
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
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputError({ file: output, sought: 'to write the report', found: `an error: ${code}` }, { cause: error });
  }
}
