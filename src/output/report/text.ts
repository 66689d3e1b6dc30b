import type { RawRecord, VerdictClause } from '../../event/event.ts';
import { type Alike, alike } from '../summary/alike.ts';
import { allClearSentence } from '../text/all-clear.ts';
import { cells, pad, wrap } from '../text/cells.ts';
import { eventTable, type TextOptions } from '../text/event-table.ts';
import { eventText } from '../text/event-text.ts';
import { PROMPTS } from '../text/incident-text.ts';
import { machineLines } from '../text/machine-lines.ts';
import { recordsList } from '../text/records.ts';
import { SEVERITY_WORDS } from '../text/words.ts';
import type { Replaced, Report } from './report.ts';
import { counted, shown, stamp } from './shown.ts';
import { aboutRows, countsText, gapText, nowText, type PartView, sourceWords, spanText, titleOf, viewsOf } from './view.ts';

/** The report as plain text; what we wrote fits the width, lines of the log stay as long as they are. */
export function textReport(report: Report, options: TextOptions): string {
  const views = viewsOf(report);
  const blocks = views.flatMap((view) => partBlocks(view, { ...options, time: report.time }, views.length === 1));
  if (report.replaced) blocks.push(heading('What was replaced'), ...replacedLines(report.replaced), '');
  const made = `Made by lastkmsg ${shown(report.version)}, from ${sourceWords(views)}.`;
  const end = [...wrap(made, options.width), ...wrap(nowText(report), options.width)].filter((line) => line !== '');
  return `${[...titleLines(report, views, options.width), '', ...contents(views), ...blocks, ...end].join('\n')}\n`;
}

/** What happened, underlined; of several inputs how many there are. */
function titleLines({ fleet }: Report, views: readonly PartView[], width: number): string[] {
  const [only, ...others] = views;
  const signatures = fleet === undefined ? '' : `, ${counted(fleet.groups.length, 'signature')}`;
  const lines =
    others.length > 0 || only === undefined ? [`${counted(views.length, 'input')}${signatures}`] : wrap(shown(titleOf(only)), width);
  return [...lines, '='.repeat(Math.max(...lines.map(cells)))];
}

/** Of several inputs, what is in each. */
const contents = (views: readonly PartView[]): string[] =>
  views.length < 2 ? [] : [...views.map(({ part, number }) => `${number}. ${shown(part.source)}: ${countsText(part)}`), ''];

const heading = (text: string): string => `${text}\n${'='.repeat(Math.min(72, Math.max(4, text.length)))}`;
const under = (text: string): string => `${text}\n${'-'.repeat(text.length)}`;

function partBlocks(view: PartView, options: TextOptions, alone: boolean): string[] {
  const { part } = view;
  const { width } = options;
  const rows = aboutRows(view);
  const rest = part.events.length - view.full.size;
  return [
    ...(alone ? [] : [heading(shown(part.source))]),
    countsText(part),
    '',
    under('Verdict'),
    ...verdictLines(view, width),
    ...memoryLines(view, width),
    under('Timeline'),
    part.events.length > 0 ? eventTable(part.events, options) : 'Nothing.\n',
    under('Events'),
    ...(rest > 0 ? [`${counted(rest, 'event')} only in the timeline: lastkmsg events prints them in full.\n`] : []),
    part.events
      .filter((event) => view.full.has(event.id))
      .map((event) => eventText(event, options))
      .join('') || 'None.\n',
    under('Input'),
    ...rows.flatMap(([label, value]) => labelled(`${label}:`, shown(value), width)),
    '',
    under('Log'),
    ...logLines(view),
    '',
  ];
}

