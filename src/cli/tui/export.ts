import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Fleet } from '../../fleet/fleet.ts';
import { fleetToJson } from '../../output/fleet/fleet-json.ts';
import { fleetText } from '../../output/fleet/fleet-text.ts';
import { incidentReport, incidentReportToJson } from '../../output/json/incident-json.ts';
import { excerpt } from '../../output/report/excerpt.ts';
import { plain } from '../../output/text/theme.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { Source } from '../../tui/data/source.ts';
import type { ExportFormat } from '../../tui/state/state.ts';
import { fleetMarkdown } from '../../tui/yank.ts';
import { documentOf } from '../commands/report.ts';

declare const __VERSION__: string;

const ENDINGS: Readonly<Record<ExportFormat, string>> = { text: 'txt', markdown: 'md', html: 'html', json: 'json' };

/** Writes what the dashboard knows of an input beside where it was started; never over a file that is there. @returns its name */
export async function exportTo(source: Source, format: ExportFormat): Promise<string> {
  if (source.info === undefined) throw new Error('not read yet: export when the log is read to its end');
  const { info, incidents, events } = source;
  const machine = source.machine?.facts;
  const unexplained = [...source.unexplained];
  const text =
    format === 'json'
      ? `${incidentReportToJson(incidentReport({ name: source.name }, info, { incidents: [...incidents], unexplained, machine }))}\n`
      : documentOf(
          {
            version: typeof __VERSION__ === 'string' ? __VERSION__ : 'from source',
            time: { zone: 'local' },
            parts: [
              {
                source: source.name,
                info,
                events,
                notHeld: 0,
                incidents,
                unexplained,
                machine,
                log: excerpt(keptRecords(source), events, incidents),
                losses: source.losses,
              },
            ],
          },
          format,
        );
  return writeNew(`lastkmsg-${basename(source.name).replace(/[^\w.-]+/g, '_') || 'log'}`, ENDINGS[format], text);
}

/** What many inputs have in common; a page has no place for them yet. */
export async function exportFleet(fleet: Fleet, format: ExportFormat): Promise<string> {
  if (format === 'html') throw new Error('many inputs are exported as text, Markdown or JSON');
  const documents = {
    text: () => fleetText(fleet, { width: 80, paint: plain, time: { zone: 'utc' } }),
    markdown: () => fleetMarkdown(fleet),
    json: () => `${fleetToJson(fleet)}\n`,
  };
  return writeNew('lastkmsg-fleet', ENDINGS[format], documents[format]());
}

/** The lines of the dashboard's log as records again. */
function keptRecords({ records }: Source) {
  const kept: { index: number; record: PrintkRecord }[] = [];
  for (let row = 0; row < records.count; row++) {
    let text = records.text(row);
    const first = row;
    while (row + 1 < records.count && !records.startsRecord(row + 1)) text += `\n${records.text(++row)}`;
    const time = records.time(first);
    const record = {
      seq: records.seq(first),
      text,
      level: records.level(first),
      usec: time === undefined ? undefined : Math.round(time * 1e6),
      callerId: records.caller(first) || undefined,
    };
    kept.push({ index: kept.length, record });
  }
  return { records: kept, total: kept.length };
}

function writeNew(name: string, ending: string, text: string): string {
  for (let n = 0; n < 1000; n++) {
    const path = `${name}${n === 0 ? '' : `-${n}`}.${ending}`;
    try {
      writeFileSync(path, text, { flag: 'wx' });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`${name}.${ending} and its numbered followers are there already`);
}
