import type { Event, Oom } from '../../event/event.ts';
import { cgroupOwner } from '../../event/oom/cgroup.ts';
import { sizeText } from '../../event/oom/size-text.ts';
import { taskName } from '../../event/task-name.ts';
import type { Cite } from './words.ts';
import { capital, functionText } from './words.ts';

/** Who was killed and whose memory was short, in one line with two numbers; a failed request by what was asked for. */
export function oomHeadline(event: Event, cite: Cite): string {
  const { oom, kind } = event;
  if (oom === undefined) return event.title;
  if (kind === 'page-allocation-failure') return requestText(event, cite);
  const killed = victimText(oom, cite);
  const limited = kind === 'memcg-oom' ? limitText(oom, cite) : undefined;
  if (limited !== undefined) return `${killed ?? 'The OOM killer was called'}: ${limited}`;
  const place = placeText(oom, cite);
  const short = `${place.charAt(0).toUpperCase()}${place.slice(1)} ran out of memory`;
  if (killed !== undefined) return `${short}: ${killed}`;
  if (kind !== 'panic') return short;
  return /panic_on_oom/.test(`${event.title} ${String(event.details?.reason ?? '')} ${oom.cause?.verdict ?? ''}`)
    ? `${short}, and the kernel panicked instead of killing (panic_on_oom)`
    : `${short}, and the kernel panicked: nothing was left to kill`;
}

const isConstrained = (constraint: string | undefined): boolean =>
  constraint === 'CONSTRAINT_CPUSET' || constraint === 'CONSTRAINT_MEMORY_POLICY';

/** Whose memory: with a constraint only that of some nodes. */
function placeText(oom: Oom, cite: Cite): string {
  const { constraint, cpuset, memsAllowed, nodemask } = oom;
  if (!isConstrained(constraint)) return 'the machine';
  const isCpuset = constraint === 'CONSTRAINT_CPUSET';
  const nodes = isCpuset ? memsAllowed : nodemask;
  cite('oom.constraint', isCpuset ? 'oom.memsAllowed' : 'oom.nodemask');
  const whose = isCpuset ? `cpuset ${short((cpuset ?? '?').split('/').filter(Boolean).at(-1) ?? '/')}` : 'memory policy';
  if (nodes === undefined) return `the nodes of ${isCpuset ? whose : 'the memory policy'}`;
  return `${/[,-]/.test(nodes) ? 'nodes' : 'node'} ${nodes} (${whose})`;
}

/** `A request for 2^5 contiguous pages failed in aq_ring_alloc [atlantic]: memory is fragmented`. */
function requestText(event: Event, cite: Cite): string {
  const verdict = event.oom?.cause?.verdict ?? event.title;
  const request = /^(a request )(of \S+(?: \S+)?? )?(for (?:2\^\d+ contiguous pages|a page)).*? failed: (.*)/s.exec(verdict);
  const [first = event.title] = verdict.split(/: |; /);
  const { culprit } = event;
  if (request === null || culprit?.symbol === undefined) return capital(first);
  cite('culprit', 'oom.trigger.order');
  return `A request ${request[3]} failed in ${functionText(culprit)}${/\(fragmentation\)/.test(request[4] ?? '') ? ': memory is fragmented' : ''}`;
}

/** `java[130] was killed (24.1 of 32 GiB)`, of several the first and how many more. */
function victimText({ victims = [], usage, constraint }: Oom, cite: Cite): string | undefined {
  const [first, ...more] = victims;
  const name = taskName(first?.comm, first?.pid);
  if (first === undefined || name === undefined) return undefined;
  cite('oom.victims.0');
  const parts = [first.anonRssKb, first.fileRssKb, first.shmemRssKb].filter((kb) => kb !== undefined);
  const of = usage?.scope === 'system' && more.length === 0 && !isConstrained(constraint) ? ` of ${sizeText(usage.totalKb)}` : '';
  const held = parts.length === 0 ? '' : ` (${sizeText(parts.reduce((sum, kb) => sum + kb, 0))}${of})`;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return `${name}${others} ${more.length === 0 ? 'was' : 'were'} killed${held}`;
}

/** `pod checkout-7f9 reached its limit of 24 GiB`. */
function limitText({ cgroup, limits }: Oom, cite: Cite): string {
  const path = cgroup?.oomMemcg ?? cgroup?.taskMemcg;
  cite('oom.cgroup', 'oom.limits');
  const limit = [limits?.memory, limits?.memorySwap].find((each) => each?.limitKb !== undefined && each.limitKb < UNLIMITED_KB);
  return `${path === undefined ? 'a memory cgroup' : ownerText(path)} reached its limit${limit?.limitKb === undefined ? '' : ` of ${sizeText(limit.limitKb)}`}`;
}

/** Limits near 2^63 bytes stand for none. */
const UNLIMITED_KB = 2 ** 52;

/** Whose limit it is: the victim may have been in a cgroup below. */
function ownerText(path: string): string {
  const { pod, container, unit } = cgroupOwner(path);
  if (container !== undefined) return `container ${short(container)}${pod === undefined ? '' : ` of pod ${short(pod)}`}`;
  if (pod !== undefined) return `pod ${short(pod)}`;
  if (unit !== undefined) return short(unit);
  return path === '/' ? 'the root cgroup' : `cgroup ${short(path.split('/').filter(Boolean).at(-1) ?? path)}`;
}

/** Of a UUID its first part, of a hash twelve digits, as kubectl and crictl take them. */
function short(id: string): string {
  if (/^[0-9a-f]{8}[-_]/i.test(id)) return id.slice(0, 8);
  if (/^[0-9a-f]{20,}$/i.test(id)) return id.slice(0, 12);
  return id.length > 40 ? `${id.slice(0, 39)}…` : id;
}
