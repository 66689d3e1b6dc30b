import { InputError } from '../../src/dump/source.ts';
import type { Event } from '../../src/event/event.ts';
import { incidentReport } from '../../src/output/json/incident-json.ts';
import { htmlReport } from '../../src/output/report/html/page.ts';
import { incidentSummary } from '../../src/output/text/incident-summary.ts';
import { plain } from '../../src/output/text/theme.ts';
import { asLogInput, openBytes } from '../../src/read/inputs/open.ts';
import { readIncidents } from '../../src/read/read-incidents.ts';
import { schemaErrors } from '../../test/support/validate-event.ts';

/** What no terminal and no page may get: controls but line ends. */
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

/** Reads an input whole, as every command does, and says what is wrong with the answer; undefined where all is well. */
export async function look(name: string, bytes: Buffer): Promise<string | undefined> {
  let opened: Awaited<ReturnType<typeof openBytes>>;
  try {
    opened = await openBytes(name, bytes);
  } catch (error) {
    if (error instanceof InputError) return CONTROL.test(error.message.replaceAll('\n', '')) ? undefined : oneLine(error.message);
    throw error;
  }
  try {
    const input = asLogInput(opened);
    const found = await readIncidents(input, { excerpts: true, machine: true });
    return ofEvents(found.events) ?? ofIncidents(input.name, found) ?? ofTexts(input.name, found, [...input.losses]);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  } finally {
    await opened.close();
  }
}

type Found = Awaited<ReturnType<typeof readIncidents>>;

const oneLine = (message: string): string | undefined => (message.includes('\n') ? `an error of two lines: ${message}` : undefined);

function ofEvents(events: readonly Event[]): string | undefined {
  for (const event of events) {
    const [wrong] = schemaErrors(event);
    if (wrong !== undefined) return `${event.id} against the schema: ${wrong}`;
    for (const [path, records] of Object.entries(event.sources ?? {}))
      if (records.some((record) => !Number.isSafeInteger(record))) return `${event.id}: sources of ${path} are no records`;
  }
  return undefined;
}

function ofIncidents(name: string, { info, incidents, unexplained, machine }: Found): string | undefined {
  const [wrong] = schemaErrors(incidentReport({ name }, info, { incidents, unexplained, machine }), 'IncidentReport');
  return wrong === undefined ? undefined : `incidents against the schema: ${wrong}`;
}

function ofTexts(source: string, found: Found, losses: readonly string[]): string | undefined {
  const text = incidentSummary({ source, ...found }, { width: 80, paint: plain, time: { zone: 'utc' } });
  if (CONTROL.test(text)) return `the summary holds ${JSON.stringify(CONTROL.exec(text)?.[0])}`;
  const html = htmlReport({ version: '0', time: { zone: 'utc' }, parts: [{ source, ...found, log: { total: 0, items: [] }, losses }] });
  return CONTROL.test(html) ? `the report holds ${JSON.stringify(CONTROL.exec(html)?.[0])}` : undefined;
}
