import type { Event } from '../../event/event.ts';
import { isKindOf, KINDS } from '../../event/kinds.ts';
import { sameTask, sharesCpu } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { both, rests } from '../shared.ts';

/** What a stall is about: the task, else the CPU. */
const stalled = ({ task }: Event): string => (task?.pid ? `${task.pid} ${task.comm}` : `CPU ${task?.cpu}`);

/** The instruction at which a program faulted, and the field that says so. */
function faultedAt({ at, registers, details }: Event): readonly [value: unknown, path: string] {
  if (at?.address !== undefined) return [at.address, 'at'];
  return registers?.RIP === undefined ? [details?.ip, 'details.ip'] : [registers.RIP, 'registers.RIP'];
}

/** One cause that reports itself more than once. */
export const REPEAT_RULES: readonly Rule[] = [
  {
    name: 'printed-again',
    why: 'a report with the same time stamp, task and title is the same one, printed twice: by dmesg to a console, by a second log daemon',
    from: KINDS,
    to: KINDS,
    within: 0,
    final: true,
    key: (event) => (event.uptime === undefined ? undefined : `${event.kind} ${event.uptime} ${event.task?.pid} ${event.title}`),
    test: (from, to) => (from.uptime === to.uptime && from.records.last < to.records.first && to.uptime !== 0 ? 'high' : undefined),
  },
  {
    name: 'still-stalled',
    final: true,
    why: 'the watchdogs report one stall again as long as it lasts',
    from: ['hung'],
    to: ['hung'],
    within: 3600,
    key: (event) => `${event.kind} ${stalled(event)}`,
    test(from, to) {
      const shared = isKindOf(to.kind, 'stuck') ? sharesCpu(from, to) : sameTask(from, to);
      return rests(from.signature?.hash === to.signature?.hash || shared !== undefined ? 'high' : 'low', shared);
    },
  },
  {
    name: 'same-report-again',
    why: 'one signature is one bug: the same check failed on the same path',
    unproven: 'that each repeat has the same trigger as the first',
    from: KINDS,
    to: KINDS,
    within: 3600,
    key: ({ kind, signature }) => (signature?.frames.length && !isKindOf(kind, 'unsigned') ? `${kind} ${signature.hash}` : undefined),
    test(from, to) {
      const task = sameTask(from, to);
      return rests(task === undefined ? 'medium' : 'high', both('culprit'), task);
    },
  },
  {
    name: 'program-faults-again',
    why: 'one program that faults at one instruction again and again is one bug of that program',
    from: ['user-fault'],
    to: ['user-fault'],
    within: 3600,
    key: (event) => {
      const [where] = faultedAt(event);
      return where === undefined || where === '' ? undefined : `${event.task?.comm} ${String(where)} ${event.fault?.cause ?? ''}`;
    },
    test: (from, to) => rests('medium', { from: ['task.comm', faultedAt(from)[1]], to: ['task.comm', faultedAt(to)[1]] }),
  },
];
