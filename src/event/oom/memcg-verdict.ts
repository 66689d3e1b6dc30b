import type { Oom, OomLimits } from '../event.ts';
import { cgroupOwner } from './cgroup.ts';
import type { OomFindings } from './findings.ts';
import { isUnlimited } from './limit.ts';
import { percentText, sizeText } from './size-text.ts';

type LimitName = keyof OomLimits;
type Limit = NonNullable<OomLimits[LimitName]>;
const NAMES: Readonly<Record<LimitName, string>> = { memory: '', memorySwap: 'memory+swap ', swap: 'swap ', kmem: 'kernel memory ' };

const isFull = (limit: Limit | undefined): limit is Limit & { limitKb: number } =>
  limit?.limitKb !== undefined && limit.usageKb !== undefined && !isUnlimited(limit.limitKb) && limit.usageKb >= limit.limitKb;

/**
 * Which limit the charge ran into. v1 charges memory+swap first and counts the failure there, then memory: mm/memcontrol.c try_charge();
 * where both are full, moving pages to swap
 * does not help, and a failure that was counted there was the last.
 */
function hitLimit(limits: OomLimits | undefined): LimitName | undefined {
  const { memory, memorySwap, kmem } = limits ?? {};
  if (isFull(kmem) && !isFull(memory) && !isFull(memorySwap)) return 'kmem';
  if (!isFull(memorySwap)) return memory === undefined ? undefined : 'memory';
  if (!isFull(memory)) return 'memorySwap';
  return (memorySwap.failcnt ?? 0) > 0 && memorySwap.limitKb > memory.limitKb ? 'memorySwap' : 'memory';
}

/** Whose limit: a container's own, its pod's as a whole, that of all pods, a unit's; undefined where the path names nobody. */
export function limitOwner({ cgroup }: Oom): string | undefined {
  const path = cgroup?.oomMemcg ?? cgroup?.taskMemcg;
  if (path === undefined) return undefined;
  const { pod, container, runtime, unit } = cgroupOwner(path);
  const id = (name: string): string => (name.length > 24 ? name.slice(0, 12) : name);
  const victim = cgroup?.taskMemcg === undefined ? undefined : cgroupOwner(cgroup.taskMemcg).container;
  const inside = container === undefined && victim !== undefined ? `, the victim in its container ${id(victim)}` : '';
  if (container !== undefined)
    return `${pod === undefined ? '' : `pod ${pod}, `}container ${id(container)}${runtime === undefined ? '' : ` (${runtime})`}`;
  if (pod !== undefined) return `pod ${pod} as a whole${inside}`;
  if (/\/kubepods(?:\.slice)?$/.test(path)) return `all pods of the node together${inside}`;
  const qos = /\/kubepods(?:\.slice\/kubepods-|\/)(besteffort|burstable)(?:\.slice)?$/.exec(path)?.[1];
  if (qos !== undefined) return `all ${qos} pods of the node together${inside}`;
  return unit === undefined ? undefined : `unit ${unit}${inside}`;
}

/** Whose limit was hit, how large it is, and what fills it. */
export function memcgVerdict({ oom, zones, usage, leaks }: OomFindings): string {
  const path = oom.cgroup?.oomMemcg ?? oom.cgroup?.taskMemcg;
  const owner = limitOwner(oom);
  const name = nameOf(path, owner);
  const hit = hitLimit(oom.limits);
  const limit = hit && oom.limits?.[hit];
  if (hit === undefined || limit?.limitKb === undefined || isUnlimited(limit.limitKb)) return `${name} reached its limit`;
  const short = zones.some(({ state }) => state === 'below-min');
  const whose = short ? 'the machine was short of memory as well' : "it is the cgroup's limit that was short, not the machine's memory";
  const fills = usage === undefined ? '' : fillsText(usage.parts, usage.totalKb);
  return `${name} reached its ${NAMES[hit]}limit of ${sizeText(limit.limitKb)}${swapText(oom)}${leaks[0] === undefined ? fills : `: ${leaks[0].text}`}; ${whose}`;
}

/** A path of systemd's cgroup driver is longer than the sentence: where it names its owner, that is said, and the path is among the evidence. */
function nameOf(path: string | undefined, owner: string | undefined): string {
  if (owner !== undefined && (path === undefined || path.length > SHORT_PATH))
    return `the memory cgroup of ${owner}${owner.includes(', the victim') ? ',' : ''}`;
  return `memory cgroup${path === undefined ? '' : ` ${path}`}${owner === undefined ? '' : ` (${owner})`}`;
}

const SHORT_PATH = 64;

/** The part that holds most, at least two fifths. */
export function fillsText(parts: readonly { readonly name: string; readonly kb: number }[], totalKb: number): string {
  const top = [...parts].sort((a, b) => b.kb - a.kb)[0];
  if (top === undefined || top.kb < totalKb * 0.4 || top.name === 'free') return '';
  const what = { anonymous: 'anonymous memory of programs', file: 'page cache', shmem: 'shared memory and tmpfs' }[top.name] ?? top.name;
  return `, ${percentText(top.kb, totalKb)} of it ${what} (${sizeText(top.kb)})`;
}

/** v2 limits swap apart: where that is used up, or none is allowed, anonymous memory cannot leave. */
function swapText({ limits }: Oom): string {
  const { swap, memory, memorySwap } = limits ?? {};
  if (isFull(memorySwap) && memorySwap.limitKb === memory?.limitKb) return ' and may not swap';
  if (swap?.limitKb === undefined || isUnlimited(swap.limitKb)) return '';
  if (swap.limitKb === 0) return ' and may not swap';
  return (swap.usageKb ?? 0) >= swap.limitKb * 0.98 ? ` with its swap limit of ${sizeText(swap.limitKb)} used up` : '';
}
