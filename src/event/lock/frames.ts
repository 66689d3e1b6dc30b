import { anyOf } from '../../../grammars/common/pattern.ts';
import { CHAIN, CONTEXTS } from '../../../grammars/lock/lines.ts';
import type { Frame, Lock } from '../event.ts';
import { type Facts, lineOf } from '../facts/facts.ts';
import { isHistory, titleRow } from './nodes.ts';

/** The stack of the report itself: what dump_stack() printed, as against what lockdep remembers. */
export function ownStack({ stacks, report }: Facts): readonly Frame[] {
  const first = stacks.find((s) => !isHistory(s, report) && s.frames.length > 0);
  if (first === undefined) return [];
  return stacks.filter((s) => s.trace === first.trace && !isHistory(s, report)).flatMap((s) => s.frames);
}

/**
 * Where to look for who broke the lock's rule: first where the lock was taken (`at:`), then where the task took the lock that it holds
 * already, then the report's stack; a cut report has only the chain's last link. Where an interrupt-safe lock waits for an unsafe one, the interrupt that takes it is to blame.
 */
export function guiltyFrames(facts: Facts, locks: readonly Lock[]): Frame[] {
  const stack = ownStack(facts);
  const safe = facts.stacks.find((s) => titleRow(s, facts.report) === CHAIN.print_bad_irq_dependency_safe);
  if (safe !== undefined && safe.frames.length > 0) return [...safe.frames, ...stack];
  const asked =
    locks.find((l) => l.role === 'wanted') ??
    locks.find((l) => l.role === undefined && l.at !== undefined) ??
    locks.find((l) => l.role === 'held');
  const link = stack.length > 0 ? [] : (locks.find((l) => l.role === 'chain' && l.depth === 0)?.frames ?? []);
  const held = asked?.role === 'wanted' ? heldAlready(locks)?.at : undefined;
  return [...(asked?.at === undefined ? [] : [asked.at]), ...(held === undefined ? [] : [held]), ...stack, ...link];
}

/** The lock behind `but task is already holding lock:`, as against the list of all that are held. */
const heldAlready = (locks: readonly Lock[]): Lock | undefined => locks.find(({ role, depth }) => role === 'held' && depth === undefined);

/** The link of the chain by which the lock that is held leads to the wanted one: who took both the other way round. */
export const otherSide = (locks: readonly Lock[]): readonly Frame[] => locks.find(({ role }) => role === 'chain')?.frames ?? [];

/** Allocators may sleep, and so may what frees virtual mappings, so whoever called them in the wrong context is to blame. What makes a socket buffer is blamed itself. */
const ALLOCATORS = new RegExp(
  `^${
    anyOf(
      String.raw`_*k(?:v?[mzc]|v)alloc\w*|_*kmalloc_\w+|_*vmalloc\w*`,
      String.raw`_*kmem_cache_\w+|_*slab_\w+`,
      String.raw`_*alloc_(?:frozen_)?pages?\w*|prepare_alloc_pages|_*folio_alloc\w*`,
      String.raw`fs_reclaim\w*|might_alloc`,
      String.raw`_*k?vfree\w*|_*vunmap\w*|iounmap|vm_unmap_\w+|dma_(?:common_)?free_\w+|dma_direct_free|unmap_kernel_range\w*`,
    ).source
  }$`,
);

/** Where the code did what its context forbids. */
export function contextFrames(facts: Facts): Frame[] {
  const last = lineOf(facts, CONTEXTS.process_one_work_function)?.frame;
  if (last !== undefined) return [last];
  const caller = lineOf(facts, CONTEXTS.check_preemption_disabled_caller)?.frame;
  const stack = ownStack(facts).filter((f) => f.symbol === undefined || !ALLOCATORS.test(f.symbol));
  return caller === undefined ? stack : [caller, ...stack];
}
