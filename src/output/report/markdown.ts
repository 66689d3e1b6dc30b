import type { Event, NextStep } from '../../event/event.ts';
import { type Alike, alike } from '../summary/alike.ts';
import { eventText } from '../text/event-text.ts';
import { PROMPTS } from '../text/incident-text.ts';
import { machineLines } from '../text/machine-lines.ts';
import { eventRange, recordsList } from '../text/records.ts';
import { plain } from '../text/theme.ts';
import type { TimeStyle } from '../text/wall-time.ts';
import { timeText } from '../text/words.ts';
import { Budget } from './budget.ts';
import { block, code, prose } from './markdown-escape.ts';
import type { Report } from './report.ts';
import { counted, shown } from './shown.ts';
import { proofOf, recordLines, replacedLines } from './text.ts';
import { aboutRows, byNeed, countsText, nowText, type PartView, sourceWords, spanText, titleOf, viewsOf } from './view.ts';

/** What an issue on GitHub takes is 65,536 characters; a little is left for what is written around it. */
const ISSUE = 64_000;
/** Incidents told; of those that are alike one stands for all. */
const INCIDENTS = 12;
const STEPS = 5;
/** Rows of the table of events. */
const ROWS = 60;
/** Inputs listed of many. */
const LISTED = 200;

/**
 * The report as Markdown for an issue: what happened first, what is long folded, in all what an issue takes; what found no room is said.
 * Text of the log stands in code, so that no forge makes links, mentions or markup of it.
 */
export function markdownReport(report: Report): string {
  const views = viewsOf(report);
  const made = `Made by lastkmsg ${prose(shown(report.version))}, from ${sourceWords(views)}. ${nowText(report)}`.trimEnd();
  const replaced = report.replaced
    ? [
        `## What was replaced`,
        replacedLines(report.replaced)
          .map((l) => `- ${prose(l)}`)
          .join('\n'),
      ]
    : [];
  const end = [...replaced, made];
  const all = new Budget(ISSUE);
  const kept = end.reduce((sum, text) => sum + text.length + 2, 0);
  all.reserve(kept);
  if (views.length > 1) for (const text of contents(report, views)) all.add(text);
  // each input has an equal share of what is left by those before it
  for (const [i, view] of views.entries()) part(view, all, Math.floor(all.left / (views.length - i)), views.length === 1);
  all.reserve(-kept);
  for (const text of end) all.add(text);
  return all.text;
}

/** Of several inputs, what they share and what is in each. */
function contents({ fleet }: Report, views: readonly PartView[]): string[] {
  const groups = fleet?.groups ?? [];
  const rows = groups.slice(0, ROWS).map(
    ({ inputs, severity, title, kernels }) =>
      `| ${inputs} | ${severity} | ${cell(shown(title))} | ${cell(
        kernels
          .slice(-3)
          .map(({ name }) => shown(name))
          .join(', ') || '-',
      )} |`,
  );
  return [
    `# Kernel report: ${counted(views.length, 'input')}`,
    ...(rows.length > 0 ? [['| inputs | severity | signature | kernels |', '|---|---|---|---|', ...rows].join('\n')] : []),
    ...(groups.length > ROWS ? [`and ${counted(groups.length - ROWS, 'more signature')}`] : []),
    views
      .slice(0, LISTED)
      .map(({ part, number }) => `${number}. ${code(shown(part.source))}: ${countsText(part)}`)
      .join('\n'),
  ];
}

/** One input, in at most so many characters. */
function part(view: PartView, all: Budget, most: number, alone: boolean): void {
  const own = new Budget(most);
  const { part } = view;
  own.add(alone ? `# ${prose(shown(titleOf(view)))}` : `## ${view.number}. ${code(shown(part.source))}`);
  own.add(alone ? `${code(shown(part.source))}: ${countsText(part)}` : countsText(part));
  const groups = alike(part.incidents, view.events);
  const told = groups.slice(0, INCIDENTS).filter((group) => own.add(incidentText(view, group)));
  const left = groups.length - told.length;
  if (left > 0) own.add(`${counted(left, 'more incident')}: \`lastkmsg incidents\` prints them.`);
  if (part.unexplained.length > 0) own.add(`In no incident: ${prose(shown(part.unexplained.slice(0, ROWS).join(', ')))}`);
  if (part.machine) own.add(`### In the memory of the dump\n\n${block(machineLines(part.machine).join('\n'))}`);
  if (part.events.length > 0) own.add(`### Timeline\n\n${table(part.events, view.time)}`);
  if (alone) {
    own.add(
      `### Input\n\n${aboutRows(view)
        .map(([label, value]) => `- ${label}: ${code(shown(value))}`)
        .join('\n')}`,
    );
    eventBlocks(view, own);
    logBlock(view, own);
  }
  all.add(own.text.trimEnd());
}

