import type { Event, Incident } from '../../event/event.ts';
import { wrap } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import type { Source } from '../data/source.ts';
import { type Line, span } from '../line/line.ts';
import { SEVERITY_ROLES } from '../theme/looks.ts';

const RANK = { high: 2, medium: 1, low: 0 } as const;

/** How sure it is that an incident's events belong together: as its weakest edge. */
const confidenceOf = ({ edges }: Incident): 'high' | 'medium' | 'low' | undefined =>
  edges.reduce<'high' | 'medium' | 'low' | undefined>(
    (worst, { confidence }) => (worst && RANK[worst] <= RANK[confidence] ? worst : confidence),
    undefined,
  );

/** What the incident of an event is: headline, reasons, why its events were grouped, what is not proven; its name stands in the rule above. */
export function incidentPane(source: Source, event: Event | undefined, width: number, lines: number): Line[] {
  if (event === undefined) return source.status === 'reading' ? [[span(' Reading… no report yet. [l] log', 'guess')]] : [];
  const incident = source.incidentOf(event.id);
  if (incident === undefined) return alone(source, event);
  const verdict = [
    ...wrap(printable(incident.headline), width - 2).map((text): Line => [' ', span(text, 'title')]),
    ...incident.reasons.flatMap(({ text, inferred }) =>
      wrap(printable(text), width - 4).map((part, i): Line => [i === 0 ? ' · ' : '   ', span(part, inferred ? 'guess' : undefined)]),
    ),
  ];
  const [question] = incident.notProven;
  const more = incident.notProven.length > 1 ? ` (and ${incident.notProven.length - 1} more: [Enter] Related)` : '';
  const open: Line[] = question === undefined ? [] : [[span(' Not proven  ', 'label'), span(`${printable(question)}${more}`, 'guess')]];
  if (lines <= 2) return verdict.slice(0, lines);
  return [...verdict.slice(0, Math.max(1, lines - open.length)), ...open].slice(0, lines);
}

/** The rule above it: which incident, which of its events came first and last, how sure it is that they belong together. */
export function incidentTitle(source: Source, event: Event | undefined): Line {
  const incident = event && source.incidentOf(event.id);
  return incident === undefined ? [span('no incident', 'dim')] : headOf(source, incident);
}

function headOf(source: Source, incident: Incident): Line {
  const { id, severity, events, edges, first, terminal } = incident;
  const confidence = confidenceOf(incident);
  const rules = [...new Set(edges.map(({ rule }) => rule))];
  const kindOf = (event: string): string => source.event(event)?.kind ?? '';
  const span_ = events.length === 1 ? `event ${first}` : `events ${events.length > 4 ? `${first}–${events.at(-1)}` : events.join(' ')}`;
  return [
    'Incident ',
    span(id, SEVERITY_ROLES[severity]),
    ` · ${span_}`,
    ...(edges.length === 0
      ? []
      : [
          ` · first ${first} ${kindOf(first)}`,
          ...(terminal === first ? [] : [` · terminal ${terminal} ${kindOf(terminal)}`]),
          ' · confidence ',
          span(confidence ?? '–', confidence === 'high' ? undefined : 'guess'),
          span(` · grouped by ${rules.join(', ')}`, 'dim'),
        ]),
  ];
}

function alone(source: Source, event: Event): Line[] {
  const why = source.unexplained.has(event.id)
    ? 'belongs to no incident: nothing ties it to another event, and it harmed nobody'
    : 'incidents are told once the log is read';
  return [[` ${event.id} `, span(why, 'dim')]];
}
