import { fsyncSync, writeFileSync } from 'node:fs';
import { incidentReport, incidentReportToJson } from '../../output/json/incident-json.ts';
import type { ReportPart } from '../../output/report/report.ts';
import { printable } from '../../output/text/printable.ts';
import { asLogInput, open } from '../../read/inputs/open.ts';
import { openPipe } from '../../read/inputs/pipe.ts';
import { documentOf, partOf } from '../commands/report.ts';
import { EXIT } from '../exit.ts';
import { VERSION } from '../version.ts';
import { FD } from './descriptors.ts';

/**
 * `lastkmsg hook read NAME`: what the hook starts as nobody, with the dump as its standard input and files that are open already. It opens
 * nothing by name. The first line of its output says what happened, for the journal.
 * @throws InputError where it can be read neither as a dump nor as a log
 */
export async function hookRead(name: string): Promise<number> {
  const opened = await open([{ name, pipe: await openPipe('-', false) }]);
  try {
    const input = asLogInput(opened);
    const { part } = await partOf(input);
    const whole = { version: VERSION, time: { zone: 'utc' as const }, parts: [part] };
    // the least that one wants comes first: whatever stops us after that
    process.stdout.write(`${inALine(part)}\n`);
    put(FD.text, documentOf(whole, 'text'));
    put(
      FD.json,
      `${incidentReportToJson(incidentReport(input, part.info, { ...part, incidents: [...part.incidents], unexplained: [...part.unexplained] }))}\n`,
    );
    put(FD.html, documentOf(whole, 'html'));
    return part.losses.length > 0 ? EXIT.loss : EXIT.ok;
  } finally {
    await opened.close();
  }
}

function put(fd: number, text: string): void {
  writeFileSync(fd, text);
  fsyncSync(fd);
}

/** What the journal is told: the first verdict, or that there is none. */
function inALine({ incidents, losses }: ReportPart): string {
  const [first] = incidents;
  const lost = losses.length > 0 ? ' (read with loss)' : '';
  return `${first === undefined ? 'no incident was found' : printable(first.headline)}${lost}`;
}
