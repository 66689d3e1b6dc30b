import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { address } from '../../../grammars/common/numbers.ts';
import type { Frame, Lock } from '../event.ts';
import type { Facts } from '../facts/facts.ts';

/** A machine-wide table (sysrq d, hung tasks) is longer than anyone reads; the records hold it whole. */
const MAX_LOCKS = 512;

/** What a line before a lock says of it. */
interface Announced {
  readonly role: Lock['role'];
  readonly comm?: string | undefined;
  readonly pid?: number | undefined;
}

/** Held locks, the lock that was asked for, and the links of the dependency chain, in the order printed. */
export function locksOf(facts: Facts, releasedAt?: Frame): Lock[] {
  const locks: Lock[] = [];
  let next: Announced = { role: undefined };
  let holder: Announced = { role: 'held' };
  for (const node of facts.nodes) {
    if (locks.length >= MAX_LOCKS) break;
    if (node.type === 'trace' && node.label.startsWith('-> #')) {
      const link = chainLink(node.label);
      const frames = facts.stacks.find((s) => s.label === node.label)?.frames;
      locks.push({ ...link, ...(frames === undefined || frames.length === 0 ? {} : { frames }) });
    }
    if (node.type !== 'head') continue;
    switch (node.rule) {
      case 'print_wanted':
        next = { role: 'wanted', ...who(node) };
        break;
      case 'print_holding':
        next = { role: 'held' };
        break;
      case 'print_freed_lock_bug':
        next = { role: 'held', ...who(node) };
        break;
      case 'print_unlock_imbalance_bug':
        locks.push({
          text: node.fields.text ?? '',
          ...(node.fields.name === undefined ? {} : { name: node.fields.name }),
          ...who(node),
          ...(releasedAt === undefined ? {} : { at: releasedAt }),
        });
        break;
      case 'lockdep_print_held_locks':
        holder = { role: 'held', ...who(node) };
        break;
      case 'print_lock':
        if (node.fields.name !== undefined && !joined(locks.at(-1), node))
          locks.push(lockOf(node, node.fields.depth === undefined ? next : holder));
        if (node.fields.depth === undefined) next = { role: undefined };
        break;
      default:
        break;
    }
  }
  return locks;
}

/** A symbolised log prints a lock once for each inlined callee, the place itself last. */
function joined(last: Lock | undefined, { fields, frame }: HeadNode): boolean {
  if (last === undefined || last.at !== undefined || frame === undefined || last.name !== fields.name || !last.text.includes('at: [<'))
    return false;
  last.at = frame;
  return true;
}

function lockOf({ fields, frame }: HeadNode, announced: Announced): Lock {
  const lock: Lock = { text: fields.text?.trim() ?? '' };
  if (announced.role !== undefined) lock.role = announced.role;
  if (fields.name !== undefined) lock.name = fields.name;
  if (fields.address !== undefined) lock.address = address(fields.address);
  if (fields.usage !== undefined) lock.usage = fields.usage;
  if (fields.depth !== undefined) lock.depth = Number(fields.depth);
  if (announced.comm !== undefined) lock.comm = announced.comm;
  if (announced.pid !== undefined) lock.pid = announced.pid;
  if (frame !== undefined) lock.at = frame;
  return lock;
}

/** `-> #2 (rtnl_mutex){+.+.}-{3:3}:` */
function chainLink(label: string): Lock {
  const m = /^-> #(\d+) \((.+)\)(\{[^}]*\}(?:-\{[^}]*\})?)?/.exec(label);
  const lock: Lock = { text: label, role: 'chain' };
  if (m?.[1] !== undefined) lock.depth = Number(m[1]);
  if (m?.[2] !== undefined) lock.name = m[2];
  if (m?.[3] !== undefined) lock.usage = m[3];
  return lock;
}

function who({ fields }: HeadNode): { comm?: string; pid?: number } {
  return fields.pid === undefined ? {} : { ...(fields.comm === undefined ? {} : { comm: fields.comm }), pid: Number(fields.pid) };
}
