import type { Event } from '../../event/event.ts';
import { isUnlimited } from '../../event/oom/limit.ts';
import { recordsOf } from '../../event/records-of.ts';
import { type Column, count, NO_TABLE, share, type TableLines, tableLines } from './table.ts';

const COLUMNS: readonly Column[] = [{ head: 'MEMORY' }, { head: 'kB', align: 'right' }, { head: 'SHARE', align: 'right' }];

/** What memory was used for. */
export interface Part {
  readonly name: string;
  readonly kb: number;
}

/** Where the memory is, greatest part first, and what is in no counter; empty where the report does not say. */
export function memoryParts({ oom }: Event): { readonly parts: readonly Part[]; readonly totalKb: number } {
  const { parts = [], totalKb = 0, unaccountedKb = 0 } = oom?.usage ?? {};
  const rest = unaccountedKb > 0 ? [{ name: 'in no counter', kb: unaccountedKb }] : [];
  return { parts: [...[...parts].sort((a, b) => b.kb - a.kb), ...rest].filter(({ kb }) => kb > 0), totalKb };
}

/** The same as a table, with the whole. */
export function memoryLines(event: Event): TableLines {
  const usage = event.oom?.usage;
  if (usage === undefined) return NO_TABLE;
  const { totalKb, unaccountedKb } = usage;
  const parts = usage.parts.map((part, i) => ({ ...part, seq: recordsOf(event, `oom.usage.parts.${i}`)[0] })).sort((a, b) => b.kb - a.kb);
  const rest =
    unaccountedKb === undefined || unaccountedKb === 0
      ? []
      : [{ name: unaccountedKb > 0 ? 'in no counter' : 'counted twice', kb: unaccountedKb }];
  const rows = [...parts, ...rest].map(({ name, kb }) => [name, count(kb), share(kb, totalKb)]);
  return tableLines(
    COLUMNS,
    rows,
    parts.map(({ seq }) => seq),
    [usage.scope === 'cgroup' ? 'usage of the cgroup' : 'RAM', count(totalKb), share(totalKb, totalKb)],
  );
}

const LIMITS: readonly Column[] = [
  { head: 'COUNTER' },
  { head: 'USAGE kB', align: 'right' },
  { head: 'LIMIT kB', align: 'right' },
  { head: 'FAILCNT', align: 'right' },
];
const NAMES = { memory: 'memory', memorySwap: 'memory+swap', swap: 'swap', kmem: 'kernel memory' } as const;

/** The memory cgroup's counters. */
export function limitLines(event: Event): TableLines {
  const keys = (Object.keys(NAMES) as (keyof typeof NAMES)[]).filter((key) => event.oom?.limits?.[key] !== undefined);
  if (keys.length === 0) return NO_TABLE;
  const rows = keys.map((key) => {
    const limit = event.oom?.limits?.[key] ?? {};
    const bound = limit.limitKb !== undefined && isUnlimited(limit.limitKb) ? 'none' : count(limit.limitKb);
    return [NAMES[key], count(limit.usageKb), bound, count(limit.failcnt)];
  });
  return tableLines(
    LIMITS,
    rows,
    keys.map((key) => recordsOf(event, `oom.limits.${key}`)[0]),
  );
}
