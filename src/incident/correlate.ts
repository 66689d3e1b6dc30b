import type { Event, Incident } from '../event/event.ts';
import { SEVERITIES } from '../event/kinds.ts';
import { type Group, group } from './group.ts';
import { link } from './link.ts';
import { notProven } from './not-proven.ts';
import { nextSteps } from './steps/next-steps.ts';
import type { Surroundings } from './surroundings.ts';
import { headlineOf } from './verdict/headline.ts';
import { livesOn } from './verdict/lives-on.ts';
import { reasonsOf } from './verdict/reasons.ts';
import { clausesOf, sentence } from './verdict/verdict.ts';

export interface Correlation {
  readonly incidents: Incident[];
  /** Ids of events that nothing ties to an incident and that harmed nobody. */
  readonly unexplained: string[];
}

/** Joins the events of one input, given in log order, into incidents. Total, and linear in the events. */
export function correlate(events: readonly Event[], around: Surroundings = {}): Correlation {
  const groups = group(events, link(events, around.notes));
  const isIncident = ({ events: own, links }: Group): boolean =>
    own.some(({ severity }) => severity !== 'info') || links.some(({ rule }) => rule.key === undefined);
  const found = groups.filter(isIncident).map((each, n) => incident(each, `I${n + 1}`, around, events));
  // a line that says panic, after which the log goes on, comes behind what did happen
  const doubted = new Set(events.filter((event) => livesOn(event, around) !== undefined).map(({ id }) => id));
  const doubt = ({ terminal }: Incident): number => Number(doubted.has(terminal));
  return {
    incidents: found.sort((a, b) => byWorth(a, b, doubt)),
    unexplained: groups.filter((each) => !isIncident(each)).flatMap((each) => each.events.map(({ id }) => id)),
  };
}

/**
 * The order in which incidents are told, everywhere: the worst first, of equals the older. Their ids count in the order of the log.
 */
const byWorth = (a: Incident, b: Incident, doubt: (incident: Incident) => number): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || doubt(a) - doubt(b) || Number(a.id.slice(1)) - Number(b.id.slice(1));

const rank = ({ severity }: Event): number => SEVERITIES.indexOf(severity);

function incident(each: Group, id: string, around: Surroundings, all: readonly Event[]): Incident {
  const { events, links } = each;
  const first = events[0] as Event;
  const worst = Math.min(...bounded(events.map(rank)));
  const terminal = events.findLast((event) => rank(event) === worst) ?? first;
  const clauses = clausesOf(each, terminal, around);
  const headline = headlineOf(each, terminal, around);
  return {
    id,
    headline: headline.text,
    headlineEvidence: [...headline.evidence],
    reasons: reasonsOf(clauses, headline.text, events),
    verdict: sentence(clauses),
    clauses,
    severity: terminal.severity,
    first: first.id,
    terminal: terminal.id,
    events: events.map((event) => event.id),
    edges: links.map(({ edge }) => edge),
    notProven: notProven(each, terminal, around, all),
    nextSteps: nextSteps(each, terminal, around),
  };
}

/** Over the four severities, not the events: a spread of 65,536 arguments overflows the stack. */
const bounded = (ranks: readonly number[]): number[] => [...new Set(ranks)];
