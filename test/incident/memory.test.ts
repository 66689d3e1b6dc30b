// What the memory of a dump adds to incidents, and what it takes off their open questions and next steps.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { MachineFacts, NextStep } from '../../src/event/event.ts';
import { isAnswered } from '../../src/incident/steps/answered.ts';
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

test('each answer leaves out its own command: what was not read is still to be asked', () => {
  const facts: Readonly<Record<string, Partial<MachineFacts>>> = {
    'bt -a': { cpus: [{ pid: 7, comm: 'kw', cpu: 3, in: [], idle: false }] },
    'bt -c 3': { cpus: [{ pid: 7, comm: 'kw', cpu: 3, in: [], idle: false }] },
    'kmem -i': { memory: [{ item: 'totalMem', pages: 1000 }] },
    'kmem -s': { slabs: [{}] as never },
    'ps -G': { largest: [{}] as never },
    'lastkmsg inspect vmcore stuck': { stuck: [{ pid: 212, comm: 'dd', what: 'mutex m', waitsFor: [] }] },
    'lastkmsg inspect vmcore kmem -i': { memory: [{ item: 'totalMem', pages: 1000 }] },
    'kmem 0x1000': { objects: [{ address: '0x1000', isFree: true }] as never },
  };
  for (const [command, given] of Object.entries(facts)) {
    assert.is(isAnswered({ command } as NextStep, { ...NOTHING, ...given }), true, command);
    assert.is(isAnswered({ command } as NextStep, NOTHING), false, command);
    assert.is(isAnswered({ command } as NextStep, undefined), false, command);
  }
  assert.is(isAnswered({ command: 'kmem 0x2000' } as NextStep, { ...NOTHING, ...facts['kmem 0x1000'] }), false);
  const many = Array.from({ length: 9 }, (_, pid) => ({ pid, comm: 'dd', what: 'mutex m', waitsFor: [] }));
  assert.is(isAnswered({ command: 'lastkmsg inspect vmcore stuck' } as NextStep, { ...NOTHING, stuck: many }), false, 'more than is shown');
});

test('what is open then is why the end of the chain does not go on', () => {
  assert.ok(of(CHAIN).notProven.includes('why the disk has not answered: READ of 1024 bytes at sector 522 of vda'));
  const stuck = { pid: 212, comm: 'dd', what: 'mutex m', waitsFor: [7] };
  const sleeps: MachineFacts = { ...NOTHING, stuck: [{ ...stuck, owner: { pid: 7, comm: 'kw', in: ['schedule', 'xyz_wait'] } }] };
  assert.match(of(sleeps).verdict, /held by kw\[7\], which sleeps in schedule < xyz_wait/);
  assert.ok(of(sleeps).notProven.includes('why kw[7] does not let go'));
  const runs: MachineFacts = {
    ...NOTHING,
    cpus: [{ pid: 7, comm: 'kw', cpu: 3, in: ['xyz_poll', 'xyz_work'], idle: false }],
    stuck: [{ ...stuck, owner: { pid: 7, comm: 'kw' } }],
  };
  assert.match(of(runs).verdict, /held by kw\[7\], which runs on CPU 3 in xyz_poll < xyz_work/);
});

test('a machine that somebody crashed through SysRq: the task that hangs longest, where it hangs long', () => {
  const sysrq = eventsOf({ kind: 'panic', details: { reason: 'sysrq triggered crash' } });
  const verdict = (machine: MachineFacts): string => incidentsOf(sysrq, { isDump: true, machine })[0]!.verdict;
  const row = { what: 'mutex m', waitsFor: [] };
  const stuck = [
    { ...row, pid: 1, comm: 'a', sinceMs: 6000 },
    { ...row, pid: 2, comm: 'b', sinceMs: 90_000 },
  ];
  assert.match(verdict({ ...NOTHING, stuck }), /in the dump b\[2\] waits for 90 s for mutex m, and 1 more task is stuck/);
  assert.not.match(verdict({ ...NOTHING, stuck: [{ ...row, pid: 1, comm: 'a', sinceMs: 40 }] }), /in the dump/);
});

