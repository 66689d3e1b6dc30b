import type { Event, Lock } from '../../event/event.ts';
import { code, placed, where, who } from './subject.ts';
import { type Cite, functionText, type Phrase } from './words.ts';

/** The lock of a role, by its name; its path among the locks is noted. */
function lockOf({ locks = [] }: Event, cite: Cite, fits: (lock: Lock) => boolean): Lock | undefined {
  const at = locks.findIndex((lock) => lock.name !== undefined && fits(lock));
  if (at < 0) return undefined;
  cite(`locks.${at}`);
  return locks[at];
}
const isWanted = ({ role }: Lock): boolean => role === 'wanted';
/** The lock behind `but task is already holding lock:`, as against the list of all that are held. */
const isHeld = ({ role, depth }: Lock): boolean => role === 'held' && depth === undefined;

/** ` from driver_xyz_open`: where the lock was taken. */
const takenIn = ({ at }: Lock): string => (at?.symbol === undefined ? '' : `, taken in ${functionText(at)}`);

/** `IN-SOFTIRQ-W` → softirq; `RECLAIM_FS` → memory reclaim. */
const contextOf = (usage: unknown): string | undefined => {
  const name = typeof usage === 'string' ? /(?:SOFTIRQ|HARDIRQ|RECLAIM)/.exec(usage)?.[0] : undefined;
  return name === undefined ? undefined : { SOFTIRQ: 'a softirq', HARDIRQ: 'an interrupt', RECLAIM: 'memory reclaim' }[name];
};

/** What a report of lockdep's says, by its words: which locks, taken where, and what is wrong with that. */
const RULES: readonly (readonly [report: RegExp, says: (event: Event, cite: Cite) => string | undefined])[] = [
  [
    /circular locking/,
    (event, cite) => {
      const [wanted, held] = [lockOf(event, cite, isWanted), lockOf(event, cite, isHeld)];
      if (wanted === undefined || held === undefined) return undefined;
      const at = held.at?.symbol === undefined ? '' : ` (taken in ${functionText(held.at)})`;
      return `${code(event, cite)} takes ${wanted.name} while ${held.name}${at} is held, and elsewhere they are taken the other way round: a possible deadlock`;
    },
  ],
  [
    /recursive locking/,
    (event, cite) => {
      const [wanted, held] = [lockOf(event, cite, isWanted), lockOf(event, cite, isHeld)];
      if (wanted === undefined || held === undefined) return undefined;
      const same = wanted.address !== undefined && wanted.address === held.address;
      return `${code(event, cite)} takes ${wanted.name} while ${same ? 'it is held already' : 'another lock of its class is held'}${takenIn(held)}: a possible deadlock`;
    },
  ],
  [
    /irq lock inversion|safe -> \S*unsafe/,
    (event, cite) => {
      const [wanted, held] = [lockOf(event, cite, isWanted), lockOf(event, cite, isHeld)];
      if (wanted === undefined || held === undefined) return undefined;
      return `${wanted.name} and ${held.name} are taken one under the other, and one of them in interrupts: a possible deadlock in ${code(event, cite)}`;
    },
  ],
  [
    /inconsistent/,
    (event, cite) => {
      const lock = lockOf(event, cite, isWanted);
      const { usageNow, usageBefore } = event.details ?? {};
      const context = contextOf(usageNow) ?? contextOf(usageBefore);
      if (lock === undefined || context === undefined) return undefined;
      cite('details.usageNow', 'details.usageBefore');
      return `${usageNow}`.startsWith('IN-')
        ? `${code(event, cite)} takes ${lock.name} in ${context}, which elsewhere is taken where ${context} may come: a possible deadlock`
        : `${code(event, cite)} takes ${lock.name} where ${context} may come that takes it as well: a possible deadlock`;
    },
  ],
  [
    /bad unlock balance/,
    (event, cite) => {
      const lock = lockOf(event, cite, ({ role }) => role === undefined);
      return lock && `${code(event, cite)} drops ${lock.name}, which it does not hold`;
    },
  ],
  [
    /held lock freed/,
    (event, cite) => {
      const lock = lockOf(event, cite, isHeld);
      return lock && `memory was freed with a lock in it that is still held: ${lock.name}${takenIn(lock)}`;
    },
  ],
  [
    /returning to user space/,
    (event, cite) => {
      const lock = lockOf(event, cite, ({ role }) => role === 'held');
      return lock && `${who(event, cite) || 'a task'} returned to user space with ${lock.name} held${takenIn(lock)}`;
    },
  ],
  [/non-static key/, (event, cite) => `${code(event, cite)} takes a lock that was never initialised`],
];

/** A rule of locks broken, in words; the title where the report is cut or of another kind. */
export const lockRule: Phrase = (event, cite) => {
  const { report } = event.details ?? {};
  const text = `${typeof report === 'string' ? report : event.title}`;
  const says = RULES.find(([re]) => re.test(text))?.[1](event, cite);
  if (says === undefined) return `lockdep: ${event.title.replace(/^(?:BUG|WARNING|INFO): /, '')}${where(event, cite)}`;
  return `lockdep: ${says}${says.includes(' returned to user space ') ? '' : placed(event, cite)}`;
};
