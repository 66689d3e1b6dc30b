import type { Event } from '../../event/event.ts';
import { SEVERITIES } from '../../event/kinds.ts';
import { oomSections } from '../oom/index.ts';
import { wrap } from './cells.ts';
import { eventTable, type TextOptions } from './event-table.ts';
import { sectionLines } from './event-text.ts';
import { printable } from './printable.ts';

/** One input's part of `lastkmsg FILE`: a line that says what it is and what was found, then the table. Ends with a newline. */
export function eventSummary(
  input: { readonly name: string; readonly form: string },
  events: readonly Event[],
  options: TextOptions,
): string {
  const { paint, width } = options;
  const releases = [...new Set(events.map((e) => e.kernel?.release).filter((r) => r !== undefined))];
  const boots = new Set(events.map((e) => e.boot)).size;
  const facts = [
    input.form,
    releases.length ? `kernel ${releases.join(', ')}` : undefined,
    boots > 1 ? `events in ${boots} boots` : undefined,
  ]
    .filter(Boolean)
    .join(', ');
  const head = wrap(printable(`${input.name}: ${counts(events)} (${facts})`), width).map((line) => paint('title', line));
  return events.length === 0 ? `${head.join('\n')}\n` : `${head.join('\n')}\n\n${eventTable(events, options)}${explained(events, options)}`;
}

/** How many shortages of memory are explained below the table; a storm of kills is told by its last one. */
const EXPLAINED = 1;

/** Why memory ran out, with the tables of the last event that holds them. */
function explained(events: readonly Event[], options: TextOptions): string {
  return events
    .filter((event) => oomSections(event, options).length > 0)
    .slice(-EXPLAINED)
    .map((event) => {
      const title = wrap(printable(`${event.id} ${event.title}: ${event.oom?.cause?.verdict ?? ''}`), options.width).map((line) =>
        options.paint('title', line),
      );
      return `\n${[...title, ...sectionLines(oomSections(event, options), options)].map((line) => line.trimEnd()).join('\n')}\n`;
    })
    .join('');
}

/** `3 events: 1 fatal, 2 warning`. */
function counts(events: readonly Event[]): string {
  if (events.length === 0) return 'nothing that kills or warns';
  const each = SEVERITIES.map((severity) => [severity, events.filter((e) => e.severity === severity).length] as const).filter(
    ([, n]) => n > 0,
  );
  return `${events.length} ${events.length === 1 ? 'event' : 'events'}: ${each.map(([severity, n]) => `${n} ${severity}`).join(', ')}`;
}
