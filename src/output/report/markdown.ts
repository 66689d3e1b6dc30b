import type { Event, Incident, NextStep } from '../../event/event.ts';
import { allClearSentence } from '../text/all-clear.ts';
import { eventText } from '../text/event-text.ts';
import { machineLines } from '../text/machine-lines.ts';
import { eventRange, recordsList } from '../text/records.ts';
import { plain } from '../text/theme.ts';
import type { TimeStyle } from '../text/wall-time.ts';
import { timeText } from '../text/words.ts';
import { worstFirst } from '../worst-first.ts';
import { block, code, prose } from './markdown-escape.ts';
import type { Report } from './report.ts';
import { counted, shown } from './shown.ts';
import { proofOf, recordLines, replacedLines } from './text.ts';
import { aboutRows, countsText, gapText, nowText, type PartView, sourceWords, spanText, viewsOf } from './view.ts';

/** The report as Markdown for a ticket: text of the log stands in code, so that no forge makes links, mentions or markup of it. */
export function markdownReport(report: Report): string {
  const views = viewsOf(report);
  const parts = views.map(partText);
  const replaced = report.replaced
    ? `## What was replaced\n\n${replacedLines(report.replaced)
        .map((l) => `- ${prose(l)}`)
        .join('\n')}\n\n`
    : '';
  const made = `Made by lastkmsg ${prose(shown(report.version))}, from ${sourceWords(views)}. ${nowText(report)}`.trimEnd();
  return `# Kernel report\n\n${contents(views)}${parts.join('')}${replaced}${made}\n`;
}

/** Of several inputs, what is in each. */
const contents = (views: readonly PartView[]): string =>
  views.length < 2
    ? ''
    : `${views.map(({ part, number }) => `${number}. ${code(shown(part.source))}: ${countsText(part)}`).join('\n')}\n\n`;

function partText(view: PartView): string {
  const { part } = view;
  const rows = aboutRows(view);
  const rest = part.events.length - view.full.size;
  return [
    `## ${code(shown(part.source))}`,
    countsText(part),
    rows.map(([label, value]) => `- ${label}: ${code(shown(value))}`).join('\n'),
    '### Verdict',
    ...verdictText(view),
    ...(part.machine ? ['### Memory', block(machineLines(part.machine).join('\n'))] : []),
    '### Timeline',
    table(part.events, view.time),
    '### Events',
    ...(rest > 0 ? [`${counted(rest, 'event')} only in the timeline: \`lastkmsg events\` prints them in full.`] : []),
    ...part.events
      .filter((e) => view.full.has(e.id))
      .map(
        (e) => `#### ${code(shown(e.id))} ${code(shown(e.title))}\n\n${block(eventText(e, { width: 100, paint: plain, time: view.time }))}`,
      ),
    '### Log',
    ...part.log.items.map((item) =>
      item.kind === 'gap' ? `⋯ ${gapText(item.count)}` : block(item.records.flatMap(recordLines).join('\n')),
    ),
    '',
  ].join('\n\n');
}

function verdictText(view: PartView): string[] {
  const { incidents, events, unexplained } = view.part;
  if (incidents.length === 0) return [events.length === 0 ? allClearSentence(view.part.info) : 'No incident.'];
  return [
    ...worstFirst(incidents).flatMap((incident) => incidentText(view, incident)),
    ...(unexplained.length > 0 ? [`In no incident: ${prose(shown(unexplained.join(', ')))}`] : []),
  ];
}

function incidentText(view: PartView, incident: Incident): string[] {
  const { clauses, edges, notProven, nextSteps } = incident;
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [`${title}:`, lines.map((l) => `- ${l}`).join('\n')] : [];
  const span = spanText(incident, view);
  return [
    `**${prose(shown(incident.id))}, ${incident.severity}**${span && `, ${prose(shown(span))}`}`,
    `> ${prose(shown(clauses.length === 1 && clauses[0] ? `${incident.verdict}${proofOf(clauses[0])}` : incident.verdict))}`,
    ...(clauses.length > 1
      ? list(
          'What it rests on',
          clauses.map((clause) => prose(shown(`${clause.text}${proofOf(clause)}`))),
        )
      : []),
    ...list(
      'What followed from what',
      edges.map((e) => prose(shown(`${e.from} → ${e.to}: ${e.rule}, confidence ${e.confidence}${recordsList(e.evidence)}`))),
    ),
    ...list(
      'Not proven',
      notProven.map((text) => prose(shown(text))),
    ),
    ...(nextSteps.length > 0 ? ['Next steps:', block(nextSteps.flatMap(stepLines).join('\n'))] : []),
  ];
}

/** Why as a comment, then the command behind its tool's prompt. */
const stepLines = ({ tool, command, why }: NextStep): string[] => [
  `# ${shown(why)}`,
  ...command.split('\n').map((line) => `${tool}> ${shown(line)}`),
];

/** A line an event; a pipe would end a cell even in code. */
function table(events: readonly Event[], time: TimeStyle): string {
  if (events.length === 0) return 'Nothing.';
  const cell = (text: string): string => code(text).replace(/\|/g, '\\|');
  const rows = events.map(
    (e) =>
      `| ${cell(timeText(e, time))} | ${e.severity} | ${cell(shown(e.id))} | ${cell(shown(e.title))} | ${cell(e.kind)} | ${cell(eventRange(e.records))} |`,
  );
  return ['| time | severity | event | title | kind | records |', '|---|---|---|---|---|---|', ...rows].join('\n');
}
