// What a rule says or asks beside its case: the words of each branch, and the field that it rests on.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { namesDevice } from '../../../src/incident/facts.ts';
import { eventsOf, incidentsOf, type Part, running } from '../../support/incident-events.ts';
import { null_, task } from './case.ts';

interface Edge {
  readonly rule: string;
  readonly confidence: string;
  readonly says: string | undefined;
}

const edgeOf = (rule: string, ...parts: readonly Part[]): Edge | undefined => {
  for (const { edges, verdict } of incidentsOf(eventsOf(...parts))) {
    const edge = edges.find((each) => each.rule === rule);
    if (edge !== undefined) return { rule, confidence: edge.confidence, says: verdict };
  }
  return undefined;
};

const atomic: Part = { kind: 'atomic-context', task: task(9), ...running('f') };

test('a preempt count that leaks: a fault of the program, a check that tells of it, another that does not', () => {
  const fault = edgeOf('preempt-count-leaks', atomic, { kind: 'user-fault', task: task(9), ...running('g') });
  assert.equal([fault?.confidence, /its user space then faulted/.test(fault?.says ?? '')], ['medium', true]);
  const check = (message: string): Edge | undefined =>
    edgeOf('preempt-count-leaks', atomic, { kind: 'warning', title: 'WARNING in h', task: task(9), details: { message }, ...running('h') });
  const found = check('scheduling while preempt count is off');
  assert.equal([found?.confidence, /the preempt count was found wrong afterwards/.test(found?.says ?? '')], ['high', true]);
  assert.is(check('refcount went below zero'), undefined);
});

test('hardware, then a fault: what was corrected lost no data, and CPUs that are not named are not the same', () => {
  const after = (hardware: Partial<Part>, cpu?: number): boolean =>
    edgeOf(
      'hardware-then-fault',
      { kind: 'hardware-error', ...hardware },
      { kind: 'paging-fault', task: { pid: 9, cpu }, ...running('f') },
    ) !== undefined;
  assert.equal([after({ task: { cpu: 3 } }, 3), after({ task: { cpu: 3 }, severity: 'fatal' }, 3)], [true, true]);
  assert.not.ok(after({ task: { cpu: 3 }, severity: 'warning' }, 3));
  assert.not.ok(after({}));
});

test("NVIDIA's GPU by its number, whichever line comes first", () => {
  const xid: Part = { kind: 'hardware-error', title: 'NVRM: Xid 79: GPU has fallen off the bus', details: { device: '0000:3b:00' } };
  const numbered: Part = { kind: 'hardware-error', title: 'NVRM: Idling display engine timed out', details: { gpu: 0 } };
  assert.is(edgeOf('gpu-by-number', numbered, xid)?.confidence, 'medium');
  assert.is(edgeOf('gpu-by-number', numbered, { ...numbered, details: { gpu: 1 } }), undefined);
});

test('a line that names no server belongs to the one before it, and makes no incident of two', () => {
  const of = (server?: string): Part => ({
    kind: 'filesystem-error',
    title: 'CIFS: has not responded',
    details: server === undefined ? {} : { server },
  });
  const found = incidentsOf(eventsOf(of('nas1'), of(), of('nas2')));
  assert.equal(
    found.map(({ events }) => events),
    [['E1', 'E2'], ['E3']],
  );
});

test('stuck on one CPU: another kind of report of that CPU, in its words', () => {
  const stuck = (kind: Part['kind'], cpu: number, pid: number): Part => ({ kind, task: task(pid, cpu), ...running(`f${pid}`) });
  assert.match(edgeOf('stuck-on-one-cpu', stuck('soft-lockup', 1, 5), stuck('rcu-stall', 1, 6))?.says ?? '', /RCU stalled on that CPU/);
  assert.match(
    edgeOf('stuck-on-one-cpu', stuck('soft-lockup', 1, 5), stuck('hard-lockup', 1, 6))?.says ?? '',
    /a hard lockup was reported on that CPU/,
  );
  assert.is(edgeOf('stuck-on-one-cpu', stuck('soft-lockup', 1, 5), stuck('hard-lockup', 2, 6)), undefined);
  assert.ok(edgeOf('stuck-on-one-cpu', stuck('soft-lockup', 1, 5), stuck('hard-lockup', 2, 5)), 'the same task on another CPU');
});

test('lockdep foretold: the lock that was asked for, or a function that took one of those', () => {
  const lock = (name: string, symbol: string) => ({ text: name, name, role: 'held', at: { symbol, offset: 1, size: 2 } }) as const;
  const foretold: Part = { kind: 'lockdep', task: task(3), locks: [lock('&x', 'take_x'), lock('&y', 'take_y')], ...running('take_both') };
  const hung = (symbol: string): Part => ({ kind: 'hung-task', task: task(9), ...running(symbol) });
  assert.is(edgeOf('lockdep-foretold', foretold, hung('take_y'))?.confidence, 'medium');
  assert.is(edgeOf('lockdep-foretold', foretold, hung('take_z')), undefined);
});

test('a panic because of a disk is of the disk that it names', () => {
  const panic: Part = { kind: 'panic', details: { reason: 'EXT4-fs (device sda1): panic forced after error' } };
  const failed = (device: string): Part => ({ kind: 'filesystem-error', details: { device }, title: 'EXT4-fs error' });
  assert.ok(edgeOf('panic-reason', failed('sda1'), panic));
  assert.ok(edgeOf('panic-reason', failed('sda'), panic), 'the disk that the partition is on');
  assert.is(edgeOf('panic-reason', failed('sdb1'), panic), undefined);
  const [event] = eventsOf(failed('nvme0n1p2'));
  assert.is(namesDevice('XFS (nvme0n1p2): panic', event!), 'details.device');
  assert.is(namesDevice('XFS nvme0n1: panic', event!), 'details.device');
  assert.is(namesDevice('XFS (nvme0n11): panic', event!), undefined);
});

test('a panic because init died is of the report about init', () => {
  const panic: Part = { kind: 'panic', details: { reason: 'Attempted to kill init! exitcode=0x0000000b' } };
  assert.ok(edgeOf('panic-reason', null_(1, 'f'), panic));
  assert.is(edgeOf('panic-reason', null_(2, 'f'), panic), undefined);
});

test.run();
