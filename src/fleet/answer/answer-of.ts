import type { Confidence, Event, Incident } from '../../event/event.ts';
import { familyOf } from '../../event/kinds.ts';
import { rootOf } from '../root.ts';
import { msOf } from '../times.ts';
import { ANSWER_SCHEMA, type Answer, type AnswerEvent, type AnswerIncident, type AnswerModule, type AnswerTime } from './answer.ts';
import { machineOf } from './machine-name.ts';
import { short } from './short.ts';

/** Kept of one input: a forged log has no end of them, and an answer must fit into one message. */
const MOST_EVENTS = 500;
const MOST_INCIDENTS = 100;
const MOST_MODULES = 500;
const MOST_WORDS = 32;

/** What every answer has, read or not. */
export interface AnswerHead {
  readonly id: string;
  readonly input: string;
  /** ISO 8601. */
  readonly readAt: string;
  readonly version: string;
}

/** What is known of an input that was read, beside its events. */
export interface AnswerFacts extends AnswerHead {
  readonly form: string;
  readonly host?: string | undefined;
  readonly releases: readonly string[];
  readonly arch?: string | undefined;
  /** ISO 8601: `crashTime` and `dumpTime` of the input's info. */
  readonly crashTime?: string | undefined;
  readonly dumpTime?: string | undefined;
  readonly records: number;
  readonly losses: readonly string[];
}

const WEAKEST_FIRST: readonly Confidence[] = ['low', 'medium', 'high'];

/** What an input that was read and correlated came to. */
export function answerOf(facts: AnswerFacts, events: readonly Event[], incidents: readonly Incident[]): Answer {
  const byId = new Map(events.map((event) => [event.id, event] as const));
  const ordered = [...new Set([...facts.releases, ...events.map(({ kernel }) => kernel?.release)])].filter((each) => each !== undefined);
  const release = events.findLast(({ kernel }) => kernel?.release !== undefined)?.kernel?.release ?? facts.releases.at(-1);
  const hardware = events.findLast((event) => event.hardware !== undefined)?.hardware;
  const kept = { events: events.slice(0, MOST_EVENTS), incidents: incidents.slice(0, MOST_INCIDENTS) };
  const toldAsIncidents = kept.incidents.map((incident) => answerIncident(incident, byId)).filter((each) => each !== undefined);
  return {
    ...emptyAnswer(facts),
    status: facts.losses.length > 0 ? 'lossy' : 'ok',
    losses: facts.losses.slice(0, MOST_WORDS).map(short),
    form: facts.form,
    host: facts.host === undefined ? undefined : short(facts.host),
    when: whenOf(facts, events),
    release: release === undefined ? undefined : short(release),
    releases: ordered.slice(0, MOST_WORDS).map(short),
    arch: facts.arch,
    ...(hardware === undefined ? {} : machineOf(short(hardware))),
    taint: [...new Set(events.flatMap(({ taint }) => (taint?.flags ?? []).map(({ letter }) => letter)))].sort(),
    modules: modulesOf(events),
    records: facts.records,
    incidents: toldAsIncidents,
    events: kept.events.map(answerEvent),
    omitted: events.length - kept.events.length + incidents.length - kept.incidents.length,
  };
}

/** The answer of an input of which nothing was read; one line says why. */
export const answerWithout = (head: AnswerHead, status: 'unreadable' | 'dead' | 'archive' | 'copy', reason: string): Answer => ({
  ...emptyAnswer(head),
  status,
  reason: short(reason),
});

const emptyAnswer = ({ id, input, readAt, version }: AnswerHead): Answer => ({
  schema: ANSWER_SCHEMA,
  id,
  input: short(input),
  readAt,
  version,
  status: 'ok',
  losses: [],
  releases: [],
  taint: [],
  modules: [],
  records: 0,
  incidents: [],
  events: [],
  omitted: 0,
});

function whenOf({ crashTime, dumpTime }: AnswerFacts, events: readonly Event[]): AnswerTime | undefined {
  return timeOf(crashTime, 'crashtime') ?? events.map(wallOf).findLast((when) => when !== undefined) ?? timeOf(dumpTime, 'dump-header');
}

const wallOf = ({ wall }: Event): AnswerTime | undefined => timeOf(wall?.time, wall?.source ?? '');

function timeOf(time: string | undefined, source: string): AnswerTime | undefined {
  const ms = msOf(time);
  return ms === undefined ? undefined : { time: new Date(ms).toISOString(), source };
}

function modulesOf(events: readonly Event[]): AnswerModule[] {
  const listed = events.findLast(({ modules }) => modules !== undefined && modules.length > 0)?.modules ?? [];
  const byName = new Map(listed.map(({ name, taint }) => [name, taint] as const));
  return [...byName].slice(0, MOST_MODULES).map(([name, taint]) => ({ name: short(name), ...(taint && { taint }) }));
}

function answerIncident(incident: Incident, byId: ReadonlyMap<string, Event>): AnswerIncident | undefined {
  const root = rootOf(incident, byId);
  if (root === undefined) return undefined;
  const weakest = Math.min(...new Set(incident.edges.map(({ confidence }) => WEAKEST_FIRST.indexOf(confidence))));
  return {
    incident: incident.id,
    ...identityOf(root),
    headline: short(incident.headline),
    verdict: short(incident.verdict),
    inferred: incident.clauses.some(({ inferred }) => inferred === true),
    confidence: WEAKEST_FIRST[weakest],
    severity: incident.severity,
    when: wallOf(root),
  };
}

function answerEvent(event: Event): AnswerEvent {
  const { id, severity, boot, uptime, details, task } = event;
  return {
    event: id,
    ...identityOf(event),
    severity,
    boot,
    uptime,
    when: wallOf(event),
    count: typeof details?.count === 'number' ? details.count : 1,
    comm: task?.comm === undefined ? undefined : short(task.comm),
  };
}

function identityOf({ kind, title, signature, culprit }: Event): Omit<AnswerEvent, 'event' | 'severity' | 'boot' | 'count'> {
  const guilty = culprit?.symbol && (culprit.module === undefined ? culprit.symbol : `${culprit.symbol} [${culprit.module}]`);
  return {
    kind,
    family: familyOf(kind),
    title: short(title),
    signature: signature?.hash ?? '',
    culprit: guilty === undefined ? undefined : short(guilty),
  };
}
