import type { Event, Incident, RawRecord, Wall } from '../../event/event.ts';
import { secondsText } from '../../incident/verdict/words.ts';
import { cut, wrap } from './cells.ts';
import type { TextOptions } from './event-table.ts';
import { printable } from './printable.ts';
import { eventRange } from './records.ts';
import { type TimeStyle, wallText } from './wall-time.ts';
import { SEVERITY_WORDS } from './words.ts';

export interface IncidentTextOptions extends TextOptions {
  readonly time: TimeStyle;
}

/** Open questions shown of one incident; JSON has all. */
const QUESTIONS = 4;
/** Steps shown of one incident. */
const STEPS = 10;

/** Id, severity, when and how long; then the verdict; then what is not proven. */
export function verdictLines(incident: Incident, events: ReadonlyMap<string, Event>, options: IncidentTextOptions): string[] {
  const { width, paint } = options;
  const indent = '    ';
  const lines = (text: string, first: string): string[] =>
    wrap(printable(text), width - first.length).map((line, i) => `${i === 0 ? first : ' '.repeat(first.length)}${line}`);
  const head = [incident.id, SEVERITY_WORDS[incident.severity], ...when(incident, events, options.time)];
  const rest = incident.notProven.length - QUESTIONS;
  return [
    ...wrap(printable(head.join('  ')), width).map((line) => paint(incident.severity, line)),
    ...lines(incident.verdict, indent).map((line) => paint('title', line)),
    ...incident.notProven.slice(0, QUESTIONS).flatMap((text) => lines(text, `${indent}not proven: `).map((line) => paint('guess', line))),
    ...(rest > 0 ? [`${indent}and ${rest} more open questions (lastkmsg incidents)`] : []),
  ];
}

function when({ first, terminal, events: ids }: Incident, events: ReadonlyMap<string, Event>, time: TimeStyle): string[] {
  const [from, to] = [events.get(first), events.get(ids.at(-1) ?? terminal)];
  const last = to?.details?.lastUptime;
  const end = typeof last === 'number' ? last : to?.uptime;
  const seconds = from?.uptime !== undefined && end !== undefined ? end - from.uptime : secondsBetween(from?.wall, to?.wall);
  const lasted = seconds > 0 ? `for ${secondsText(seconds)}` : undefined;
  return [
    from?.uptime === undefined ? undefined : `${from.uptime.toFixed(6)} s after boot`,
    lasted,
    (from?.boot ?? 0) > 0 ? `boot ${from?.boot}` : undefined,
    from?.wall === undefined ? undefined : wallText(from.wall, time),
  ].filter((part) => part !== undefined);
}

/** By times of the day of one writer, which are off by the same; not a number where there are none. */
const secondsBetween = (from: Wall | undefined, to: Wall | undefined): number =>
  from !== undefined && from.source === to?.source ? (Date.parse(to.time) - Date.parse(from.time)) / 1000 : Number.NaN;

/** The lines of the log that decide, cut to the width. */
export function excerptLines(event: Event, records: readonly RawRecord[], { width, paint }: TextOptions): string[] {
  if (records.length === 0) return [];
  return [
    paint('label', printable(`${event.id} in the log (records ${eventRange(event.records)}, in part)`)),
    ...records.map(({ time, text }) => {
      const stamp = time === undefined ? '' : `[${time.toFixed(6).padStart(12)}] `;
      return `  ${cut(`${stamp}${printable(text.split('\n')[0] ?? '')}`, width - 2)}`;
    }),
  ];
}

/** Commands as they are typed, each under its reason. Commands are never cut or wrapped: they are to be copied. */
export function stepLines({ id, nextSteps }: Incident, { width, paint }: TextOptions): string[] {
  if (nextSteps.length === 0) return [];
  const rest = nextSteps.length - STEPS;
  const prompts = { crash: 'crash> ', drgn: '>>> ', gdb: '(gdb) ', shell: '$ ' } as const;
  return [
    paint('label', printable(`Next steps for ${id}`)),
    ...nextSteps.slice(0, STEPS).flatMap(({ tool, command, why }) => {
      const typed = `  ${prompts[tool]}${printable(command)}`;
      const room = width - 40;
      if (typed.length < 38 && why.length <= room) return [`${typed.padEnd(40)}${paint('muted', printable(why))}`];
      return [...wrap(printable(why), width - 4).map((line) => `  ${paint('muted', `# ${line}`)}`), typed];
    }),
    ...(rest > 0 ? [`  and ${rest} more (lastkmsg incidents --format json)`] : []),
  ];
}
