import { cpuList } from '../../../grammars/common/fields.ts';
import type { Oom, OomLimits } from '../event.ts';

/** What oom_score_adj is a thousandth of: pages, and whether a term had to be assumed. */
export interface OomLimit {
  readonly pages: number;
  readonly inferred: boolean;
  readonly of: 'system' | 'cgroup' | 'nodes';
}

/** A cgroup without limit is printed as 2^63 bytes less a page. */
export const isUnlimited = (limitKb: number | undefined): boolean => limitKb === undefined || limitKb >= 2 ** 50;

/** `0-1,4` → 0, 1, 4; no mask is printed as `(null)`. */
export function nodesOf(list: string | undefined): ReadonlySet<number> | undefined {
  const nodes = cpuList(list ?? '');
  return nodes === undefined ? undefined : new Set(nodes);
}

/** mm/oom_kill.c constrained_alloc(): oc->totalpages for the constraint. Undefined where the report does not hold it. */
export function oomLimit(oom: Oom, isMemcg: boolean, pageKb: number): OomLimit | undefined {
  if (isMemcg) return memcgLimit(oom.limits, pageKb);
  const swapKb = oom.swap?.totalKb;
  const swap = (swapKb ?? 0) / pageKb;
  const nodes =
    oom.constraint === 'CONSTRAINT_MEMORY_POLICY'
      ? nodesOf(oom.nodemask)
      : oom.constraint === 'CONSTRAINT_CPUSET'
        ? nodesOf(oom.memsAllowed)
        : undefined;
  if (nodes !== undefined) {
    // node_present_pages(); spanned pages before 3.18
    const present = (oom.zones ?? []).filter((zone) => zone.node !== undefined && nodes.has(zone.node));
    const kb = present.reduce((sum, zone) => sum + (Number(zone.presentKb) || 0), 0);
    return kb > 0 ? { pages: Math.trunc(kb / pageKb + swap), inferred: swapKb === undefined, of: 'nodes' } : undefined;
  }
  const ram = oom.ram?.pages;
  if (ram !== undefined) {
    const pages = ram - (oom.ram?.reservedPages ?? 0);
    return { pages: Math.trunc(pages + swap), inferred: swapKb === undefined, of: 'system' };
  }
  const managed = (oom.zones ?? []).reduce((sum, zone) => sum + (Number(zone.managedKb ?? zone.presentKb) || 0), 0);
  return managed > 0 ? { pages: Math.trunc(managed / pageKb + swap), inferred: true, of: 'system' } : undefined;
}

/**
 * mm/memcontrol.c mem_cgroup_get_max(): the limit and as much swap as the cgroup may use, no more than the machine has. No line of such
 * a report says how much that is: what is in use is the least it can be.
 */
function memcgLimit(limits: OomLimits | undefined, pageKb: number): OomLimit | undefined {
  const { memory, memorySwap, swap } = limits ?? {};
  const limitKb = memory?.limitKb;
  if (limitKb === undefined || isUnlimited(Math.min(limitKb, memorySwap?.limitKb ?? limitKb))) return undefined;
  const allowedKb = memorySwap?.limitKb === undefined ? (swap?.limitKb ?? 0) : Math.max(memorySwap.limitKb - limitKb, 0);
  const usedKb = memorySwap?.usageKb === undefined ? (swap?.usageKb ?? 0) : Math.max(memorySwap.usageKb - (memory?.usageKb ?? 0), 0);
  return { pages: Math.trunc((limitKb + Math.min(allowedKb, usedKb)) / pageKb), inferred: allowedKb > 0, of: 'cgroup' };
}
