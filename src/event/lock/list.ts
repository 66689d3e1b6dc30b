import type { Line } from '../../../grammars/common/line.ts';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { CHAIN, HELD, REPORT } from '../../../grammars/lock/lines.ts';
import type { Lock } from '../event.ts';
import { type Facts, recordAt } from '../facts/facts.ts';
import { Said } from '../facts/said.ts';
import { MAX_LOCKS } from '../facts/tables.ts';
import type { Place } from './nodes.ts';

/** The next line has the lock that the task wants, or has changed. */
const WANTED: ReadonlySet<Line> = new Set([
  REPORT.print_circular_bug_header_task,
  REPORT.print_bad_irq_dependency_task,
  REPORT.print_usage_bug_task,
  REPORT.print_irq_inversion_bug_task,
  REPORT.print_lock_invalid_wait_context_task,
]);
/** The next line has a lock that the task holds. */
const HOLDING: ReadonlySet<Line> = new Set([
  REPORT.print_freed_lock_bug_task,
  REPORT.print_circular_bug_header_held,
  REPORT.print_bad_irq_dependency_held,
  REPORT.print_irq_inversion_bug_taken,
  REPORT.print_unlock_imbalance_bug_none,
  REPORT.print_lock_nested_lock_not_held_missing,
]);
/** The line itself has the lock. */
const RELEASED: ReadonlySet<Line> = new Set([REPORT.print_unlock_imbalance_bug_task, REPORT.print_lock_contention_bug_task]);

/** What a line before a lock says of it. */
interface Announced {
  readonly role: Lock['role'];
  readonly by?: HeadNode;
}

/** Held locks, the lock that was asked for, and the links of the dependency chain, in the order printed; each with its records, its own line first. */
export function locksOf(facts: Facts, releasedAt?: Place): Said<Lock>[] {
  const locks: Said<Lock>[] = [];
  const say = (lock: Lock, ...lines: readonly number[]) =>
    locks.push(new Said(lock, [...new Set(lines.flatMap((line) => recordAt(facts.report, line)))]));
  let next: Announced = { role: undefined };
  let holder: Announced = { role: 'held' };
  for (const node of facts.heads) {
    if (locks.length >= MAX_LOCKS) break;
    if (WANTED.has(node.row)) next = { role: 'wanted', by: node };
    else if (HOLDING.has(node.row)) next = { role: 'held', by: node };
    else if (node.row === HELD.lockdep_print_held_locks) holder = { role: 'held', by: node };
    else if (RELEASED.has(node.row)) {
      const lock = lockOf(node, { role: undefined, by: node });
      say(releasedAt === undefined ? lock : { ...lock, at: releasedAt.frame }, node.line, releasedAt?.line ?? node.line);
    } else if (node.row === CHAIN.print_circular_bug_entry) {
      const stack = facts.stacks.find((s) => s.lines[0] === node.line && s.frames.length > 0);
      const lock = { ...lockOf(node, { role: 'chain' }), text: node.fields.text?.replace(/:$/, '') ?? '' };
      if (stack === undefined) say(lock, node.line);
      else say({ ...lock, frames: stack.frames }, ...stack.lines);
    } else if (node.row === HELD.print_lock) {
      const announced = node.values.depth === undefined ? next : holder;
      if (node.values.name !== undefined && !joined(locks.at(-1), node, facts))
        say(lockOf(node, announced), node.line, ...(announced.by === undefined ? [] : [announced.by.line]));
      if (node.values.depth === undefined) next = { role: undefined };
    }
  }
  return locks;
}

/** A symbolised log prints a lock once for each inlined callee, the place itself last. */
function joined(last: Said<Lock> | undefined, { values, frame, line }: HeadNode, { report }: Facts): boolean {
  const lock = last?.value;
  if (lock === undefined || lock.at !== undefined || frame === undefined || lock.name !== values.name || !lock.text.includes('at: [<'))
    return false;
  lock.at = frame;
  last?.records.push(...recordAt(report, line));
  return true;
}

/** What a line says of the lock that it names, and what the line before it said of the task. */
function lockOf({ fields, values, frame }: HeadNode, { role, by }: Announced): Lock {
  const { name, address, usage, depth } = values as Partial<Lock>;
  const { comm, pid } = (by?.values ?? {}) as Partial<Lock>;
  const lock: Lock = { text: fields.text ?? '' };
  if (role !== undefined) lock.role = role;
  if (name !== undefined) lock.name = name;
  if (address !== undefined) lock.address = address;
  if (usage !== undefined) lock.usage = usage;
  if (depth !== undefined) lock.depth = depth;
  if (pid !== undefined && comm !== undefined) lock.comm = comm;
  if (pid !== undefined) lock.pid = pid;
  if (frame !== undefined) lock.at = frame;
  return lock;
}
