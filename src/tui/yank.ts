/** What `Y` copies: Markdown for a ticket. */
import type { Event, Incident } from '../event/event.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { block, prose } from '../output/report/markdown-escape.ts';
import { eventText } from '../output/text/event-text.ts';
import { printable } from '../output/text/printable.ts';
import { eventRange } from '../output/text/records.ts';
import { plain } from '../output/text/theme.ts';
import type { Source } from './data/source.ts';

/** One event as Markdown: its full text as a block of code. */
export const eventMarkdown = (event: Event): string => `${block(eventText(event, { width: 100, paint: plain }).trimEnd())}\n`;

/** An incident as Markdown for a ticket: verdict, events with their records, what is not proven, what to type next. */
export function incidentMarkdown(source: Source, incident: Incident): string {
  const { id, severity, verdict, events, notProven, nextSteps } = incident;
  const rows = events.flatMap((each) => {
    const event = source.event(each);
    if (event === undefined) return [];
    const time = event.uptime === undefined ? '' : event.uptime.toFixed(6);
    return [`| ${event.id} | ${time} | ${event.kind} | ${prose(event.title)} | ${eventRange(event.records)} |`];
  });
  return [
    `## ${id} (${severity}): ${prose(verdict)}`,
    '',
    prose(source.name),
    '',
    '| event | seconds since boot | kind | title | records |',
    '|---|---|---|---|---|',
    ...rows,
    ...(notProven.length > 0 ? ['', 'Not proven:', '', ...notProven.map((text) => `- ${prose(text)}`)] : []),
    ...(nextSteps.length > 0
      ? ['', 'Next steps:', '', '```', ...nextSteps.map(({ tool, command }) => `${tool}: ${printable(command)}`), '```']
      : []),
    '',
  ].join('\n');
}

/** The table of signatures as Markdown. */
export const fleetMarkdown = ({ groups, read, unreadable }: Fleet): string =>
  [
    `${read} inputs read, ${unreadable.length} unreadable`,
    '',
    '| inputs | hosts | kind | signature | first | last | kernels |',
    '|--:|--:|---|---|---|---|---|',
    ...groups.map(
      ({ inputs, hosts, kind, title, first, last, kernels }) =>
        `| ${inputs} | ${hosts.length} | ${kind} | ${prose(title)} | ${first?.time ?? ''} | ${last?.time ?? ''} | ${prose(kernels.map(({ name }) => name).join(' '))} |`,
    ),
    '',
  ].join('\n');
