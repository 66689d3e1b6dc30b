import type { Incident } from '../../event/event.ts';
import { prose } from '../../output/report/markdown-escape.ts';
import { printable } from '../../output/text/printable.ts';
import { rangeText } from '../../output/text/records.ts';
import type { Source } from '../data/source.ts';

/** An incident as Markdown for a ticket: verdict, events with their records, what is not proven, what to type next. */
export function incidentMarkdown(source: Source, incident: Incident): string {
  const { id, severity, verdict, events, notProven, nextSteps } = incident;
  const rows = events.flatMap((each) => {
    const event = source.event(each);
    if (event === undefined) return [];
    const time = event.uptime === undefined ? '' : event.uptime.toFixed(6);
    return [`| ${event.id} | ${time} | ${event.kind} | ${prose(event.title)} | ${rangeText(event.records)} |`];
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
