import type { Fleet } from '../../fleet/fleet.ts';
import { printable } from '../../output/text/printable.ts';
import { type Cell, type Column, heads, row, widthsOf } from '../line/columns.ts';
import { type Line, span } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import { MEDIUM, ROOMY } from '../screens/layout.ts';
import { lookOf } from '../theme/looks.ts';
import type { FleetRow, sortOf } from './rows.ts';

type Name = 'dumps' | 'hosts' | 'kind' | 'what' | 'first' | 'last' | 'kernels';

/** Columns by width: the first time goes first, then kernels, then hosts. */
function columnsOf(width: number): (Column & { readonly name: Name })[] {
  const all: (Column & { readonly name: Name; readonly from: number })[] = [
    { name: 'dumps', head: 'dumps', width: 6, align: 'right', from: 0 },
    { name: 'hosts', head: 'hosts', width: 6, align: 'right', from: MEDIUM },
    { name: 'kind', head: 'kind', width: 7, from: 0 },
    { name: 'what', head: 'signature', cut: 'middle', from: 0 },
    { name: 'first', head: 'first', width: 6, from: ROOMY },
    { name: 'last', head: 'last', width: 6, from: 0 },
    { name: 'kernels', head: 'kernels', width: width >= ROOMY ? 16 : 12, cut: 'middle', from: MEDIUM },
  ];
  return all.filter(({ from }) => width >= from);
}

/** Which column each order sorts by. */
const SORTED: Readonly<Record<ReturnType<typeof sortOf>, Name>> = {
  dumps: 'dumps',
  hosts: 'hosts',
  'last seen': 'last',
  signature: 'what',
};

export function groupHeads(width: number, sort: ReturnType<typeof sortOf>): Line {
  const columns = columnsOf(width).map((column) => (column.name === SORTED[sort] ? { ...column, head: `${column.head}▾` } : column));
  return ['   ', ...heads(columns, widthsOf(columns, width - 4))];
}

/** `11-22` of an ISO time. */
export const dayOf = (iso: string | undefined): string => (iso === undefined ? '–' : printable(iso.slice(5, 10)));

/** One signature: how often, where, what, when, on which kernels. */
export function fleetLine(fleet: Fleet, item: FleetRow, width: number): Line {
  const columns = columnsOf(width);
  const { glyph, role, cells } = cellsOf(fleet, item);
  const line = row(
    columns,
    widthsOf(columns, width - 4),
    columns.map(({ name }) => cells[name] ?? ''),
  );
  return [' ', span(glyph, role), ' ', ...line];
}

function cellsOf(
  fleet: Fleet,
  item: FleetRow,
): { glyph: string; role: ReturnType<typeof lookOf>['role']; cells: Partial<Record<Name, Cell>> } {
  if (item.kind !== 'group') {
    const quiet = item.kind === 'quiet';
    const dumps = count(quiet ? fleet.quiet.length : fleet.unreadable.length);
    return { glyph: '·', role: undefined, cells: { dumps, kind: '–', what: span(quiet ? 'no incident' : 'cannot be read', 'dim') } };
  }
  const { group } = item;
  const look = lookOf(group);
  const [only] = group.kernels;
  return {
    glyph: look.glyph,
    role: look.role,
    cells: {
      dumps: count(group.inputs),
      hosts: group.hosts.length === 0 ? span('–', 'dim') : count(group.hosts.length),
      kind: span(group.family, look.role),
      what: printable(group.title),
      first: dayOf(group.first?.time),
      last: dayOf(group.last?.time),
      kernels: group.kernels.length === 1 ? printable(only!.name) : count(group.kernels.length),
    },
  };
}