function incidentText(view: PartView, { shown: incident, count }: Alike): string {
  const { edges, notProven, nextSteps } = incident;
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [`${title}:`, lines.map((l) => `- ${prose(shown(l))}`).join('\n')] : [];
  const span = spanText(incident, view);
  return [
    `**${prose(shown(incident.id))}, ${incident.severity}**${span && `, ${prose(shown(span))}`}${count > 1 ? ` (and ${counted(count - 1, 'more', 'more')} like it)` : ''}`,
    `> ${prose(shown(`${incident.headline}${proofOf({ text: incident.headline, evidence: incident.headlineEvidence })}`))}`,
    ...list(
      'Why',
      incident.reasons.map((clause) => `${clause.text}${proofOf(clause)}`),
    ),
    ...list('Not proven', notProven),
    ...(nextSteps.length > 0 ? ['Next steps:', block(nextSteps.slice(0, STEPS).flatMap(stepLines).join('\n'))] : []),
    ...(nextSteps.length > STEPS ? [`and ${nextSteps.length - STEPS} more: \`lastkmsg incidents --format json\``] : []),
    ...(edges.length > 0
      ? folded(
          'What followed from what',
          edges
            .slice(0, ROWS)
            .map((e) => `- ${prose(shown(`${e.from} → ${e.to}: ${e.rule}, confidence ${e.confidence}${recordsList(e.evidence)}`))}`)
            .join('\n'),
        )
      : []),
  ].join('\n\n');
}

/** A block that is opened by who wants it. @param title words of ours, no text of a log */
const folded = (title: string, text: string): string[] => [`<details><summary>${title}</summary>`, text, '</details>'];

/** Why as a comment, then the command behind its tool's prompt. */
const stepLines = ({ tool, command, why }: NextStep): string[] => [
  `# ${shown(why)}`,
  ...command.split('\n').map((line) => `${PROMPTS[tool]}${shown(line)}`),
];

/** A pipe would end a cell even in code. */
const cell = (text: string): string => code(text).replace(/\|/g, '\\|');

/** A line an event; of many those that matter. */
function table(events: readonly Event[], time: TimeStyle): string {
  return [
    '| time | severity | event | title | kind | records |',
    '|---|---|---|---|---|---|',
    ...byWeight(events).map(
      (e) =>
        `| ${cell(timeText(e, time))} | ${e.severity} | ${cell(shown(e.id))} | ${cell(shown(e.title))} | ${cell(e.kind)} | ${cell(eventRange(e.records))} |`,
    ),
    ...(events.length > ROWS ? ['', `${counted(events.length - ROWS, 'event')} not in the table.`] : []),
  ].join('\n');
}

/** At most {@link ROWS}: the first and the last. */
const byWeight = (events: readonly Event[]): readonly Event[] =>
  events.length <= ROWS ? events : [...events.slice(0, ROWS / 2), ...events.slice(-ROWS / 2)];

/** Of the room that is left, what the log has at least. */
const LOG_SHARE = 0.35;

/** Events in full, folded, those that matter first chosen, in log order. */
function eventBlocks({ part, full, time }: PartView, own: Budget): void {
  const log = Math.floor(own.left * LOG_SHARE);
  own.reserve(log);
  const wanted = new Set(byNeed(part, ROWS).filter(({ id }) => full.has(id)));
  const texts = new Map<Event, string>();
  let room = own.left - 200;
  for (const event of byWorst([...wanted], part)) {
    const text = folded(
      `${shown(event.id)}, ${event.severity}: ${event.kind}, records ${eventRange(event.records)}`,
      block(eventText(event, { width: 100, paint: plain, time })),
    ).join('\n\n');
    if (text.length + 2 > room) continue;
    room -= text.length + 2;
    texts.set(event, text);
  }
  if (texts.size > 0) own.add('### Events');
  for (const event of part.events) {
    const text = texts.get(event);
    if (text !== undefined) own.add(text);
  }
  const rest = part.events.length - texts.size;
  if (rest > 0) own.add(`${counted(rest, 'event')} only in the timeline: \`lastkmsg events\` prints them in full.`);
  own.reserve(-log);
}

/** Those of the worst incidents first. */
function byWorst(events: readonly Event[], { incidents }: PartView['part']): Event[] {
  const place = new Map<string, number>();
  for (const [i, incident] of incidents.entries()) for (const id of incident.events) if (!place.has(id)) place.set(id, i);
  const rank = ({ id }: Event): number => place.get(id) ?? Number.MAX_SAFE_INTEGER;
  return [...events].sort((a, b) => rank(a) - rank(b));
}

/** As many of the log's last lines as there is room for, folded: the end is what a crash is about. */
function logBlock({ part }: PartView, own: Budget): void {
  const lines: string[] = [];
  let room = own.left - 300;
  let records = 0;
  for (const item of [...part.log.items].reverse()) {
    if (item.kind === 'gap') {
      lines.unshift(`⋯ ${counted(item.count, 'record')}`);
      continue;
    }
    for (const record of [...item.records].reverse()) {
      const text = recordLines(record);
      const size = text.reduce((sum, line) => sum + line.length + 1, 0);
      room -= size;
      if (room < 0) break;
      lines.unshift(...text);
      records++;
    }
    if (room < 0) break;
  }
  if (records === 0) return;
  const whole = records === part.log.total;
  own.add(
    folded(
      `Log: ${whole ? `all ${counted(records, 'record')}` : `${counted(records, 'record')} of ${part.log.total}`}`,
      block(lines.join('\n')),
    ).join('\n\n'),
  );
}
