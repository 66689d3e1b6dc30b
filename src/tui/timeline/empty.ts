import { wrap } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { uptimeText } from '../../output/text/uptime.ts';
import type { Source } from '../data/source.ts';
import { type Line, span } from '../line/line.ts';
import { counted } from '../line/numbers.ts';
import { lastUptime } from '../screens/header.ts';

const LEVEL_NAMES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

/** What stands where there is no event to list: why, what was seen, what to do; undefined where there are events. */
export function emptyLines(source: Source, columns: number): Line[] | undefined {
  // while it is read the log is drawn: a report may come at any time
  if (source.events.length > 0 || (source.status === 'reading' && source.records.count > 0 && !source.following)) return undefined;
  const text = said(source);
  return [[], ...text.flatMap(([line, role]) => wrap(printable(line), columns - 4).map((part): Line => ['  ', span(part, role)]))];
}

function said(source: Source): (readonly [string, ('title' | 'fatal' | 'guess')?])[] {
  const { status, failure, records, info, losses } = source;
  if (status === 'failed') return [[failure ?? 'it cannot be read', 'fatal'], ['[q] leaves']];
  const warnings = [
    ...(info?.container.incomplete ? [`Dump is incomplete: ${info.container.incomplete}`] : []),
    ...(info?.warnings ?? []),
    ...losses,
  ];
  if (records.count === 0) {
    if (status === 'reading') return [['Reading…', 'guess']];
    return [['No records: nothing that could be read as a kernel log.', 'fatal'], ...[...new Set(warnings)].map((line) => [line] as const)];
  }
  const last = lastUptime(source);
  const span_ = last === undefined ? '' : ` (T+0–${uptimeText(last)})`;
  return [
    [`No oops, OOM, lockup or hardware report in ${counted(records.records, 'record')}${span_}.`, 'title'],
    [`${highest(source)}[l] log`],
    ...[...new Set(warnings)].map((line) => [line] as const),
    [''],
    ['What to look at next:', 'guess'],
    ['[l] the log: there e and w go to errors and warnings, / searches, f filters'],
    ...(source.machine ? [['[i] the machine by its memory: tasks, CPUs, locks'] as const] : []),
    ['[e] a report to keep · [?] every key · [q] leaves'],
  ];
}

/** The worst level that any record has, and the first record that has it. */
function highest({ records }: Source): string {
  let worst = 8;
  let seq = 0;
  for (let row = 0; row < records.count && worst > 0; row++) {
    const level = records.level(row) ?? 8;
    if (level < worst) [worst, seq] = [level, records.seq(row)];
  }
  return worst === 8 ? '' : `Highest level seen: ${LEVEL_NAMES[worst]} (record ${seq}). `;
}
