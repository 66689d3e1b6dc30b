import type { Event } from '../../event/event.ts';
import { countText } from '../../event/oom/size-text.ts';
import { frameText } from './frame.ts';
import { printable } from './printable.ts';
import { type TimeStyle, wallText } from './wall-time.ts';

/** One labelled fact of an event; `guess` facts are inferred, and look it. */
export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly guess?: boolean;
}

/** What is known of an event beside its stacks and registers, in reading order: when, who, on what, why, where. */
export function facts(event: Event, time: TimeStyle = { zone: 'utc' }): Fact[] {
  const { task, kernel, fault, completenessReason } = event;
  const rows: (Fact | false | undefined)[] = [
    { label: 'when', text: when(event, time) },
    (task !== undefined || event.callerId !== undefined) && { label: 'who', text: who(event) },
    kernel && { label: 'kernel', text: [kernel.release, kernel.version].filter(Boolean).join(' ') },
    event.hardware !== undefined && { label: 'machine', text: event.hardware },
    event.workqueue !== undefined && { label: 'workqueue', text: event.workqueue },
    event.taint && { label: 'taint', text: taint(event) },
    fault && {
      label: 'fault',
      text: [fault.access, fault.address && `at ${fault.address}`, fault.errorCode && `error code ${fault.errorCode}`]
        .filter(Boolean)
        .join(', '),
    },
    fault?.cause !== undefined && { label: 'cause', text: fault.cause },
    fault?.hint !== undefined && { label: 'hint', text: fault.hint, guess: true },
    event.at && { label: 'at', text: frameText(event.at) },
    event.culprit && { label: 'culprit', text: frameText(event.culprit), guess: true },
    ...details(event),
    ...oom(event),
    event.completeness !== 'complete' && {
      label: 'report',
      text: `${event.completeness}${completenessReason ? `: ${completenessReason}` : ''}`,
    },
  ];
  return rows.filter((row): row is Fact => !!row && row.text !== '').map((row) => ({ ...row, text: printable(row.text) }));
}

function when({ uptime, boot, wall }: Event, time: TimeStyle): string {
  const up = uptime === undefined ? undefined : `[${uptime.toFixed(6).padStart(12)}]`;
  return [up, wall && wallText(wall, time), boot > 0 ? `boot ${boot}` : undefined].filter(Boolean).join('  ');
}

function who({ task, callerId }: Event): string {
  const part = (name: string, value: string | number | undefined): string | undefined =>
    value === undefined ? undefined : `${name} ${value}`;
  return [task?.comm, part('pid', task?.pid), part('CPU', task?.cpu), part('uid', task?.uid), part('caller', callerId)]
    .filter((p) => p !== undefined)
    .join(', ');
}

const taint = ({ taint: t }: Event): string => (t?.flags ?? []).map((f) => `${f.letter} ${f.meaning}`).join('; ');

function details({ details: d }: Event): Fact[] {
  return Object.entries(d ?? {}).map(([label, value]) => ({
    label,
    text: typeof value === 'object' ? JSON.stringify(value) : String(value),
  }));
}

/** The short form of an OOM event; its tables are a view of their own. */
function oom({ oom: o }: Event): (Fact | undefined)[] {
  if (!o) return [];
  const { trigger: t } = o;
  return [
    t && {
      label: 'asked',
      text: [t.comm, t.order === undefined ? undefined : `order ${t.order}`, t.gfpMask, t.gfpFlags?.join('|')].filter(Boolean).join(', '),
    },
    { label: 'constraint', text: o.constraint ?? '' },
    { label: 'cgroup', text: o.cgroup?.oomMemcg ?? o.cgroup?.taskMemcg ?? '' },
    ...(o.victims ?? []).map((v) => ({
      label: 'killed',
      text: `${v.comm}, pid ${v.pid}${v.anonRssKb === undefined ? '' : `, anon ${countText(v.anonRssKb)} kB`}`,
    })),
    o.cause && { label: 'verdict', text: o.cause.verdict, guess: true },
  ];
}
