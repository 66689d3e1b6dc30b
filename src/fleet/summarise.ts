import type { Event, Incident } from '../event/event.ts';
import { SEVERITIES } from '../event/kinds.ts';
import type { InputFacts, Moment, ReadInput, SeenEvent, Sighting } from './input.ts';
import { rootOf } from './root.ts';
import { groupBy } from './tally.ts';

/** Signatures kept of one input; a machine that has more has one trouble that shows in many ways. */
const MOST_SIGHTINGS = 100;
/** Moments kept of each signature, half of them the first, half the last. */
const MOST_MOMENTS = 16;
/** Characters of what a log says: a panic can be called with anything. */
const MOST_TEXT = 400;

/** What grouping needs of one input that was read and correlated. */
export function summarise(facts: InputFacts, events: readonly Event[], incidents: readonly Incident[]): ReadInput {
  const byId = new Map(events.map((event) => [event.id, event] as const));
  const roots = new Map<Event, Incident>();
  for (const incident of incidents) {
    const root = rootOf(incident, byId);
    if (root !== undefined) roots.set(root, incident);
  }
  const sightings = [...groupBy(events, identityOf).values()].map((own) => sightingOf(own, roots));
  const rooted = sightings.filter((each) => each.incidents > 0);
  const others = sightings.filter((each) => each.incidents === 0);
  const kept = [...rooted, ...others].slice(0, MOST_SIGHTINGS);
  return {
    kind: 'read',
    ...facts,
    releases: [...new Set([...facts.releases.map(cut), ...releasesOf(events)])].slice(0, MOST_SIGHTINGS),
    ended: facts.ended ?? events.findLast(({ wall }) => wall !== undefined)?.wall?.time,
    losses: lossesOf(facts),
    events: events.length,
    incidents: incidents.length,
    sightings: kept,
    omitted: sightings.length - kept.length,
  };
}

function lossesOf({ losses }: InputFacts): string[] {
  const kept = losses.slice(0, MOST_SIGHTINGS).map(cut);
  return losses.length > kept.length ? [...kept, `${losses.length - kept.length} more losses`] : kept;
}

const identityOf = ({ kind, title, signature }: Event): string => `${kind}\n${signature?.hash ?? ''}\n${cut(title)}`;

/** One signature: its events in log order. */
function sightingOf(events: readonly Event[], roots: ReadonlyMap<Event, Incident>): Sighting {
  const began = events.filter((event) => roots.has(event));
  const newest = (began.at(-1) ?? events.at(-1)) as Event;
  const shown = began.length > 0 ? began : events;
  // what came of an event counts: an oops that ended in a panic killed the machine
  const worst = Math.min(...new Set(shown.map((event) => SEVERITIES.indexOf((roots.get(event) ?? event).severity))));
  return {
    kind: newest.kind,
    title: cut(newest.title),
    hash: newest.signature?.hash ?? '',
    frames: (newest.signature?.frames ?? []).map(cut),
    culprit: culpritOf(newest),
    severity: SEVERITIES[worst] ?? newest.severity,
    incidents: began.length,
    events: events.length,
    releases: releasesOf(shown).slice(0, MOST_SIGHTINGS),
    moments: ends(events).map(momentOf),
    newest: seen(newest, roots.get(newest)),
  };
}

function seen(event: Event, incident: Incident | undefined): SeenEvent {
  const { task, kernel, taint, hardware } = event;
  return {
    ...momentOf(event),
    event: event.id,
    incident: incident?.id,
    verdict: incident === undefined ? undefined : cut(incident.verdict),
    records: event.records,
    task: task === undefined ? undefined : { ...task, ...(task.comm === undefined ? {} : { comm: cut(task.comm) }) },
    release: kernel?.release === undefined ? undefined : cut(kernel.release),
    taint: [...new Set((taint?.flags ?? []).map(({ letter }) => letter))],
    hardware: hardware === undefined ? undefined : cut(modelOf(hardware)),
  };
}

const releasesOf = (events: readonly Event[]): string[] =>
  [...new Set(events.map(({ kernel }) => kernel?.release).filter((release) => release !== undefined))].map(cut);

const momentOf = ({ boot, uptime, wall }: Event): Moment => ({ boot, uptime, wall });

function ends(events: readonly Event[]): readonly Event[] {
  const half = MOST_MOMENTS / 2;
  return events.length <= MOST_MOMENTS ? events : [...events.slice(0, half), ...events.slice(-half)];
}

function culpritOf({ culprit }: Event): string | undefined {
  if (culprit?.symbol === undefined) return undefined;
  return cut(culprit.module === undefined ? culprit.symbol : `${culprit.symbol} [${culprit.module}]`);
}

/** `QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014` is one model with many firmwares (dmi_format_ids()). */
const modelOf = (hardware: string): string => hardware.replace(/, BIOS .*$/s, '');

/** Texts may be byte strings still: no character is cut in two, and nothing that is no byte is added. */
const cut = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 3).replace(/[\x80-\xff]+$/, '')}...` : text);
