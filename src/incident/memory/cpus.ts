import type { Event, MachineFacts, VerdictClause } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import { cpusOf } from '../facts.ts';
import { nameOf, stackText } from './name.ts';

type Cpu = MachineFacts['cpus'][number];

/** CPUs that a sentence names. */
const NAMED = 4;

/**
 * What each CPU did when the dump was taken, those first that the log calls stuck: of a stall that ended the log, or one whose CPU still
 * stands where the log saw it.
 */
export function cpuClauses(events: readonly Event[], terminal: Event, machine: MachineFacts | undefined): VerdictClause[] {
  const stalls = events.filter(({ kind }) => isKindOf(kind, 'stuck'));
  const stuck = new Set(stalls.flatMap((event) => [...cpusOf(event).keys()]));
  const all = machine?.cpus ?? [];
  const lasts = terminal.severity === 'fatal' || all.some((row) => stuck.has(row.cpu) && stalls.some((event) => standsThere(row, event)));
  if (stalls.length === 0 || !lasts) return [];
  const busy = all
    .filter(({ idle, in: functions }) => !idle && functions.length > 0)
    .sort((a, b) => Number(stuck.has(b.cpu)) - Number(stuck.has(a.cpu)) || a.cpu - b.cpu);
  if (busy.length === 0) return [];
  const rest = [
    ...(busy.length > NAMED ? [`${busy.length - NAMED} more run other tasks`] : []),
    ...idleText(all.filter(({ idle }) => idle).length, all.length),
  ];
  return [{ text: `in the dump ${[...busy.slice(0, NAMED).map(cpuText), ...rest].join(', ')}`, evidence: [], memory: true }];
}

const standsThere = ({ in: functions }: Cpu, { culprit, at }: Event): boolean =>
  [culprit?.symbol, at?.symbol].some((symbol) => symbol !== undefined && functions.includes(symbol));

const cpuText = ({ cpu, in: functions, ...task }: Cpu): string =>
  `CPU ${cpu}${task.pid === undefined && task.comm === undefined ? '' : ` (${nameOf(task)})`} is in ${stackText(functions)}`;

const idleText = (idle: number, all: number): string[] => (idle === 0 ? [] : [`${idle} of ${all} CPUs ${idle === 1 ? 'is' : 'are'} idle`]);
