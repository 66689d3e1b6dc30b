import { familyOf, SEVERITIES } from '../event/kinds.ts';
import { copiesIn } from './copies.ts';
import { days } from './days.ts';
import type { Fleet, FleetGroup, FleetMember, Share, Variant } from './fleet.ts';
import type { FleetInput, ReadInput, Sighting } from './input.ts';
import { keyOf } from './key.ts';
import { compareReleases, newIn } from './releases.ts';
import { byText, groupBy, tally } from './tally.ts';
import { msOf, span, spanOfWalls } from './times.ts';
import { together } from './together.ts';

/** One signature in one input. */
interface Seen {
  readonly input: ReadInput;
  readonly sighting: Sighting;
}

/** Groups inputs by what they show. The order in which they come does not matter. */
export function groupFleet(inputs: Iterable<FleetInput>): Fleet {
  const all = [...inputs];
  const readable = all.filter((input) => input.kind === 'read').sort((a, b) => byText(a.source, b.source));
  const copies = copiesIn(readable);
  const read = readable.filter((input) => !copies.has(input));
  const unreadable = all.filter((input) => input.kind === 'unreadable').sort((a, b) => byText(a.source, b.source));
  const kernels = byVersion(tally(read.map(({ releases }) => releases)));
  const seen = read.flatMap((input) => rooted(input).map((sighting): Seen => ({ input, sighting })));
  const { first, last } = span(read, ({ ended }) => ended);
  return {
    inputs: all.length,
    read: read.length,
    lossy: readable.filter(({ losses }) => losses.length > 0).length,
    hosts: hostsOf(read),
    first: first?.ended,
    last: last?.ended,
    kernels,
    days: days(read),
    undated: read.filter(({ ended }) => msOf(ended) === undefined).length,
    groups: [...groupBy(seen, ({ sighting }) => keyOf(sighting))].map(([key, own]) => groupOf(key, own, kernels, read)).sort(mostFirst),
    quiet: read
      .filter((input) => rooted(input).length === 0)
      .map(({ source, host, releases, events, records }) => ({ source, host, releases, events, records })),
    copies: [...copies.values()],
    unreadable,
  };
}

const rooted = ({ sightings }: ReadInput): readonly Sighting[] => sightings.filter(({ incidents }) => incidents > 0);

const mostFirst = (a: FleetGroup, b: FleetGroup): number =>
  b.inputs - a.inputs ||
  b.hosts.length - a.hosts.length ||
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  byText(a.key, b.key);

function groupOf(key: string, seen: readonly Seen[], kernels: readonly Share[], read: readonly ReadInput[]): FleetGroup {
  const sightings = seen.map(({ sighting }) => sighting);
  const byInput = [...groupBy(seen, ({ input }) => input)];
  const inputs = byInput.map(([input]) => input);
  const variants = variantsOf(seen);
  const [most] = variants;
  const members = byInput.map(([input, own]) => memberOf(input, own)).sort(newestFirst);
  const releases = byVersion(tally(byInput.map(([, own]) => own.flatMap(({ sighting }) => sighting.releases))));
  const shares = releases.map((each) => ({ ...each, of: kernels.find(({ name }) => name === each.name)?.inputs ?? each.inputs }));
  const { kind, title } = sightings[0] as Sighting;
  return {
    key,
    hash: most?.hash ?? '',
    kind,
    family: familyOf(kind),
    title,
    severity: worstOf(sightings),
    inputs: inputs.length,
    incidents: sightings.reduce((sum, { incidents }) => sum + incidents, 0),
    hosts: hostsOf(inputs),
    withoutHost: inputs.filter(({ host }) => host === undefined).length,
    ...spanOfWalls(sightings.flatMap(({ moments }) => moments)),
    kernels: shares,
    newIn: newIn(shares, kernels, read),
    taint: tally(byInput.map(([, own]) => own.flatMap(({ sighting }) => sighting.newest.taint))),
    hardware: tally(byInput.map(([, own]) => own.flatMap(({ sighting }) => sighting.newest.hardware ?? []))),
    together: together(key, inputs),
    culprit: most?.culprit,
    stack: most?.frames ?? [],
    variants,
    members,
  };
}

function variantsOf(seen: readonly Seen[]): Variant[] {
  return [...groupBy(seen, ({ sighting }) => sighting.hash)]
    .map(([hash, own]) => {
      const { frames, culprit } = (own[0] as Seen).sighting;
      return { hash, frames, culprit, inputs: new Set(own.map(({ input }) => input)).size };
    })
    .sort((a, b) => b.inputs - a.inputs || byText(a.hash, b.hash));
}

/** Several variants in one input are one member: the newest stands for it. */
function memberOf({ source, host }: ReadInput, seen: readonly Seen[]): FleetMember {
  const sightings = seen.map(({ sighting }) => sighting);
  const newest = sightings.reduce((a, b) => (b.newest.records.first > a.newest.records.first ? b : a));
  return {
    ...newest.newest,
    source,
    host,
    severity: worstOf(sightings),
    hash: newest.hash,
    incidents: sightings.reduce((sum, { incidents }) => sum + incidents, 0),
  };
}

const newestFirst = (a: FleetMember, b: FleetMember): number =>
  (msOf(b.wall?.time) ?? Number.NEGATIVE_INFINITY) - (msOf(a.wall?.time) ?? Number.NEGATIVE_INFINITY) || byText(a.source, b.source);

const worstOf = (sightings: readonly Sighting[]): Sighting['severity'] =>
  SEVERITIES.find((severity) => sightings.some((each) => each.severity === severity)) ?? 'info';

const hostsOf = (inputs: readonly ReadInput[]): string[] =>
  [...new Set(inputs.map(({ host }) => host).filter((host) => host !== undefined))].sort(byText);

const byVersion = (shares: readonly Share[]): Share[] => [...shares].sort((a, b) => compareReleases(a.name, b.name));
