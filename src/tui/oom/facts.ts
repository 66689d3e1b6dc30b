import type { Event, Oom } from '../../event/event.ts';
import { isUnlimited } from '../../event/oom/limit.ts';
import { taskName } from '../../event/task-name.ts';
import { printable } from '../../output/text/printable.ts';
import type { EventContext } from '../event/tab.ts';
import { between, cutMiddle, type Line, type Span, span, widthOf } from '../line/line.ts';
import { count, size } from '../line/numbers.ts';
import { isFull } from './limits.ts';

interface Fact {
  readonly label: string;
  readonly text: string;
  /** At the right end, where there is room. */
  readonly right?: readonly Span[];
  /** A path: its end says most, so it is cut in the middle. */
  readonly path?: boolean;
}

const LABEL = 11;

/** What is known of an OOM before its tables: whose limit, who died, who asked, what is missing; the most important first. */
export function oomFactLines({ event, width }: EventContext, most: number): Line[] {
  const { oom } = event;
  if (oom === undefined) return [];
  return [limitHit(oom), damage(event), asked(oom), killed(oom), killedIn(oom), allowed(oom), kernel(event)]
    .filter((fact) => fact !== undefined)
    .slice(0, most)
    .map((fact) => factLine(fact, width));
}

function factLine({ label, text, right = [], path = false }: Fact, width: number): Line {
  const room = width - LABEL - 2;
  const end = right.length === 0 ? 0 : widthOf(right) + 2;
  const fits = end > 0 && (path ? room - end >= 24 : room - end >= text.length);
  const shown = path ? cutMiddle(printable(text), fits ? room - end : room) : printable(text);
  const left: Line = [' ', span(label.padEnd(LABEL), 'label'), ' ', shown];
  return fits ? between(left, right, width - 1) : left;
}

const owner = (text: string | undefined, name: string): Span[] =>
  text === undefined ? [] : [span(`${name} ${printable(text)}`, 'guess'), span(' inferred', 'dim')];

function limitHit({ cgroup, limits }: Oom): Fact | undefined {
  if (cgroup?.oomMemcg === undefined) return undefined;
  const both = limits?.memorySwap;
  const [name, limitKb] = both !== undefined && isFull(both) ? ['memory+swap', both.limitKb] : ['memory', limits?.memory?.limitKb];
  const limit = limitKb === undefined ? 'limit not in log' : isUnlimited(limitKb) ? 'no memory limit' : `${name} limit ${size(limitKb)}`;
  return { label: 'Limit hit', text: cgroup.oomMemcg, path: true, right: [{ text: limit }] };
}

function killedIn({ cgroup }: Oom): Fact | undefined {
  const path = cgroup?.taskMemcg;
  if (path === undefined || path === '/') return undefined;
  const { container, pod, unit } = cgroup ?? {};
  const right =
    container !== undefined ? owner(container.slice(0, 12), 'container') : pod !== undefined ? owner(pod, 'pod') : owner(unit, 'unit');
  return { label: 'Killed in', text: path, path: true, right };
}

function asked({ trigger, constraint }: Oom): Fact | undefined {
  if (trigger === undefined) return undefined;
  const order = trigger.order === undefined ? undefined : trigger.order < 0 ? 'SysRq-f' : `order ${trigger.order}`;
  const text = [taskName(trigger.comm, trigger.pid), order, trigger.gfpFlags?.join('|') ?? trigger.gfpMask].filter(Boolean).join(', ');
  return { label: 'Asked', text, right: constraint === undefined ? [] : [{ text: printable(constraint) }] };
}

function killed({ victims = [], reaped = [] }: Oom): Fact | undefined {
  const [victim, ...others] = victims;
  if (victim === undefined) return undefined;
  const parts = [
    ['anon', victim.anonRssKb],
    ['file', victim.fileRssKb],
    ['shmem', victim.shmemRssKb],
  ] as const;
  const rss = parts.flatMap(([name, kb]) => (kb === undefined ? [] : [`${name} ${count(kb)} kB`])).join(', ');
  const text = [
    `${victim.comm}[${victim.pid}]`,
    rss,
    victim.oomScoreAdj === undefined ? '' : `adj ${victim.oomScoreAdj}`,
    reaped.some(({ pid }) => pid === victim.pid) ? 'reaped' : '',
  ];
  const more =
    others.length === 0
      ? ''
      : `; and ${others
          .slice(0, 4)
          .map(({ comm, pid }) => `${comm}[${pid}]`)
          .join(', ')}`;
  return {
    label: 'Killed',
    text: `${text.filter((part) => part !== '').join(', ')}${more}${others.length > 4 ? ` and ${others.length - 4} more` : ''}`,
  };
}

/** Which nodes the request was bound to. */
function allowed({ constraint, nodemask, cpuset, memsAllowed }: Oom): Fact | undefined {
  if (constraint === 'CONSTRAINT_CPUSET') return { label: 'Cpuset', text: `${cpuset ?? ''} allows memory of nodes ${memsAllowed ?? '?'}` };
  if (constraint === 'CONSTRAINT_MEMORY_POLICY') return { label: 'Policy', text: `memory policy allows nodes ${nodemask ?? '?'}` };
  return undefined;
}

const damage = ({ completeness, completenessReason }: Event): Fact | undefined =>
  completeness === 'complete' ? undefined : { label: 'Report', text: [completeness, completenessReason].filter(Boolean).join(': ') };

function kernel({ kernel: k, hardware }: Event): Fact | undefined {
  if (k?.release === undefined) return undefined;
  return {
    label: 'Kernel',
    text: [k.release, k.version].filter(Boolean).join(' '),
    right: hardware === undefined ? [] : [{ text: printable(hardware) }],
  };
}
