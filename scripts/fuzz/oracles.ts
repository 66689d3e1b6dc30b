import { InputError } from '../../src/dump/source.ts';
import type { Event } from '../../src/event/event.ts';
import { incidentReport } from '../../src/output/json/incident-json.ts';
import { htmlReport } from '../../src/output/report/html/page.ts';
import { markdownReport } from '../../src/output/report/markdown.ts';
import type { Report } from '../../src/output/report/report.ts';
import { textReport } from '../../src/output/report/text.ts';
import { incidentSummary } from '../../src/output/text/incident-summary.ts';
import { plain } from '../../src/output/text/theme.ts';
import type { LogInput } from '../../src/read/inputs/input.ts';
import { asLogInput, type Opened, openBytes } from '../../src/read/inputs/open.ts';
import { readIncidents } from '../../src/read/read-incidents.ts';
import { schemaErrors } from '../../test/support/validate-event.ts';
import { INHERITED } from './object-names.ts';
import type { Random } from './random.ts';

/** What no terminal and no page may get: controls but line ends. */
export const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

type Forms = readonly (readonly [name: string, write: (report: Report) => string])[];
/** Documents that hold what a log says. */
export const FORMS: Forms = [
  ['html', htmlReport],
  ['markdown', markdownReport],
  ['text', (report) => textReport(report, { width: 80, paint: plain })],
];

/** Reads an input whole, as every command does, and says what is wrong with the answer, in one form of document; undefined where all is well. */
export const look = (name: string, bytes: Buffer, random: Random): Promise<string | undefined> =>
  opening(name, bytes, async (input) =>
    ofAnswers(input, await readIncidents(input, { excerpts: true, machine: true }), [random.one(FORMS)]),
  );

/** Opens what may be no log at all: that is an answer too, if it is one line. */
export async function opening(
  name: string,
  bytes: Buffer,
  judge: (input: LogInput) => Promise<string | undefined>,
): Promise<string | undefined> {
  let opened: Opened;
  try {
    opened = await openBytes(name, bytes);
  } catch (error) {
    if (error instanceof InputError) return CONTROL.test(error.message) ? `an error holds a control: ${error.message}` : undefined;
    throw error;
  }
  try {
    return await judge(asLogInput(opened));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  } finally {
    await opened.close();
  }
}

/** What is wrong with all that is said of an input that was read. */
export const ofAnswers = (input: LogInput, found: Found, forms: Forms): string | undefined =>
  ofEvents(found.events) ?? ofIncidents(input.name, found) ?? ofTexts(input.name, found, [...input.losses], forms);

type Found = Awaited<ReturnType<typeof readIncidents>>;

function ofEvents(events: readonly Event[]): string | undefined {
  for (const event of events) {
    const [wrong] = schemaErrors(event);
    if (wrong !== undefined) return `${event.id} against the schema: ${wrong}`;
    const [inherited] = INHERITED.exec(JSON.stringify(event)) ?? [];
    if (inherited !== undefined) return `${event.id} says ${inherited}`;
    for (const [path, records] of Object.entries(event.sources ?? {}))
      if (records.some((record) => !Number.isSafeInteger(record))) return `${event.id}: sources of ${path} are no records`;
  }
  return undefined;
}

function ofIncidents(name: string, { info, incidents, unexplained, machine }: Found): string | undefined {
  const [wrong] = schemaErrors(incidentReport({ name }, info, { incidents, unexplained, machine }), 'IncidentReport');
  return wrong === undefined ? undefined : `incidents against the schema: ${wrong}`;
}

function ofTexts(source: string, found: Found, losses: readonly string[], forms: Forms): string | undefined {
  const text = incidentSummary({ source, ...found }, { width: 80, paint: plain, time: { zone: 'utc' } });
  if (CONTROL.test(text)) return `the summary holds ${JSON.stringify(CONTROL.exec(text)?.[0])}`;
  const report: Report = { version: '0', time: { zone: 'utc' }, parts: [{ source, ...found, log: { total: 0, items: [] }, losses }] };
  for (const [name, write] of forms) {
    const document = write(report);
    const [held] = CONTROL.exec(document) ?? INHERITED.exec(document) ?? [];
    if (held !== undefined) return `the ${name} report holds ${JSON.stringify(held)}`;
  }
  return undefined;
}
