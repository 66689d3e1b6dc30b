import type { Event, MachineFacts, VerdictClause } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import { reasonOf } from '../facts.ts';
import { secondsText } from '../verdict/words.ts';
import { nameOf, stackText } from './name.ts';

type Stuck = MachineFacts['stuck'][number];

/** A chain of waiters that is told to its end; a longer one is cut. */
const MAX_CHAIN = 8;
/** Milliseconds in uninterruptible sleep that no healthy disk asks for. */
const LONG = 5000;

/** What the memory of the dump says of the tasks that a report of the log calls blocked: for what they wait, and who or what ends the chain. */
export function waitClauses(events: readonly Event[], machine: MachineFacts | undefined): VerdictClause[] {
  if (!machine) return [];
  const [told] = events.filter(({ kind }) => isKindOf(kind, 'blocked')).flatMap((event) => waiterOf(event, machine) ?? []);
  const first = told ?? (events.some(isOnPurpose) ? longest(machine) : undefined);
  if (first === undefined) return [];
  const others = machine.stuck.filter((row) => row !== first && (row.sinceMs ?? 0) >= LONG).length;
  const more = told !== undefined || others === 0 ? '' : `, and ${others} more ${others === 1 ? 'task is' : 'tasks are'} stuck`;
  return [{ text: `in the dump ${chainText(first, machine)}${more}`, evidence: [], memory: true }];
}

/** SysRq-c; its own line is not in a log that leaves out notices. */
const isOnPurpose = (event: Event): boolean =>
  event.kind === 'sysrq' || (event.kind === 'panic' && /sysrq triggered crash/i.test(reasonOf(event)));

/** Somebody who crashes a machine on purpose mostly does so because it hangs: the task that hangs longest, where that is long. */
const longest = ({ stuck }: MachineFacts): Stuck | undefined =>
  stuck
    .filter(({ sinceMs = 0, what }) => sinceMs >= LONG && what !== undefined)
    .reduce<Stuck | undefined>((most, row) => (most === undefined || (row.sinceMs ?? 0) > (most.sinceMs ?? 0) ? row : most), undefined);

/** The blocked task of a report as the dump holds it; by name too, for pids are given again. */
function waiterOf({ task }: Event, { stuck }: MachineFacts): Stuck | undefined {
  const found = task?.pid === undefined ? undefined : stuck.find(({ pid }) => pid === task.pid);
  return found?.what !== undefined && (task?.comm === undefined || found.comm === task.comm) ? found : undefined;
}

interface Chain {
  /** The waiter, whom that waits for, and so on. */
  readonly rows: readonly Stuck[];
  readonly isCircle: boolean;
}

function chainOf(first: Stuck, { stuck }: MachineFacts): Chain {
  const rows: Stuck[] = [];
  for (let at: Stuck | undefined = first; at !== undefined && rows.length < MAX_CHAIN; ) {
    if (rows.includes(at)) return { rows, isCircle: true };
    rows.push(at);
    const owner: Stuck['owner'] = at.owner;
    at = owner?.pid === undefined ? undefined : stuck.find(({ pid }) => pid === owner.pid);
  }
  return { rows, isCircle: false };
}

/** `dd[212] waits for rwsem 0xffff… held by dd[210], which waits for page 0 of vda:/a (locked): WRITE of …, in flight for 9.1 s`. */
function chainText(first: Stuck, machine: MachineFacts): string {
  const { rows, isCircle } = chainOf(first, machine);
  const parts = rows.map(({ what = 'something that its stack does not tell', owner, request, sinceMs }, i) => {
    const since = i === 0 && sinceMs !== undefined ? ` for ${secondsText(sinceMs / 1000)}` : '';
    const held = owner ? ` held by ${nameOf(owner)}` : '';
    return `${i === 0 ? nameOf(first) : 'which'} waits${since} for ${what}${held}${request === undefined ? '' : `: ${request}`}`;
  });
  const does = isCircle ? 'which waits for the first: a deadlock' : ownerDoes(rows.at(-1)?.owner, machine);
  return [...parts, ...(does === undefined ? [] : [does])].join(', ');
}

/** What the last owner does, who waits for nobody. */
function ownerDoes(owner: Stuck['owner'], { cpus }: MachineFacts): string | undefined {
  const cpu = owner?.pid === undefined ? undefined : cpus.find(({ pid, idle }) => pid === owner.pid && !idle);
  if (cpu) return `which runs on CPU ${cpu.cpu}${cpu.in.length > 0 ? ` in ${stackText(cpu.in)}` : ''}`;
  return owner?.in && owner.in.length > 0 ? `which sleeps in ${stackText(owner.in)}` : undefined;
}

/**
 * What is open where the memory says what a blocked task waits for: nothing in a circle, else why the end of the chain does not go on.
 * Undefined where the memory does not say it.
 */
export function openWait(event: Event, machine: MachineFacts | undefined): string | null | undefined {
  const waiter = machine && isKindOf(event.kind, 'blocked') ? waiterOf(event, machine) : undefined;
  if (!waiter || !machine) return undefined;
  const { rows, isCircle } = chainOf(waiter, machine);
  if (isCircle) return null;
  const { request, owner } = rows.at(-1)!;
  if (request !== undefined) return `why the disk has not answered: ${request}`;
  return owner === undefined ? undefined : `why ${nameOf(owner)} does not let go`;
}