const cpu = (cpu: number, ...functions: string[]): MachineFacts['cpus'][number] => ({
  cpu,
  pid: 10 + cpu,
  comm: `t${cpu}`,
  in: functions,
  idle: functions.length === 0,
});

test('of a lockup, what each CPU did: the one that hangs first', () => {
  const stall = eventsOf({ kind: 'soft-lockup', task: { pid: 12, comm: 't2', cpu: 2 }, ...running('xyz_poll') });
  const verdict = (...cpus: MachineFacts['cpus']): string =>
    incidentsOf(stall, { isDump: true, machine: { ...NOTHING, cpus } })[0]!.verdict;
  const spin = ['native_queued_spin_lock_slowpath', '_raw_spin_lock', 'xyz_poll', 'xyz_work'];
  assert.match(
    verdict(cpu(0, 'xyz_irq', 'handle_irq'), cpu(1), cpu(2, ...spin)),
    /in the dump CPU 2 \(t2\[12\]\) is in native_queued_spin_lock_slowpath < _raw_spin_lock < xyz_poll, CPU 0 \(t0\[10\]\) is in xyz_irq < handle_irq, 1 of 3 CPUs is idle/,
  );
  assert.not.match(verdict(cpu(0, 'other'), cpu(2, 'somewhere_else')), /in the dump/, 'the stall was over when the dump was taken');
});

test('who held the memory of a machine that panicked for want of it; not of one that lived on', () => {
  const machine: MachineFacts = {
    ...NOTHING,
    memory: Object.entries({
      totalMem: 1000,
      free: 20,
      anonymous: 300,
      shmem: 100,
      cached: 150,
      buffers: 0,
      slab: 250,
      pageTables: 10,
      kernelStacks: 5,
      percpu: 5,
      totalHuge: 0,
    }).map(([item, pages]) => ({ item, pages })),
    largest: [{ pid: 5, comm: 'java', rssKb: 2048 }],
    slabs: [{ name: 'dentry', bytes: 900 << 10 }],
  };
  const panic = eventsOf({ kind: 'panic', details: { reason: 'Out of memory: system-wide panic_on_oom is enabled' } });
  assert.match(
    incidentsOf(panic, { isDump: true, machine })[0]!.verdict,
    /in the dump, of all memory: 30 % anonymous memory of programs \(java\[5\] 2,048 kB\), 26 % in no counter \(vmalloc, drivers\), 25 % slab \(dentry 900 kB\), 10 % shared memory and tmpfs, 5 % page cache/,
  );
  assert.not.match(incidentsOf(eventsOf({ kind: 'oom-kill', oom: {} }), { isDump: true, machine })[0]!.verdict, /in the dump/);
  const partly = { ...machine, memory: machine.memory.filter(({ item }) => item !== 'slab') };
  assert.not.match(
    incidentsOf(panic, { isDump: true, machine: partly })[0]!.verdict,
    /in no counter/,
    'unknown is not counted as nobody’s',
  );
});

test('an object that a register points to: free after a bad address is a finding, and crash need not be asked', () => {
  const fault = eventsOf(
    {
      kind: 'general-protection',
      task: { pid: 3, comm: 'x' },
      registers: { RBX: '0xffff888004c3a058', RAX: '0x6b6b6b6b6b6b6b6b' },
      ...running('f'),
    },
    { kind: 'panic', uptime: 100.5, details: { reason: 'Fatal exception' } },
  );
  const object = { event: 'E1', register: 'RBX', address: '0xffff888004c3a058', cache: 'filp', offset: 88 };
  const told = (isFree?: boolean) => {
    const objects = [{ ...object, ...(isFree !== undefined && { isFree }) }];
    return incidentsOf(fault, { isDump: true, machine: { ...NOTHING, objects } })[0]!;
  };
  const asks = ({ nextSteps }: ReturnType<typeof told>): boolean => nextSteps.some(({ command }) => command.startsWith('kmem 0x'));
  assert.match(told(true).verdict, /in the dump RBX points 88 bytes into a free object of filp/);
  assert.ok(told(true).notProven.some((text) => text.startsWith('who freed the object of filp')));
  assert.not.match(told(false).verdict, /in the dump/);
  assert.not(asks(told(false)));
  assert.ok(asks(told()), 'whether it is free is still to be asked');
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
