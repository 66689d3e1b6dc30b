import type { Oom } from '../../event/event.ts';
import { isUnlimited } from '../../event/oom/limit.ts';
import { type Column, count, share, tableLines } from './table.ts';

const COLUMNS: readonly Column[] = [{ head: 'MEMORY' }, { head: 'kB', align: 'right' }, { head: 'SHARE', align: 'right' }];

/** Where the memory is, greatest part first, what is unaccounted, and the whole. */
export function memoryLines({ usage }: Oom): string[] {
  if (usage === undefined) return [];
  const { totalKb, unaccountedKb } = usage;
  const parts = [...usage.parts].sort((a, b) => b.kb - a.kb);
  const rest =
    unaccountedKb === undefined || unaccountedKb === 0
      ? []
      : [{ name: unaccountedKb > 0 ? 'in no counter' : 'counted twice', kb: unaccountedKb }];
  const rows = [...parts, ...rest].map(({ name, kb }) => [name, count(kb), share(kb, totalKb)]);
  return tableLines(COLUMNS, rows, [usage.scope === 'cgroup' ? 'usage of the cgroup' : 'RAM', count(totalKb), share(totalKb, totalKb)]);
}

const LIMITS: readonly Column[] = [
  { head: 'COUNTER' },
  { head: 'USAGE kB', align: 'right' },
  { head: 'LIMIT kB', align: 'right' },
  { head: 'FAILCNT', align: 'right' },
];
const NAMES = { memory: 'memory', memorySwap: 'memory+swap', swap: 'swap', kmem: 'kernel memory' } as const;

/** The memory cgroup's counters. */
export function limitLines({ limits }: Oom): string[] {
  const rows = Object.entries(NAMES).flatMap(([key, name]) => {
    const limit = limits?.[key as keyof typeof NAMES];
    if (!limit) return [];
    const bound = limit.limitKb !== undefined && isUnlimited(limit.limitKb) ? 'none' : count(limit.limitKb);
    return [[name, count(limit.usageKb), bound, count(limit.failcnt)]];
  });
  return rows.length > 0 ? tableLines(LIMITS, rows) : [];
}
