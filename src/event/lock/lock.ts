import type { Report } from '../../report/report.ts';
import type { Lock } from '../event.ts';
import { baseDraft, type Verdict } from '../facts/base.ts';
import type { Draft, Machinery } from '../facts/draft.ts';
import { type Facts, gather, headOf, readReport } from '../facts/facts.ts';
import { contextDetails, lockdepDetails, rcuDetails, spinDetails } from './details.ts';
import { contextFrames, guiltyFrames, ownStack } from './frames.ts';
import { locksOf } from './list.ts';
import { type LockNodes, tidyNodes } from './nodes.ts';
import { contextTitle, lockdepTitle } from './title.ts';

const SKIP: readonly Machinery[] = ['lock', 'locking', 'sched', 'usercopy'];

/** What sleeps where it must not may be lock_sock(): a lock that sleeps is what it is about. */
const WAITERS: readonly Machinery[] = ['lock', 'sched', 'usercopy', 'stall'];

/** Lock rules broken, and code in a context that forbids what it does. */
export function buildLock(report: Report): Draft {
  const parsed = readReport(report);
  const tidy = tidyNodes(parsed.nodes);
  const facts = gather(report, { ...parsed, nodes: tidy.nodes });
  const locks = locksOf(facts, tidy.releasedAt);
  const { extra, ...rest } = verdict(facts, locks, tidy);
  const fatal = headOf(facts, 'panic') !== undefined;
  const draft = baseDraft(facts, {
    ...rest,
    severity: fatal ? 'fatal' : rest.severity,
    extra: { ...extra, ...(locks.length === 0 ? {} : { locks }) },
  });
  return mixesTasks(facts)
    ? { ...draft, completeness: 'interleaved', completenessReason: 'the report names one task, the stack in it belongs to another' }
    : draft;
}

function verdict(facts: Facts, locks: readonly Lock[], tidy: LockNodes): Verdict {
  const { report } = facts;
  const text = report.lines[report.headIndex]?.text ?? '';
  switch (report.form.name) {
    case 'atomic':
    case 'leaked': {
      const using = headOf(facts, 'check_preemption_disabled')?.fields.function;
      const title = contextTitle(text, using, headOf(facts, '__cant_sleep')?.fields.what);
      const naming = {
        title,
        frames: contextFrames(facts),
        skip: using === undefined ? WAITERS : [...SKIP, 'stall' as const],
        keep: ['allocator', 'trap'] as const,
      };
      return { kind: 'atomic-context', severity: 'error', naming, extra: detailed(contextDetails(facts, tidy.disabledAt)) };
    }
    case 'rcu':
      return {
        kind: 'rcu-usage',
        severity: 'warning',
        naming: {
          title: 'WARNING: suspicious RCU usage in {f}',
          bare: 'WARNING: suspicious RCU usage',
          alt: ['INFO: suspicious RCU usage in {f}', 'WARNING: suspicious RCU usage'],
          frames: ownStack(facts),
          skip: [...SKIP, 'rcu'],
        },
        extra: detailed(rcuDetails(facts)),
      };
    case 'spinlock': {
      const what = headOf(facts, 'spin_bug')?.fields.what ?? 'spinlock';
      const naming = { title: `BUG: ${what} in {f}`, frames: ownStack(facts), skip: SKIP };
      return { kind: 'spinlock-debug', severity: 'error', naming, extra: detailed(spinDetails(facts)) };
    }
    case 'limit': {
      const title = text.trim().replace(/\b(?:0x)?[0-9a-f]{8,16}\b/g, 'ADDR');
      return { kind: 'lockdep', severity: 'warning', naming: { title, bare: title, skip: SKIP }, extra: detailed(lockdepDetails(facts)) };
    }
    default: {
      const said = headOf(facts, 'lockdep_head')?.fields;
      const what = said?.what ?? text.replace(/^\W*(?:BUG|WARNING|INFO): /, '');
      const naming = { ...lockdepTitle(what, said?.level ?? 'WARNING'), frames: guiltyFrames(facts, locks), skip: SKIP };
      return { kind: 'lockdep', severity: 'warning', naming, extra: detailed(lockdepDetails(facts)) };
    }
  }
}

const detailed = (details: NonNullable<Draft['details']>): Verdict['extra'] =>
  Object.keys(details).length === 0 ? undefined : { details };

/** Heads that name the task which the report is about. */
const NAMING = [
  'print_wanted',
  'print_unlock_imbalance_bug',
  'print_freed_lock_bug',
  'lockdep_sys_exit',
  'lockdep_print_held_locks',
  '__schedule_bug',
  'check_preemption_disabled',
  'in_atomic',
  'process_one_work',
  'spin_bug',
];

/** Two CPUs printed at once without caller ids: the first CPU line is another task's than the one the report is about. */
function mixesTasks(facts: Facts): boolean {
  const named = facts.heads.find((h) => NAMING.includes(h.rule) && h.fields.pid !== undefined);
  return named !== undefined && facts.cpu?.pid !== undefined && facts.cpu.pid !== Number(named.fields.pid);
}
