import type { Event } from '../../event/event.ts';
import { printable } from '../../output/text/printable.ts';
import { uptimeText } from '../../output/text/uptime.ts';
import { decodeText } from '../../record/decode-text.ts';
import type { GrowingReport } from '../../report/report.ts';
import type { Source } from '../data/source.ts';
import { between, cutMiddle, type Line, span } from '../line/line.ts';
import { afterBoot, count } from '../line/numbers.ts';
import { MEDIUM } from './layout.ts';
import type { View } from './screen.ts';

/** The host of a log, where it says one. */
export function hostOf({ info }: Source): string | undefined {
  const name = info?.kernel?.nodename;
  return name === undefined || name === '(none)' ? undefined : printable(name);
}

/** The kernel release: of the dump, else of the event that is looked at (a log may hold boots of many), else of the first that names one. */
const releaseOf = ({ info, events }: Source, event?: Event): string | undefined =>
  info?.kernel?.release ?? event?.kernel?.release ?? events.find(({ kernel }) => kernel?.release !== undefined)?.kernel?.release;

/** Seconds since boot of the last record. */
export function lastUptime({ records }: Source): number | undefined {
  for (let row = records.count - 1; row >= Math.max(0, records.count - 1000); row--) {
    const time = records.time(row);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** Records that are known to be missing from the log's beginning or within. */
function lostText({ info }: Source): string | undefined {
  const log = info?.log;
  if (log?.overwritten) return `OLDEST ${count(log.overwritten)} RECORDS LOST`;
  const lost = (log?.lost ?? []).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (lost > 0) return `${count(lost)} RECORDS LOST`;
  return log?.dropped ? `${count(log.dropped)} MESSAGES DROPPED` : undefined;
}

/** Name, machine, kernel, when it ended: the first line of the first screen. */
export function titleLine(source: Source, { size: { columns } }: View, event?: Event): Line {
  const { info } = source;
  const last = lastUptime(source);
  const release = releaseOf(source, event);
  const verb = info?.machine && source.worst?.severity === 'fatal' ? 'crashed' : 'ends';
  const end = last === undefined ? '' : columns >= MEDIUM ? `${verb} ${afterBoot(last)} ` : `${verb} +${uptimeText(last)} `;
  const rest = [
    hostOf(source),
    release && printable(release),
    info?.machine?.architecture,
    info?.machine?.cpus === undefined ? undefined : `${info.machine.cpus} CPU`,
  ].filter((part) => part !== undefined);
  const room = columns - 14 - end.length - rest.join('  ').length;
  const name = cutMiddle(printable(source.name), Math.max(16, room));
  return between([' ', span('lastkmsg', 'title'), `  ${name}  `, rest.join('  ')], [end], columns);
}

/** Container, log and what is lost; while it is read, how far. */
export function containerLine(source: Source, { size: { columns } }: View): Line {
  const { info, records, status, growing } = source;
  if (status === 'failed') return [];
  const lost = lostText(source);
  const read = `${count(records.records)} record${records.records === 1 ? '' : 's'}`;
  const what =
    info === undefined
      ? []
      : info.container.format === 'text'
        ? [`${info.log.form ?? 'text'} log`]
        : [
            [info.container.format, info.container.compression].filter((part) => part && part !== 'none').join(', '),
            generation(info.log.generation),
          ];
  // a note is what one expects; that it had to be searched for is worth a word
  const searched = info?.vmcoreinfo?.physicalAddress && `VMCOREINFO found at ${printable(info.vmcoreinfo.physicalAddress)}`;
  const parts = [...what.filter(Boolean), read, ...(searched ? [searched] : [])];
  const state =
    growing !== undefined
      ? span(growingText(growing, columns - 4 - parts.join(' · ').length), 'guess')
      : status === 'reading' && !source.following
        ? span(`reading… ${count(source.events.length)} events so far`, 'guess')
        : span(source.following ? 'follow ●' : '', 'dim');
  const broken = info?.container.incomplete ? [span('INCOMPLETE DUMP', 'fatal'), ' · '] : [];
  // what is missing is not cut where there is little room
  return between([' ', ...(lost ? [span(lost, 'degraded'), ' · '] : []), ...broken, parts.join(' · ')], [state, ' '], columns);
}

/** A report that is being printed, as far as it has come: no event yet. */
function growingText({ head, lines }: GrowingReport, room: number): string {
  const said = `open: ${lines} line${lines === 1 ? '' : 's'} of `;
  return said + cutMiddle(printable(decodeText(head)), Math.max(12, room - said.length));
}

const generation = (name: string | undefined): string =>
  name === 'lockless' ? 'printk ring (lockless)' : name === 'records' ? 'printk buffer (records)' : name === 'flat' ? 'character log' : '';

/** The breadcrumb of the screens below the first. */
export function breadcrumb(parts: readonly (string | ReturnType<typeof span>)[], right: string, columns: number): Line {
  return between([' ◂ ', ...parts.flatMap((part, i) => (i === 0 ? [part] : ['  ', part]))], [right, ' '], columns);
}
