import type { ReportNode } from '../../../grammars/common/nodes.ts';
import { parseStall } from '../../../grammars/stall/index.ts';
import type { Report } from '../../report/report.ts';
import { baseDraft, type Verdict } from './base.ts';
import type { Draft, Machinery, Naming } from './draft.ts';
import { blockText, type Facts, gather, headOf } from './facts.ts';
import { locksOf } from './lock-list.ts';
import { collectStacks, type OpenStack } from './stacks.ts';
import { hungCulprit, type StallCulprit, stallCulprit } from './stall-culprit.ts';
import { hungDetails, lockupDetails, number, rcuStallDetails, stalledCpus, stalledTasks } from './stall-details.ts';
import { type Dump, splitDumps, titledNodes } from './stall-dumps.ts';
import { sysrqDetails } from './stall-sysrq.ts';
import { workqueueDetails } from './stall-workqueue.ts';

const SKIP: readonly Machinery[] = ['sched', 'lock', 'locking', 'stall', 'rcu', 'printk', 'entry', 'trap'];
/** A frame that this family chose itself is guilty, whatever else it may be. */
const ALL: readonly Machinery[] = [
  'sanitizer',
  'die',
  'trap',
  'warn',
  'dump',
  'panic',
  'allocator',
  'slab',
  'page',
  'lock',
  'list',
  'refcount',
  'string',
  'usercopy',
  'printk',
  'debugobjects',
];

/** Time without progress, and what an operator asked to see. */
export function buildStall(report: Report): Draft {
  const parsed = parseStall(blockText(report));
  const dumps = splitDumps(parsed.nodes);
  const all = gather(report, parsed);
  const main = mainDump(report.form.name, all, dumps);
  const first = dumps[0] as Dump;
  const own: ReportNode[] = [
    ...first.nodes.filter((n) => n.type !== 'trace' || main === first),
    ...(main === undefined || main === first ? [] : main.nodes),
  ];
  const facts: Facts = {
    ...gather(report, { ...parsed, nodes: own }),
    heads: all.heads,
    nodes: all.nodes,
    // A dump beside the main one that was cut short leaves the report what it is.
    stacks: collectStacks(dumps.flatMap(titledNodes)).filter((s) => s.frames.length > 0 || isMain(s, main)),
  };
  const { extra, ...rest } = verdict(report.form.name, facts, dumps, main);
  const locks = locksOf(facts);
  const draft = baseDraft(NOBODYS.has(report.form.name) ? { ...facts, heads: [] } : facts, {
    ...rest,
    extra: { ...extra, ...(locks.length === 0 ? {} : { locks }) },
  });
  return judge(report, draft, rest.naming);
}

/** Forms whose tasks are a list, none of them the one that the event is about. */
const NOBODYS: ReadonlySet<string> = new Set(['workqueue', 'sysrq', 'sysrq-action']);

const isMain = (stack: OpenStack, main: Dump | undefined): boolean =>
  main !== undefined && (main.label === undefined ? stack.pid === main.pid : stack.label === main.label);

/** A stack of which only the waiting is left does not say who waits. */
function judge(report: Report, draft: Draft, naming: Naming): Draft {
  if (report.form.name !== 'hung' || draft.completeness !== 'complete' || naming.frames === undefined || naming.frames.length > 0)
    return draft;
  return { ...draft, completeness: 'truncated', completenessReason: 'the stack ends before it says who waits' };
}

/** The dump of whom the report is about. */
function mainDump(form: string, facts: Facts, dumps: readonly Dump[]): Dump | undefined {
  const [first] = dumps;
  const full = dumps.filter((d) => d.nodes.some((n) => n.type === 'frame'));
  const said = headOf(facts, 'check_hung_task', 'watchdog_timer_fn', 'watchdog_hardlockup_check')?.fields;
  if (form === 'hung') return full.find((d) => d === first || d.pid === number(said?.pid)) ?? first;
  if (form === 'rcu') {
    const cpus = stalledCpus(facts);
    const tasks = stalledTasks(facts);
    return (
      full.find((d) => d.kind === 'cpu' && d.cpu !== undefined && cpus.includes(d.cpu)) ??
      full.find((d) => d.pid !== undefined && tasks.includes(d.pid)) ??
      full.find((d) => d.kind === 'first' || d.kind === 'cpu') ??
      full.find((d) => d.kind === 'task') ??
      full.find((d) => d.kind === 'ran')
    );
  }
  return full.find((d) => d === first) ?? full.find((d) => d.cpu !== undefined && d.cpu === number(said?.cpu)) ?? full[0];
}

function verdict(form: string, facts: Facts, dumps: readonly Dump[], main: Dump | undefined): Verdict {
  const looped = (): Partial<Naming> & { skip: readonly Machinery[] } => {
    const culprit = main === undefined ? undefined : stallCulprit(main.nodes);
    return culprit === undefined ? { skip: SKIP } : { frames: culprit.frames, keep: ALL, skip: [] };
  };
  const named = (title: string, alt: string, culprit?: StallCulprit): Pick<Naming, 'title' | 'alt'> => ({
    title: `${title} in {f}`,
    alt: [`${alt} in {f}`, ...(culprit?.alias === undefined ? [] : [`${title} in ${culprit.alias}`, `${alt} in ${culprit.alias}`])],
  });
  const loopCulprit = main === undefined ? undefined : stallCulprit(main.nodes);
  switch (form) {
    case 'hung': {
      const culprit = main === undefined ? undefined : hungCulprit(main.nodes);
      return {
        kind: 'hung-task',
        severity: 'error',
        naming: { ...named('INFO: task hung', 'hang', culprit), keep: ALL, frames: culprit?.frames ?? [] },
        extra: { details: hungDetails(facts) },
      };
    }
    case 'soft':
      return {
        kind: 'soft-lockup',
        severity: 'error',
        naming: { ...named('BUG: soft lockup', 'stall', loopCulprit), ...looped() },
        extra: { details: lockupDetails(facts) },
      };
    case 'hard':
      return {
        kind: 'hard-lockup',
        severity: 'error',
        naming: { ...named('BUG: hard lockup', 'stall', loopCulprit), ...looped() },
        extra: { details: lockupDetails(facts) },
      };
    case 'workqueue': {
      const title = 'BUG: workqueue lockup';
      return {
        kind: 'workqueue-lockup',
        severity: 'error',
        naming: { title, bare: title, skip: SKIP },
        extra: { details: workqueueDetails(facts) },
      };
    }
    case 'sysrq':
    case 'sysrq-action': {
      const action = headOf(facts, '__handle_sysrq')?.fields.action ?? 'unknown';
      const title = `sysrq: ${action.replace(/[^\x20-\x7e]/g, '?').slice(0, 100)}`;
      const naming = { title, bare: title, frames: [] };
      return { kind: 'sysrq', severity: 'info', naming, extra: { details: sysrqDetails(facts, dumps, action) } };
    }
    default:
      return {
        kind: 'rcu-stall',
        severity: 'error',
        naming: { ...named('INFO: rcu detected stall', 'stall', loopCulprit), ...looped() },
        extra: { details: rcuStallDetails(facts) },
      };
  }
}