/** What a dump says beyond its log. */
const memoryLines = ({ part: { machine } }: PartView, width: number): string[] =>
  machine
    ? [
        under('Memory'),
        ...machineLines(machine).flatMap((text) => wrap(text, width - 4).map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`)),
        '',
      ]
    : [];

const LABEL = 14;

const labelled = (label: string, text: string, width: number): string[] =>
  wrap(text, Math.max(20, width - LABEL)).map((line, i) => `${pad(i === 0 ? label : '', LABEL)}${line}`);

function verdictLines(view: PartView, width: number): string[] {
  const { incidents, events, unexplained } = view.part;
  if (incidents.length === 0) return [events.length === 0 ? allClearSentence(view.part.info) : 'No incident.', ''];
  const alone = unexplained.length > 0 ? [...wrap(`In no incident: ${shown(unexplained.join(', '))}`, width), ''] : [];
  const groups = alike(incidents, view.events);
  const rest = groups.slice(INCIDENTS).reduce((sum, { count }) => sum + count, 0);
  return [
    ...groups.slice(0, INCIDENTS).flatMap((group) => incidentLines(view, group, width)),
    ...(rest > 0 ? [`and ${counted(rest, 'more incident')}: lastkmsg incidents prints them`, ''] : []),
    ...alone,
  ];
}

/** Incidents told; of those that are alike one stands for all. */
const INCIDENTS = 40;

function incidentLines(view: PartView, { shown: incident, count }: Alike, width: number): string[] {
  const { clauses, edges, notProven, nextSteps } = incident;
  const span = spanText(incident, view);
  const items = (lines: readonly string[]): string[] =>
    lines.flatMap((text) => wrap(text, width - 4).map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`));
  return [
    `${shown(incident.id)}  ${SEVERITY_WORDS[incident.severity]}${span && `  ${shown(span)}`}${count > 1 ? `  (and ${counted(count - 1, 'more', 'more')} like it)` : ''}`,
    ...wrap(shown(clauses.length === 1 && clauses[0] ? `${incident.verdict}${proofOf(clauses[0])}` : incident.verdict), width),
    ...(clauses.length > 1 ? titled('What it rests on', items(clauses.map((clause) => shown(`${clause.text}${proofOf(clause)}`)))) : []),
    ...titled(
      'What followed from what',
      items(edges.map((e) => shown(`${e.from} -> ${e.to}: ${e.rule}, confidence ${e.confidence}${recordsList(e.evidence)}`))),
    ),
    ...titled('Not proven', items(notProven.map(shown))),
    // commands stay whole, to be copied
    ...titled(
      'Next steps',
      nextSteps.flatMap((step) => [...items([shown(step.why)]), ...commandLines(step.command, `      ${PROMPTS[step.tool]}`)]),
    ),
    '',
  ];
}

/** Lines of a command as they are typed, each shown on a line of its own. */
const commandLines = (command: string, prompt: string): string[] => command.split('\n').map((line) => `${prompt}${shown(line)}`);

const titled = (title: string, lines: readonly string[]): string[] => (lines.length > 0 ? ['', `${title}:`, ...lines] : []);

/** ` (inferred) [498, 544]`. */
export const proofOf = ({ inferred, evidence }: VerdictClause): string => `${inferred ? ' (inferred)' : ''}${recordsList(evidence)}`;

/** The log's own lines with their numbers; what is left out is said. */
function logLines({ part }: PartView): string[] {
  return part.log.items.flatMap((item) =>
    item.kind === 'gap' ? [`   ... ${gapText(item.count)} ...`] : item.records.flatMap(recordLines),
  );
}

/** A record as lines: number, time, caller, text. */
export function recordLines({ seq, time, callerId, text }: RawRecord): string[] {
  const head = `${String(seq).padStart(6)} ${stamp(time)}${callerId ? shown(`[${callerId.padStart(6)}]`) : ''} `;
  return text.split('\n').map((line, i) => `${i === 0 ? head : ' '.repeat(head.length)}${shown(line)}`.trimEnd());
}

/** How many values of each kind became placeholders. */
export const replacedLines = (replaced: readonly Replaced[]): string[] =>
  replaced.length === 0
    ? ['Nothing that the rules know was found.']
    : replaced.map(({ kind, what, values, places }) => `${kind}: ${what}: ${counted(values, 'value')} in ${counted(places, 'place')}`);
