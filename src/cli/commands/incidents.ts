import type { IncidentReport } from '../../event/event.ts';
import { incidentReport, incidentReportToJson } from '../../output/json/incident-json.ts';
import { eachInput } from '../events/each-input.ts';
import { parseKinds } from '../events/filter.ts';
import { EXIT } from '../exit.ts';
import { CrashScript } from '../incidents/crash-script.ts';
import { readIncidents } from '../incidents/read-incidents.ts';
import { Utf8Writer } from '../utf8-writer.ts';
import { oneOf } from './options.ts';
import { type SummaryOptions, summary } from './summary.ts';

export interface IncidentsOptions extends SummaryOptions {
  readonly format?: string | undefined;
}

/** `lastkmsg incidents`: events correlated. One object for one input, an array for several. @returns the exit code */
export async function incidents(files: readonly string[], options: IncidentsOptions): Promise<number> {
  const format = oneOf(['json', 'text'], options.format ?? (process.stdout.isTTY ? 'text' : 'json'), 'format');
  if (format === 'text') return summary(files, options);
  const failOn = parseKinds(options.failOn, 'fail-on');
  const script = new CrashScript(options.crashScript);
  const reports: IncidentReport[] = [];
  let found = false;
  const code = await eachInput(files, options, async (input) => {
    const read = await readIncidents(input);
    found ||= read.events.some(({ kind }) => failOn?.has(kind) ?? false);
    script.add(input.name, read.incidents);
    reports.push(incidentReport(input, read.info, read));
  });
  script.write();
  const out = new Utf8Writer();
  if (reports.length === 1 && reports[0]) await out.write(`${incidentReportToJson(reports[0])}\n`);
  else if (reports.length > 1) await out.write(`[\n${reports.map(incidentReportToJson).join(',\n')}\n]\n`);
  await out.flush();
  return found ? EXIT.failOn : code;
}
