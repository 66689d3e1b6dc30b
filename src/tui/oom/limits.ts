import type { Event, Oom, OomLimits } from '../../event/event.ts';
import { isUnlimited } from '../../event/oom/limit.ts';
import { recordOf } from '../event/record-of.ts';
import type { TabRow } from '../event/tab.ts';
import { span } from '../line/line.ts';
import { count } from '../line/numbers.ts';
import { numberIn, sum } from './units.ts';

type Limit = NonNullable<OomLimits['memory']>;

const OTHERS = [
  ['memorySwap', 'memory+swap'],
  ['swap', 'swap'],
  ['kmem', 'kmem'],
] as const;

/** `40,960 kB of 40,960 kB  failcnt 20`. */
export function limitText({ usageKb, limitKb, failcnt }: Limit): string {
  const used = usageKb === undefined ? 'usage not in log' : `${count(usageKb)} kB`;
  const of = limitKb === undefined ? '' : isUnlimited(limitKb) ? ', no limit' : ` of ${count(limitKb)} kB`;
  return `${used}${of}${failcnt === undefined ? '' : `  failcnt ${count(failcnt)}`}`;
}

/** The counter was at its limit when the report was printed. */
export const isFull = ({ usageKb, limitKb }: Limit): boolean =>
  usageKb !== undefined && limitKb !== undefined && !isUnlimited(limitKb) && limitKb > 0 && usageKb >= limitKb;

/** The cgroup's other counters, or the machine's swap; how well reclaim did. */
export function limitRows(event: Event): TabRow[] {
  const { limits, swap } = event.oom ?? {};
  const counters = OTHERS.flatMap(([key, name]): TabRow[] => {
    const limit = limits?.[key];
    if (limit === undefined) return [];
    const hit = isFull(limit) ? span('  ◀ limit hit here', 'degraded') : '';
    return [{ line: [' ', span(name.padEnd(11), 'label'), '  ', limitText(limit), hit], seq: recordOf(event, `oom.limits.${key}`) }];
  });
  const machine =
    swap?.totalKb === undefined
      ? []
      : [{ line: [' ', span('swap'.padEnd(11), 'label'), '  ', swapText(swap)], seq: recordOf(event, 'oom.swap.totalKb') }];
  return [...counters, ...machine, ...reclaimRows(event)];
}

export function swapText({ totalKb = 0, freeKb, cachePages }: NonNullable<Oom['swap']>): string {
  if (totalKb === 0) return 'none';
  const used = freeKb === undefined ? `${count(totalKb)} kB` : `${count(totalKb - freeKb)} kB of ${count(totalKb)} kB used`;
  return `${used}${cachePages === undefined ? '' : `, ${count(cachePages)} pages in the swap cache`}`;
}

/** Of what was scanned, how much could be reclaimed: memory.stat has it on v2. */
function reclaimRows(event: Event): TabRow[] {
  const { memcgStat } = event.oom ?? {};
  const total = (name: 'pgscan' | 'pgsteal'): number | undefined => {
    const whole = numberIn(memcgStat?.[name]);
    const split = [numberIn(memcgStat?.[`${name}Kswapd`]), numberIn(memcgStat?.[`${name}Direct`])].filter((n) => n !== undefined);
    return whole ?? (split.length > 0 ? sum(split) : undefined);
  };
  const [scanned, stolen] = [total('pgscan'), total('pgsteal')];
  if (scanned === undefined || stolen === undefined) return [];
  const worth = scanned === 0 ? 'nothing was scanned' : `${((100 * stolen) / scanned).toFixed(1)}% effective`;
  const line = [' ', span('reclaim'.padEnd(11), 'label'), `  pgscan ${count(scanned)}  pgsteal ${count(stolen)}  (${worth})`];
  return [{ line, seq: recordOf(event, 'oom.memcgStat.pgscan') ?? recordOf(event, 'oom.memcgStat.pgscanKswapd') }];
}
