import { PANICS } from '../../../grammars/bug/panic-lines.ts';
import type { Line } from '../../../grammars/common/line.ts';
import { CONTEXTS, HELD, REPORT, TITLES } from '../../../grammars/lock/lines.ts';
import type { Report } from '../../report/report.ts';
import type { Lock } from '../event.ts';
import { baseDraft, type Verdict } from '../facts/base.ts';
import type { Draft, Machinery } from '../facts/draft.ts';
import { type Facts, gather, lineOf, readReport, said } from '../facts/facts.ts';
import type { Sayable } from '../facts/said.ts';
import { contextDetails, lockdepDetails, rcuDetails, spinDetails, titleOf } from './details.ts';
import { contextFrames, guiltyFrames, otherSide, ownStack } from './frames.ts';
import { locksOf } from './list.ts';
import { type LockNodes, tidyNodes } from './nodes.ts';
import { contextTitle, lockdepTitle } from './title.ts';

const SKIP: readonly Machinery[] = ['lock', 'locking', 'sched', 'usercopy'];

/** lock_sock() sleeps itself, so for these reports sleeping locks are suspects and not skipped. */
const WAITERS: readonly Machinery[] = ['lock', 'sched', 'usercopy', 'stall'];

/** What may sleep by itself is where it happened: an allocator, a fault on a program's memory, console_lock(). */
const SLEEPERS: readonly Machinery[] = ['allocator', 'trap', 'printk'];

/** Lock rules broken, and code in a context that forbids what it does. */
export function buildLock(report: Report): Draft {
  const parsed = readReport(report);
  const tidy = tidyNodes(parsed.nodes, report);
  const facts = gather(report, { ...parsed, nodes: tidy.nodes });
  const locks = locksOf(facts, tidy.releasedAt);
  const { extra, ...rest } = verdict(
    facts,
    locks.map((lock) => lock.value),
    tidy,
  );
  const fatal = lineOf(facts, PANICS.panic) !== undefined;
  const kernel = kernelOf(facts);
  const draft = baseDraft(
    { ...facts, nodes: parsed.nodes },
    {
      ...rest,
      severity: fatal ? 'fatal' : rest.severity,
      // lockdep prints the release itself; in a report without a stack no other line does
      extra: { ...extra, ...(facts.cpu === undefined && kernel !== undefined ? { kernel } : {}), ...(locks.length === 0 ? {} : { locks }) },
    },
  );
  return mixesTasks(facts)
    ? { ...draft, completeness: 'interleaved', completenessReason: 'the report names one task, the stack in it belongs to another' }
    : draft;
}

function kernelOf(facts: Facts): Sayable<NonNullable<Draft['kernel']>> | undefined {
  const { release, version } = said(facts, REPORT.print_kernel_ident) ?? {};
  return release === undefined ? undefined : { release, ...(version === undefined ? {} : { version }) };
}

function verdict(facts: Facts, locks: readonly Lock[], tidy: LockNodes): Verdict {
  const { report } = facts;
  const row = report.lines[report.headIndex]?.line;
  switch (report.form.name) {
    case 'atomic':
    case 'leaked': {
      const using = said(facts, CONTEXTS.check_preemption_disabled)?.function?.value;
      const title = contextTitle(row, using, said(facts, CONTEXTS.__cant_sleep)?.what?.value);
      const naming = {
        title,
        frames: contextFrames(facts),
        skip: using === undefined ? WAITERS : [...SKIP, 'stall' as const],
        keep: SLEEPERS,
      };
      return { kind: 'atomic-context', severity: 'error', naming, extra: { details: contextDetails(facts, tidy.disabledAt) } };
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
        extra: { details: rcuDetails(facts) },
      };
    case 'spinlock': {
      const what = said(facts, CONTEXTS.spin_bug)?.what?.value ?? 'spinlock';
      const naming = { title: `BUG: ${what} in {f}`, frames: ownStack(facts), skip: SKIP };
      return { kind: 'spinlock-debug', severity: 'error', naming, extra: { details: spinDetails(facts) } };
    }
    case 'limit': {
      const what = titleOf(facts)?.what?.value ?? 'lockdep is turned off';
      const title = `BUG: ${what.replace(/\b(?:0x)?[0-9a-f]{8,16}\b/g, 'ADDR')}`;
      return {
        kind: 'lockdep',
        severity: 'warning',
        naming: { title, bare: title, skip: SKIP },
        extra: { details: lockdepDetails(facts) },
      };
    }
    default: {
      const title = titleOf(facts);
      const naming = {
        ...lockdepTitle(row, title?.what?.value ?? '', title?.level?.value ?? 'WARNING'),
        frames: guiltyFrames(facts, locks),
        beside: otherSide(locks),
        skip: SKIP,
        keep: takersOf(row, locks),
      };
      return { kind: 'lockdep', severity: 'warning', naming, extra: { details: lockdepDetails(facts) } };
    }
  }
}

/**
 * Who takes a lock for nobody else: a lock that is left held was taken by whoever stands at it, an inline function of a header as well;
 * the consoles' lock is taken by what hands out consoles, where printk()'s is taken for whoever prints.
 */
function takersOf(row: Line | undefined, locks: readonly Lock[]): readonly Machinery[] | undefined {
  if (row !== undefined && LEFT_HELD.has(row)) return ['helper'];
  return locks.find(({ role }) => role === 'wanted')?.at?.symbol?.startsWith('console_') ? ['printk'] : undefined;
}
const LEFT_HELD: ReadonlySet<Line> = new Set([TITLES.print_held_locks_bug, TITLES.lockdep_sys_exit]);

/** Lines that name the task that the report is about. */
const NAMING: ReadonlySet<Line> = new Set([
  REPORT.print_circular_bug_header_task,
  REPORT.print_bad_irq_dependency_task,
  REPORT.print_usage_bug_task,
  REPORT.print_irq_inversion_bug_task,
  REPORT.print_lock_invalid_wait_context_task,
  REPORT.print_unlock_imbalance_bug_task,
  REPORT.print_lock_contention_bug_task,
  REPORT.print_freed_lock_bug_task,
  REPORT.lockdep_sys_exit_task,
  HELD.lockdep_print_held_locks,
  CONTEXTS.__schedule_bug,
  CONTEXTS.schedule_debug,
  CONTEXTS.check_preemption_disabled,
  CONTEXTS.__might_resched_state,
  CONTEXTS.process_one_work,
  CONTEXTS.spin_bug,
]);

/** Two CPUs printed at once without caller ids: the first CPU line is that of another task than the report's. */
function mixesTasks(facts: Facts): boolean {
  const named = facts.heads.find((h) => NAMING.has(h.row) && h.values.pid !== undefined);
  return named !== undefined && facts.cpu?.pid !== undefined && facts.cpu.pid !== named.values.pid;
}
