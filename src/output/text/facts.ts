import type { Details, Event } from '../../event/event.ts';
import { countText } from '../../event/oom/size-text.ts';
import { recordsOfAll } from '../../event/records-of.ts';
import { frameText } from './frame.ts';
import { printable } from './printable.ts';
import { type TimeStyle, wallText } from './wall-time.ts';

/** One labelled fact of an event; `guess` facts are inferred, and look it. */
export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly guess?: boolean;
  /** The records that say it; none for what was worked out. */
  readonly records: readonly number[];
}

/** A fact with the paths of the fields that it shows. */
type Row = Omit<Fact, 'records'> & { readonly of?: readonly string[] };

/** What is known of an event beside its stacks and registers, in reading order: when, who, on what, why, where. */
export function facts(event: Event, time: TimeStyle = { zone: 'utc' }): Fact[] {
  const { task, kernel, fault, completenessReason } = event;
  const rows: (Row | false | undefined)[] = [
    { label: 'when', text: when(event, time) },
    (task !== undefined || event.callerId !== undefined) && {
      label: 'who',
      text: who(event),
      of: ['task.comm', 'task.pid', 'task.cpu', 'task.uid'],
    },
    kernel && { label: 'kernel', text: [kernel.release, kernel.version].filter(Boolean).join(' '), of: ['kernel'] },
    event.hardware !== undefined && { label: 'machine', text: event.hardware, of: ['hardware'] },
    event.workqueue !== undefined && { label: 'workqueue', text: event.workqueue, of: ['workqueue'] },
    event.taint && { label: 'taint', text: taint(event), of: ['taint'] },
    fault && {
      label: 'fault',
      text: [fault.access, fault.address && `at ${fault.address}`, fault.errorCode && `error code ${fault.errorCode}`]
        .filter(Boolean)
        .join(', '),
      of: ['fault.access', 'fault.address', 'fault.errorCode'],
    },
    fault?.cause !== undefined && { label: 'cause', text: fault.cause, of: ['fault.cause'] },
    fault?.hint !== undefined && { label: 'hint', text: fault.hint, guess: true },
    event.at && { label: 'at', text: frameText(event.at), of: ['at'] },
    event.culprit && { label: 'culprit', text: frameText(event.culprit), guess: true, of: ['culprit'] },
    ...details(event),
    ...oom(event),
    event.completeness !== 'complete' && {
      label: 'report',
      text: `${event.completeness}${completenessReason ? `: ${completenessReason}` : ''}`,
    },
  ];
  return rows
    .filter((row): row is Row => !!row && row.text !== '')
    .map(({ of = [], ...row }) => ({ ...row, text: printable(row.text), records: recordsOfAll(event, of) }));
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

/** A list of words as words: what stands in brackets are records. */
function valueText(value: Details[string]): string {
  if (typeof value !== 'object') return String(value);
  return Array.isArray(value) && value.every((each) => typeof each !== 'object') ? value.join(', ') : JSON.stringify(value);
}

function details({ details: d }: Event): Row[] {
  return Object.entries(d ?? {}).map(([label, value]) => ({
    label,
    text: valueText(value),
    of: [`details.${label}`],
  }));
}

/** The short form of an OOM event; its tables are a view of their own. */
function oom({ oom: o }: Event): (Row | undefined)[] {
  if (!o) return [];
  const { trigger: t } = o;
  return [
    t && {
      label: 'asked',
      text: [t.comm, t.order === undefined ? undefined : `order ${t.order}`, t.gfpMask, t.gfpFlags?.join('|')].filter(Boolean).join(', '),
      of: ['oom.trigger'],
    },
    { label: 'constraint', text: o.constraint ?? '', of: ['oom.constraint'] },
    {
      label: 'cgroup',
      text: o.cgroup?.oomMemcg ?? o.cgroup?.taskMemcg ?? '',
      of: [`oom.cgroup.${o.cgroup?.oomMemcg === undefined ? 'taskMemcg' : 'oomMemcg'}`],
    },
    ...(o.victims ?? []).map((v, i) => ({
      label: 'killed',
      text: `${v.comm}, pid ${v.pid}${v.anonRssKb === undefined ? '' : `, anon ${countText(v.anonRssKb)} kB`}`,
      of: [`oom.victims.${i}`],
    })),
    o.cause && { label: 'verdict', text: o.cause.verdict, guess: true },
  ];
}
