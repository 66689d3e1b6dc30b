import type { Fleet, FleetGroup } from '../../fleet/fleet.ts';
import { printable } from '../../output/text/printable.ts';
import { filterTest } from '../data/scan.ts';
import type { FleetPlace } from '../state/place.ts';

/** One row of the list: a signature, the inputs without an incident, or those that could not be read. */
export type FleetRow =
  | { readonly kind: 'group'; readonly group: FleetGroup }
  | { readonly kind: 'quiet' }
  | { readonly kind: 'unreadable' };

/** What sorts, by how often `s` was pressed. */
const SORTS = ['dumps', 'hosts', 'last seen', 'signature'] as const;
export const sortOf = ({ sort }: FleetPlace): (typeof SORTS)[number] => SORTS[sort % SORTS.length]!;

const lastSeen = ({ last }: FleetGroup): number => (last === undefined ? 0 : Date.parse(last.time) || 0);

const ORDERS: Readonly<Record<(typeof SORTS)[number], (a: FleetGroup, b: FleetGroup) => number>> = {
  dumps: (a, b) => b.inputs - a.inputs,
  hosts: (a, b) => b.hosts.length - a.hosts.length,
  'last seen': (a, b) => lastSeen(b) - lastSeen(a),
  signature: (a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0),
};

/** What of a signature a filter and a search look at. */
export const words = ({ kind, family, title, culprit, severity, kernels, hosts }: FleetGroup): string =>
  printable(
    `${kind} ${family} ${severity} ${title} ${culprit ?? ''} ${kernels.map(({ name }) => name).join(' ')} ${hosts.slice(0, 50).join(' ')}`,
  );

/** The rows in the order of the screen. */
export function rowsOf(fleet: Fleet, place: FleetPlace): FleetRow[] {
  const test = filterTest(place.filtering ? place.filters : []);
  const groups = fleet.groups.filter((group) => test(words(group))).sort(ORDERS[sortOf(place)]);
  return [
    ...groups.map((group): FleetRow => ({ kind: 'group', group })),
    ...(fleet.quiet.length > 0 ? [{ kind: 'quiet' } as const] : []),
    ...(fleet.unreadable.length > 0 ? [{ kind: 'unreadable' } as const] : []),
  ];
}
