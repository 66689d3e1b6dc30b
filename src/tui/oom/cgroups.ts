import type { Event, Oom } from '../../event/event.ts';
import { isUnlimited } from '../../event/oom/limit.ts';
import { cells, pad } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { recordOf, recordOfItem } from '../event/record-of.ts';
import { type EventContext, fixed, type Tab, type TabRow } from '../event/tab.ts';
import { bar } from '../line/bar.ts';
import { cutMiddle, type Line, type Span, span, widthOf } from '../line/line.ts';
import { percent, size } from '../line/numbers.ts';
import { MEDIUM, ROOMY } from '../screens/layout.ts';
import { type CgroupNode, cgroupTree } from './cgroup-tree.ts';
import { labelled } from './labelled.ts';

const LIMIT = 11;
const BAR = 12;

/** `    └ `: the lines of the tree before a name. */
function branches({ depth, lines, last }: CgroupNode): string {
  if (depth === 0) return '';
  return `${lines.map((end) => (end ? '  ' : '│ ')).join('')}${last ? '└' : '├'} `;
}

const limitText = ({ limit }: CgroupNode): Span =>
  limit === undefined ? span('not in log', 'dim') : { text: limit === 'none' ? 'no limit' : size(limit) };

/** Who was killed here, where the limit was hit. */
function marks({ roles, owner }: CgroupNode, { victims = [] }: Oom): Span[] {
  const killed = victims.slice(0, 2).map(({ comm, pid }) => `${printable(comm)} ${pid}`);
  const more = victims.length > 2 ? ` and ${victims.length - 2} more` : '';
  const names = [
    owner.pod === undefined ? undefined : `pod ${owner.pod}`,
    owner.container === undefined ? undefined : `container ${owner.container.slice(0, 12)}${owner.runtime ? ` (${owner.runtime})` : ''}`,
    owner.unit === undefined || owner.unit.endsWith('.slice') ? undefined : `unit ${owner.unit}`,
  ].filter((name) => name !== undefined);
  return [
    ...(roles.includes('oom_memcg') ? [span('◀ limit hit here (oom_memcg)', 'degraded')] : []),
    ...(roles.includes('task_memcg') ? [span(`${killed.length > 0 ? `✖ ${killed.join(', ')}${more} ` : ''}(task_memcg)`, 'fatal')] : []),
    ...(roles.includes('oom_group') ? [span('memory.oom.group: all killed', 'fatal')] : []),
    ...names.map((name) => span(printable(name), 'guess')),
  ];
}

interface Layout {
  readonly width: number;
  /** Cells of the names. */
  readonly names: number;
  /** The log tells the usage of groups below the limit. */
  readonly usage: boolean;
}

/** A group in a line; its marks on lines of their own where there is no room beside it. */
function nodeRows(node: CgroupNode, oom: Oom, { names, usage, width, seq }: Layout & { readonly seq: number | undefined }): TabRow[] {
  const before = branches(node);
  const name = cutMiddle(printable(node.name), Math.max(4, names - before.length));
  const limit = limitText(node);
  const whole = oom.limits?.memory?.limitKb;
  const share = node.usageKb !== undefined && whole !== undefined && !isUnlimited(whole) ? node.usageKb / whole : undefined;
  const shown = bar(share ?? 0, BAR);
  const drawn =
    width < ROOMY ? [] : ['  ', shown, ' '.repeat(BAR - cells(shown)), (share === undefined ? '' : percent(share, 1)).padStart(7)];
  const line = [
    ' ',
    span(before, 'dim'),
    span(pad(name, Math.max(0, names - before.length)), node.roles.length > 0 ? 'title' : undefined),
    ' '.repeat(Math.max(1, LIMIT - limit.text.length)),
    limit,
    ...(usage ? [(node.usageKb === undefined ? '–' : size(node.usageKb)).padStart(LIMIT)] : []),
    ...drawn,
  ];
  const base = { seq, yank: printable(node.path) };
  const indent = ` ${' '.repeat(Math.min(before.length, 12))}  `;
  const rows: Line[] = [line];
  for (const mark of marks(node, oom)) {
    const beside = [...rows.at(-1)!, '  ', mark];
    if (widthOf(beside) <= width) rows[rows.length - 1] = beside;
    else rows.push([indent, mark]);
  }
  return rows.map((row) => ({ line: row, ...base }));
}

const FIELDS = { oom_memcg: 'oomMemcg', task_memcg: 'taskMemcg', oom_group: 'oomGroup' } as const;

/** The line that names the group, or its own line of memory.stat. */
function seqOf({ roles: [role], path }: CgroupNode, event: Event): number | undefined {
  if (role !== undefined) return recordOf(event, `oom.cgroup.${FIELDS[role]}`);
  return recordOfItem(event, 'oom.memcgStat', Object.keys(event.oom?.memcgStat ?? {}).indexOf(path));
}

function treeRows(context: EventContext): TabRow[] {
  const { event, width } = context;
  const { oom } = event;
  const nodes = oom === undefined ? [] : cgroupTree(oom);
  if (oom === undefined || nodes.length === 0) return [];
  const longest = Math.max(...nodes.map((node) => cells(branches(node)) + cells(printable(node.name))));
  const usage = nodes.some(({ usageKb, roles }) => usageKb !== undefined && !roles.includes('oom_memcg'));
  const numbers = LIMIT + (usage ? LIMIT : 0);
  const names = Math.min(longest, width >= ROOMY ? 40 : width >= MEDIUM ? 34 : width - numbers - 4);
  const head = `${'cgroup'.padEnd(names)}${'limit'.padStart(LIMIT)}${usage ? 'usage'.padStart(LIMIT) : ''}`;
  return [
    { line: [' ', span(`${head}${width < ROOMY ? '' : '  share of the limit hit'}`, 'dim')], section: true },
    ...nodes.flatMap((node) => nodeRows(node, oom, { names, usage, width, seq: seqOf(node, event) })),
    { line: [] },
    ...ownerRows(oom, width),
    ...labelled('', 'Only limits printed in the log are known; others show "not in log".', width, { role: 'dim' }),
    ...(usage
      ? labelled('', 'Usage of groups below the limit is their own, without that of groups inside them.', width, { role: 'dim' })
      : []),
  ];
}

/** Whose the victim's group is, in full: the tree cuts long names. */
function ownerRows({ cgroup }: Oom, width: number): TabRow[] {
  const rows = [
    ['pod', cgroup?.pod],
    ['container', cgroup?.container],
    ['runtime', cgroup?.runtime],
    ['unit', cgroup?.unit],
  ] as const;
  return rows.flatMap(([label, text]) => (text === undefined ? [] : labelled(label, text, width, { role: 'guess' })));
}

/** The tree of the groups that the report names, where the limit was hit and where the victim lived. */
export const cgroupsTab: Tab = {
  name: 'Cgroups',
  short: 'Cgrp',
  rows: (context) => {
    const { view, event, width } = context;
    const rows = view.memo.of(event, 'oom-cgroups', `${width}`, () => treeRows(context));
    return rows.length === 0 ? undefined : fixed(rows);
  },
};
