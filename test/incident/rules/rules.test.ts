// One case for each rule: two reports that belong together, and two that only look so.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RULES } from '../../../src/incident/rules/index.ts';
import { PANIC_REASONS, panicReason } from '../../../src/incident/rules/panic-reasons.ts';
import { eventsOf, incidentsOf, type Part, running } from '../../support/incident-events.ts';
import { BUSES } from './bus-cases.ts';
import { type Case, null_, task } from './case.ts';
import { HARDWARE } from './hardware-cases.ts';
import { SOFTWARE } from './software-cases.ts';
import { STORAGE } from './storage-cases.ts';

const CASES: Readonly<Record<string, Case>> = { ...SOFTWARE, ...HARDWARE, ...BUSES, ...STORAGE };

test('every rule has a case, and every case a rule', () => {
  assert.equal(Object.keys(CASES).sort(), RULES.map(({ name }) => name).sort());
});

for (const [name, { yes, no, confidence }] of Object.entries(CASES)) {
  test(`${name}: ties what belongs together`, () => {
    const found = incidentsOf(eventsOf(...yes));
    assert.is(found.length, 1, 'one incident');
    const edge = found[0]?.edges.find(({ rule }) => rule === name);
    assert.is(edge?.confidence, confidence);
    assert.ok((edge?.evidence.length ?? 0) > 0);
    assert.is(found[0]?.first, 'E1');
  });
  test(`${name}: leaves apart what only looks so`, () => {
    const edges = incidentsOf(eventsOf(...no)).flatMap((incident) => incident.edges);
    assert.not.ok(edges.some(({ rule }) => rule === name));
  });
}

test('an edge rests on the records of the very fields that agree, else on the heads of the reports', () => {
  const evidenceOf = (...parts: readonly Part[]): readonly number[] | undefined => incidentsOf(eventsOf(...parts))[0]?.edges[0]?.evidence;
  const blocker = { ...null_(9, 'f'), sources: { 'task.pid': [104], culprit: [105] } };
  const waiter: Part = { kind: 'hung-task', task: task(12), details: { ownerPid: 9 }, ...running('g'), uptime: 130 };
  assert.equal(evidenceOf(blocker, { ...waiter, sources: { 'details.ownerPid': [203], 'task.pid': [200] } }), [104, 203]);
  assert.equal(evidenceOf(blocker, waiter), [104, 200]);
  const held = {
    locks: [
      { text: 'a', pid: 9, name: '&x->lock' },
      { text: 'b', pid: 12, name: '&x->lock' },
    ],
  };
  const listed: Part = { ...waiter, details: {}, ...held, sources: { 'locks.0': [206], 'locks.1': [207] } };
  assert.equal(evidenceOf(null_(9, 'f'), listed), [100, 206, 207], 'both locks stand in the list of one report');
  const hung: Part = { kind: 'hung-task', task: task(5), ...running('folio_wait_bit', 'read'), sources: { 'stacks.0': [201, 202, 203] } };
  assert.equal(evidenceOf({ kind: 'block-error', details: { device: 'sda' } }, hung), [100, 202]);
});

const SAID: readonly (readonly [said: string, policy: string | undefined])[] = [
  ['Fatal exception', 'panic_on_oops'],
  ['Oops: Fatal exception', 'panic_on_oops'],
  ['Fatal exception in interrupt', undefined],
  ['hung_task: blocked tasks', 'hung_task_panic'],
  ['softlockup: hung tasks', 'softlockup_panic'],
  ['Hard LOCKUP', 'hardlockup_panic'],
  ['Watchdog detected hard LOCKUP on cpu 3', 'hardlockup_panic'],
  ['RCU Stall', 'panic_on_rcu_stall'],
  ['kernel: panic_on_warn set ...', 'panic_on_warn'],
  ['Out of memory: compulsory panic_on_oom is enabled', 'panic_on_oom'],
  ['Out of memory: system-wide panic_on_oom is enabled', 'panic_on_oom'],
  ['NMI: Not continuing', 'unknown_nmi_panic'],
  ['EXT4-fs (device vda): panic forced after error', 'errors=panic'],
  ['GFS2: fsid=x:y.0: panic requested', 'errors=panic'],
  ['dm-verity device corrupted', 'panic_on_corruption'],
  ['sysrq triggered crash', undefined],
  ['Fatal machine check', undefined],
  ['Attempted to kill init! exitcode=0x0000000b', undefined],
];
test('what panic() says names the setting that made it a panic', () => {
  for (const [said, policy] of SAID) assert.is(panicReason(said)?.policy, policy, said);
  for (const { says } of PANIC_REASONS) assert.ok(says.length > 10);
});

test.run();
