import type { Event } from '../../../src/event/event.ts';
import { type Part, running } from '../../support/incident-events.ts';

type Pair = readonly [Part, Part];

export const task = (pid: number, cpu = 0): Event['task'] => ({ pid, comm: `task${pid}`, cpu });
export const killed = (pid: number, comm = 'java', cgroup?: string): Event['oom'] => ({
  victims: [{ pid, comm }],
  ...(cgroup === undefined ? {} : { cgroup: { oomMemcg: cgroup } }),
});
export const null_ = (pid: number, ...names: string[]): Part => ({ kind: 'null-dereference', task: task(pid), ...running(...names) });

/** Two reports that a rule joins, how sure it is, and two that only look so. */
export interface Case {
  readonly yes: Pair;
  readonly confidence: string;
  readonly no: Pair;
}

/** The line behind the first report, whose last record is 109. */
export const NEXT = { first: 110, last: 110, count: 1 };
