import type { Event, MachineFacts, VerdictClause } from '../event/event.ts';
import { isKindOf } from '../event/kinds.ts';
import { secondsText } from './verdict/words.ts';

type Stuck = MachineFacts['stuck'][number];

/** A chain of waiters that is told to its end; a longer one is cut. */
const MAX_CHAIN = 8;

/** What the memory of the dump says of the tasks that a report of the log calls blocked: for what they wait, and who or what ends the chain. */
export function waitClauses(events: readonly Event[], machine: MachineFacts | undefined): VerdictClause[] {
  if (!machine) return [];
  const told = events.filter(({ kind }) => isKindOf(kind, 'blocked')).flatMap((event) => waiterOf(event, machine) ?? []);
  const [first] = [...new Set(told)];
  if (first === undefined) return [];
  return [{ text: `in the dump ${chainText(first, machine)}`, evidence: [], memory: true }];
}

/** The blocked task of a report as the dump holds it; by name too, for pids are given again. */
function waiterOf({ task }: Event, { stuck }: MachineFacts): Stuck | undefined {
  const found = task?.pid === undefined ? undefined : stuck.find(({ pid }) => pid === task.pid);
  return found?.what !== undefined && (task?.comm === undefined || found.comm === task.comm) ? found : undefined;
}

/** `dd[212] waits for rwsem 0xffff… held by dd[210], which waits for page 0 of vda:/a (locked): WRITE of …, in flight for 9.1 s`. */
function chainText(first: Stuck, { stuck }: MachineFacts): string {
  const parts: string[] = [];
  const seen = new Set<number | undefined>();
  for (let at: Stuck | undefined = first; at !== undefined && parts.length < MAX_CHAIN; ) {
    seen.add(at.pid);
    const since = parts.length === 0 && at.sinceMs !== undefined ? ` for ${secondsText(at.sinceMs / 1000)}` : '';
    const request = at.request === undefined ? '' : `: ${at.request}`;
    const who = parts.length === 0 ? nameOf(at) : 'which';
    const owner: Stuck['owner'] = at.owner;
    parts.push(
      `${who} waits${since} for ${at.what ?? 'something that its stack does not tell'}${owner ? ` held by ${nameOf(owner)}` : ''}${request}`,
    );
    const next: Stuck | undefined = owner === undefined ? undefined : stuck.find(({ pid }) => pid !== undefined && pid === owner.pid);
    if (next && seen.has(next.pid)) return `${parts.join(', ')}, which waits for the first: a deadlock`;
    at = next;
  }
  return parts.join(', ');
}

const nameOf = ({ comm, pid }: { readonly comm?: string | undefined; readonly pid?: number | undefined }): string =>
  `${comm ?? '?'}[${pid ?? '?'}]`;

/** Whether the memory says what a blocked task waits for, down to who holds it or what is in flight: then nobody need ask. */
export function isExplained(event: Event, machine: MachineFacts | undefined): boolean {
  if (!machine || !isKindOf(event.kind, 'blocked')) return false;
  const waiter = waiterOf(event, machine);
  return waiter !== undefined && (waiter.owner !== undefined || waiter.request !== undefined);
}

/** The stack in memory should be the one that the kernel printed; where it is not, one of the two is of something else. */
export function disagreement(terminal: Event, machine: MachineFacts | undefined): string | undefined {
  const { agrees, why } = machine?.stack ?? {};
  return agrees === false && terminal.severity === 'fatal' ? `that log and memory show the same stack: ${why ?? 'they differ'}` : undefined;
}
