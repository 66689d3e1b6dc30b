import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { incidentReport, incidentReportToJson } from '../../output/json/incident-json.ts';
import { excerpt } from '../../output/report/excerpt.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { Source } from '../../tui/data/source.ts';
import type { ExportFormat } from '../../tui/state/state.ts';
import { documentOf } from '../commands/report.ts';

declare const __VERSION__: string;

const ENDINGS: Readonly<Record<ExportFormat, string>> = { text: 'txt', markdown: 'md', html: 'html', json: 'json' };

/** Writes what the dashboard knows of an input beside where it was started; never over a file that is there. @returns its name */
export async function exportTo(source: Source, format: ExportFormat): Promise<string> {
  if (source.info === undefined) throw new Error('not read yet: export when the log is read to its end');
  const { info, incidents, events } = source;
  const unexplained = [...source.unexplained];
  const text =
    format === 'json'
      ? `${incidentReportToJson(incidentReport({ name: source.name }, info, { incidents: [...incidents], unexplained }))}\n`
      : documentOf(
          {
            version: typeof __VERSION__ === 'string' ? __VERSION__ : 'from source',
            time: { zone: 'local' },
            parts: [
              {
                source: source.name,
                info,
                events,
                incidents,
                unexplained,
                log: excerpt(keptRecords(source), events, incidents),
                losses: source.losses,
              },
            ],
          },
          format,
        );
  return writeNew(`lastkmsg-${basename(source.name).replace(/[^\w.-]+/g, '_') || 'log'}`, ENDINGS[format], text);
}

/** The lines of the dashboard's log as records again. */
function keptRecords({ records }: Source) {
  const kept: { index: number; record: PrintkRecord }[] = [];
  for (let row = 0; row < records.count; row++) {
    const time = records.time(row);
    const record = {
      seq: records.seq(row),
      text: records.text(row),
      level: records.level(row),
      usec: time === undefined ? undefined : Math.round(time * 1e6),
      callerId: records.caller(row) || undefined,
    };
    kept.push({ index: row, record });
  }
  return { records: kept, total: records.count };
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
