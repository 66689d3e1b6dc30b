// What the memory of a dump adds to incidents, and what it takes off their open questions and next steps.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MachineFacts } from '../../src/event/event.ts';
import { eventsOf, incidentsOf, running } from '../support/incident-events.ts';

const NOTHING: MachineFacts = { cpus: [], stuck: [], memory: [], largest: [] };
const hung = eventsOf({ kind: 'hung-task', task: { pid: 212, comm: 'dd' }, details: { seconds: 120 }, ...running('ext4_file_write_iter') });
const of = (machine: MachineFacts | undefined) => incidentsOf(hung, { isDump: true, machine })[0]!;

const CHAIN: MachineFacts = {
  ...NOTHING,
  memory: [{ item: 'totalMem', pages: 1000 }],
  stuck: [
    { pid: 212, comm: 'dd', sinceMs: 125_000, what: 'rwsem 0xffff888001', owner: { pid: 210, comm: 'mkdir' }, waitsFor: [210] },
    { pid: 210, comm: 'mkdir', what: 'page 0 of vda:/a (locked)', request: 'READ of 1024 bytes at sector 522 of vda', waitsFor: [] },
  ],
};

test('the chain from the task that the log calls blocked to what is in flight is part of the verdict', () => {
  const { verdict, clauses, notProven } = of(CHAIN);
  const wait =
    'in the dump dd[212] waits for 2 min for rwsem 0xffff888001 held by mkdir[210], which waits for page 0 of vda:/a (locked): READ of 1024 bytes at sector 522 of vda';
  assert.ok(verdict.includes(wait), verdict);
  assert.equal(
    clauses.find(({ text }) => text === wait),
    { text: wait, evidence: [], memory: true },
  );
  assert.not(notProven.includes('who should have woken the task'));
});

test('who waits in a circle is told once', () => {
  const circle: MachineFacts = {
    ...NOTHING,
    stuck: [
      { pid: 212, comm: 'dd', what: 'mutex a', owner: { pid: 210, comm: 'mkdir' }, waitsFor: [210, 212] },
      { pid: 210, comm: 'mkdir', what: 'mutex b', owner: { pid: 212, comm: 'dd' }, waitsFor: [212, 210] },
    ],
  };
  assert.match(
    of(circle).verdict,
    /held by mkdir\[210\], which waits for mutex b held by dd\[212\], which waits for the first: a deadlock/,
  );
});

test('another task that was given the pid later is not the one of the log', () => {
  const other: MachineFacts = { ...CHAIN, stuck: CHAIN.stuck.map((row) => ({ ...row, comm: 'cron' })) };
  const { verdict, notProven } = of(other);
  assert.not.match(verdict, /in the dump/);
  assert.ok(notProven.includes('who should have woken the task'));
});

test('steps whose answer was read already are left out; without the memory all are there', () => {
  const commands = (machine: MachineFacts | undefined): string[] => of(machine).nextSteps.map(({ command }) => command);
  const asked = ['sys', 'ps -m', 'foreach UN bt'];
  assert.ok(asked.every((command) => commands(undefined).includes(command)));
  assert.ok(asked.every((command) => !commands(CHAIN).includes(command)));
  assert.ok(
    commands({ ...NOTHING, stuck: [{ pid: 1, waitsFor: [] }] }).includes('foreach UN bt'),
    'a stack that does not tell answers nothing',
  );
  assert.ok(commands(CHAIN).includes('bt -f 212'));
});

test('a stack in memory that is not the log’s is an open question', () => {
  const panic = eventsOf({ kind: 'panic', task: { pid: 1, comm: 'init' }, ...running('panic') });
  const questions = (stack: MachineFacts['stack']) => incidentsOf(panic, { isDump: true, machine: { ...NOTHING, stack } })[0]!.notProven;
  assert.ok(
    questions({ frames: [], agrees: false, why: 'the log has f, the stack in memory has not' }).some((text) =>
      text.includes('the log has f'),
    ),
  );
  assert.not(questions({ frames: [], agrees: true }).some((text) => text.startsWith('that log and memory')));
});

test.run();
