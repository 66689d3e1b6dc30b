import { taskName } from '../../event/task-name.ts';
import type { Fleet, FleetGroup, FleetMember } from '../../fleet/fleet.ts';
import { printable } from '../../output/text/printable.ts';
import { uptimeText } from '../../output/text/uptime.ts';
import { type Cell, type Column, row, widthsOf } from '../line/columns.ts';
import { type Line, span } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import { MEDIUM, ROOMY } from '../screens/layout.ts';
import type { FleetRow } from './rows.ts';

/** What is unusual about a signature, in five lines; of the other rows what they are. */
export function detailLines(fleet: Fleet, item: FleetRow | undefined): Line[] {
  if (item === undefined) return [];
  if (item.kind === 'quiet') return [[' ', span('no incident', 'title'), ' nothing in these logs kills or warns']];
  if (item.kind === 'unreadable') return [[' ', span('cannot be read', 'title'), ' what was sought, where, and what was found']];
  return groupDetail(fleet, item.group);
}

function groupDetail(fleet: Fleet, group: FleetGroup): Line[] {
  const { hash, title, newIn, taint, hardware, together, stack, variants, hosts, inputs } = group;
  const label = (text: string): ReturnType<typeof span> => span(` ${text.padEnd(10)}`, 'label');
  const others = together.slice(0, 2).map(({ name, percent }) => `${percent}% also show ${printable(name)}`);
  return [
    [' ', span(hash.slice(0, 8), 'dim'), '  ', span(printable(title), 'title')],
    [
      label('New in'),
      newIn === undefined
        ? '–'
        : `${printable(newIn.name)} (${newIn.inputs} of ${newIn.of}; 0 in ${count(newIn.before.inputs)} on ${printable(newIn.before.name)})`,
      ...(taint.length > 0
        ? ['   ', span('Taint ', 'label'), taint.map((t) => `${printable(t.name)} ${t.inputs}/${inputs}`).join(' ')]
        : []),
      ...(hardware.length > 0
        ? ['   ', span('Hardware ', 'label'), hardware.length === 1 ? printable(hardware[0]!.name) : `${hardware.length} models`]
        : []),
    ],
    [label('Together'), others.join(' · ') || `nothing else in ${fleet.read === 1 ? 'this input' : 'the same inputs'}`],
    [
      label('Stack'),
      stack.slice(0, 6).map(printable).join(' ← ') || 'none is known',
      ...(variants.length > 1
        ? [
            span(
              `   variants ${variants.length} (${variants
                .map((v) => v.inputs)
                .slice(0, 4)
                .join(' + ')})`,
              'dim',
            ),
          ]
        : []),
    ],
    [
      label('Hosts'),
      hosts.length === 0
        ? 'none is named'
        : `${hosts.slice(0, 5).map(printable).join(' ')}${hosts.length > 5 ? ` … ${count(hosts.length - 5)} more` : ''}`,
    ],
  ];
}

/** One input below the chosen row: who, when, which task. */
export interface FleetEntry {
  readonly line: Line;
  /** Name of the input. */
  readonly source: string;
}

/** The inputs of a row, newest first. */
export function entriesOf(
  fleet: Fleet,
  item: FleetRow | undefined,
  variants: boolean,
  width = 80,
): { readonly count: number; readonly entry: (index: number) => FleetEntry } {
  if (item === undefined) return { count: 0, entry: () => ({ line: [], source: '' }) };
  if (item.kind === 'group' && variants) return { count: item.group.variants.length, entry: (i) => variantEntry(item.group, i) };
  if (item.kind === 'group')
    return { count: item.group.members.length, entry: (i) => memberEntry(item.group.members[i]!, item.group, width) };
  if (item.kind === 'unreadable') {
    return {
      count: fleet.unreadable.length,
      entry: (i) => ({ line: [' ', printable(fleet.unreadable[i]!.reason)], source: fleet.unreadable[i]!.source }),
    };
  }
  return {
    count: fleet.quiet.length,
    entry: (i) => {
      const { source, records, releases } = fleet.quiet[i]!;
      return { line: [` ${printable(source)}`, span(`  ${count(records)} records  ${printable(releases.join(' '))}`, 'dim')], source };
    },
  };
}

/** One variant: how many inputs show it, and its frames; those that the most frequent one has not stand out. */
function variantEntry({ variants, members }: FleetGroup, index: number): FleetEntry {
  const { hash, frames, inputs } = variants[index]!;
  const usual = new Set(variants[0]?.frames);
  const stack = frames.flatMap((frame, i) => [
    i === 0 ? '' : span(' ← ', 'dim'),
    span(printable(frame), index > 0 && !usual.has(frame) ? 'culprit' : undefined),
  ]);
  const line = [
    span(` ${hash.slice(0, 8)}`, 'dim'),
    `${count(inputs)}`.padStart(6),
    '  ',
    ...(frames.length > 0 ? stack : ['no stack was printed']),
  ];
  return { line, source: members.find((member) => member.hash === hash)?.source ?? '' };
}

/** Which dump, when, whose: the name of the input keeps its end, a column that says nothing is not there. */
function memberEntry({ source, host, wall, uptime: up, task, release }: FleetMember, { hosts }: FleetGroup, width: number): FleetEntry {
  const all: (Column & { readonly cell: Cell; readonly from: number })[] = [
    { head: 'host', width: 12, cut: 'middle', cell: printable(host ?? '–'), from: hosts.length > 0 ? 0 : 1e9 },
    { head: 'when', width: 16, cell: wall === undefined ? '–' : printable(wall.time.slice(0, 16).replace('T', ' ')), from: 0 },
    { head: 'up', width: 13, align: 'right', cell: up === undefined ? '–' : uptimeText(up), from: ROOMY },
    { head: 'who', width: 18, cut: 'middle', cell: printable(taskName(task?.comm, task?.pid) ?? ''), from: MEDIUM },
    { head: 'input', cut: 'middle', cell: printable(source), from: 0 },
    { head: 'kernel', width: 16, cut: 'middle', cell: span(printable(release ?? ''), 'dim'), from: ROOMY },
  ];
  const columns = all.filter(({ from }) => width >= from);
  const cells = columns.map(({ cell }) => cell);
  return { line: [' ', ...row(columns, widthsOf(columns, width - 2), cells)], source };
}
