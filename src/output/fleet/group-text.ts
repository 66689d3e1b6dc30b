import { taskName } from '../../event/task-name.ts';
import type { FleetGroup, FleetMember } from '../../fleet/fleet.ts';
import { wrap } from '../text/cells.ts';
import type { IncidentTextOptions } from '../text/incident-text.ts';
import { printable } from '../text/printable.ts';
import { uptimeText } from '../text/uptime.ts';
import { dateText } from '../text/wall-time.ts';
import { count, namesText, sharesText } from './words.ts';

const LABEL = 12;
/** Of each list as many as a line or two hold. */
const MEMBERS = 3;
const NAMES = 4;

/** What is known of one signature, to be read beside the table. */
export function groupLines(group: FleetGroup, read: number, options: IncidentTextOptions): string[] {
  const { width, paint } = options;
  const facts: readonly (readonly [label: string, text: string | undefined])[] = [
    ['seen', `in ${group.inputs} of ${count(read, 'input')}${group.incidents > group.inputs ? `, ${group.incidents} times` : ''}`],
    ['stack', stackText(group)],
    ['variants', variantsText(group)],
    ['new in', newInText(group)],
    [
      'kernels',
      group.kernels
        .map(({ name, inputs, of }) => `${name} ${inputs} of ${of}`)
        .slice(-NAMES)
        .join(', '),
    ],
    ['taint', sharesText(group.taint, 8)],
    ['hardware', sharesText(group.hardware, 2)],
    ['hosts', group.hosts.length > 1 ? namesText(group.hosts, NAMES) : undefined],
    ...group.together.slice(0, 2).map((other) => ['together', togetherText(other)] as const),
    ...group.members.slice(0, MEMBERS).map((member) => ['newest', memberText(member, options)] as const),
  ];
  const shown = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '');
  const title = wrap(printable(`${group.hash.slice(0, 8)}  ${group.title}`.trim()), width);
  return [
    ...title.map((line) => paint('title', line)),
    ...shown.flatMap(([label, text], n) =>
      wrap(printable(text), width - LABEL).map((line, i) => {
        const name = i === 0 && shown[n - 1]?.[0] !== label ? label : '';
        return `  ${paint('label', name.padEnd(LABEL - 2))}${line}`;
      }),
    ),
  ];
}

/** Callees first, as a trace prints them. */
const stackText = ({ culprit, stack: [first, ...callers] }: FleetGroup): string =>
  [culprit ?? first ?? '', ...callers].filter(Boolean).join(' <- ');

const variantsText = ({ variants }: FleetGroup): string | undefined =>
  variants.length < 2 ? undefined : `${variants.length} by their callers (${variants.map(({ inputs }) => inputs).join(' + ')})`;

function newInText({ newIn }: FleetGroup): string | undefined {
  if (newIn === undefined) return undefined;
  const { before, earlier } = newIn;
  const others = earlier > before.inputs ? `, of ${earlier} on all earlier ones` : '';
  return `${newIn.name}: ${newIn.inputs} of ${newIn.of}; none of ${before.inputs} on ${before.name}${others}`;
}

function togetherText({ name, inputs, percent, untimed }: FleetGroup['together'][number]): string {
  const near = untimed === 0 ? 'within 5 min' : untimed === inputs ? 'when is not known' : `within 5 min, ${untimed} without times`;
  return `${percent} % (${inputs}) also show ${name}, ${near}`;
}

function memberText({ host, wall, uptime, task, source, incident }: FleetMember, { time }: IncidentTextOptions): string {
  const when = wall === undefined ? undefined : dateText(wall.time, time);
  return [
    host,
    when,
    uptime === undefined ? undefined : `up ${uptimeText(uptime)}`,
    taskName(task?.comm, task?.pid),
    `${source}${incident === undefined ? '' : ` ${incident}`}`,
  ]
    .filter((part) => part !== undefined)
    .join('  ');
}
