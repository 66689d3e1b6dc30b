// What stands above everything: over every log that is kept here one line of at most 100 characters, and reasons short enough to be read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { correlate } from '../../src/incident/correlate.ts';
import { HEADLINE_LIMIT } from '../../src/incident/verdict/headline.ts';
import { eventsOf, incidentsOf, type Part, running } from '../support/incident-events.ts';
import { readLog, stamped } from '../support/read-incidents.ts';

/** Words of a sentence that can still be read once; what the log says is quoted as it is. */
const WORDS = 30;

const logs = ['events', 'oom', 'healthy'].flatMap((folder) =>
  readdirSync(join('test/golden', folder))
    .filter((name) => name.endsWith('.log'))
    .map((name) => join('test/golden', folder, name)),
);

test('over every golden log: a headline of one short line, with its records, and reasons that are short sentences', () => {
  let count = 0;
  const long: string[] = [];
  for (const log of logs)
    for (const { headline, headlineEvidence, reasons, clauses } of readLog(readFileSync(log, 'latin1')).incidents) {
      count++;
      assert.ok(headline.length <= HEADLINE_LIMIT, `${log}: ${headline}`);
      assert.ok(headline.length >= 8 && !/[\n\r\t]|undefined|NaN| {2}|\s$|\.$/.test(headline), `${log}: ${headline}`);
      assert.ok(headlineEvidence.length > 0, log);
      for (const { text, evidence } of clauses)
        assert.ok(evidence.length > 0 && evidence.every((n, i) => i === 0 || evidence[i - 1]! < n), `${log}: ${text} [${evidence}]`);
      for (const { text, evidence, memory } of reasons) {
        assert.ok(evidence.length > 0 || memory === true, `${log}: ${text}`);
        assert.match(text, /\.$/, log);
        const words = text.replace(/"[^"]*"/g, 'x').split(/\s+/).length;
        if (words > WORDS) long.push(`${words} ${log}: ${text}`);
      }
    }
  assert.ok(count > 300, `${count} incidents`);
  assert.equal(long, []);
});

const headlineOf = (part: Part): string | undefined => incidentsOf(eventsOf(part))[0]?.headline;
const task = { pid: 4123, comm: 'kworker/u16:2', cpu: 7 };

test('poison is said in words', () => {
  const at = (hint: string) => headlineOf({ kind: 'general-protection', fault: { address: '0x1', hint }, ...running('f [m]') });
  assert.is(at('0x6b6b6b6b6b6b6b6b: POISON_FREE: freed slab object'), 'Use after free in f [m] (poison of a freed object)');
  assert.is(
    at('LIST_POISON1: next of a list entry that was deleted already'),
    'Use of a list entry that was removed in f [m] (LIST_POISON)',
  );
  assert.is(at('POISON_INUSE: uninitialised slab object'), 'Use of uninitialised memory in f [m] (slab poison)');
  assert.is(
    at('ERR_PTR(-22) = -EINVAL used as a pointer (likely); [rax] with RAX = 0xea'),
    'Probable error code used as a pointer in f [m] (EINVAL)',
  );
  assert.is(
    at('RAX holds LIST_POISON2: prev of a list entry that was deleted already (likely)'),
    'Probable use of a list entry that was removed in f [m] (LIST_POISON)',
  );
});

test('who freed it, where KASAN shows that', () => {
  const { stacks = [], culprit } = running('vhost_worker [vhost]', 'vhost_task_fn');
  const freed = {
    label: 'Freed by task 7',
    context: 'task',
    frames: running('kfree', 'vhost_dev_cleanup [vhost]').stacks?.[0]?.frames ?? [],
  } as const;
  assert.is(
    headlineOf({ kind: 'kasan', title: 'KASAN: slab-use-after-free Read in vhost_worker', culprit, stacks: [...stacks, freed] }),
    'Use after free in vhost_worker [vhost] (read), freed by vhost_dev_cleanup [vhost]',
  );
});

test('a panic names its culprit', () => {
  assert.is(
    headlineOf({
      kind: 'panic',
      severity: 'fatal',
      details: { reason: 'Fatal exception' },
      task,
      ...running('driver_xyz_process [driver_xyz]'),
    }),
    'The kernel panicked in driver_xyz_process [driver_xyz] (panic_on_oops), in kworker/u16:2[4123]',
  );
  assert.is(
    headlineOf({ kind: 'panic', severity: 'fatal', details: { reason: 'Attempted to kill init! exitcode=0x00000300' } }),
    'Init (pid 1) died, exit status 3: the kernel panicked',
  );
  assert.is(
    headlineOf({ kind: 'panic', severity: 'fatal', details: { reason: 'Attempted to kill init! exitcode=0x0000000b' } }),
    'Init (pid 1) died, signal 11 (SIGSEGV): the kernel panicked',
  );
});

test('memory: who was killed, and whose limit it was', () => {
  const victims = [{ pid: 9, comm: 'java', anonRssKb: 25_270_682, fileRssKb: 0 }];
  assert.is(headlineOf({ kind: 'oom-kill', oom: { victims } }), 'The machine ran out of memory: java[9] was killed (24.1 GiB)');
  const limits = { memory: { limitKb: 25_165_824 } };
  const path = '/kubepods/burstable/podcheckout-7f9';
  assert.is(
    headlineOf({ kind: 'memcg-oom', oom: { victims, limits, cgroup: { oomMemcg: path, pod: 'checkout-7f9', globalOom: false } } }),
    'java[9] was killed (24.1 GiB): pod checkout-7f9 reached its limit of 24 GiB',
  );
  assert.is(
    headlineOf({ kind: 'memcg-oom', oom: { victims, limits, cgroup: { oomMemcg: '/system.slice/a.service', unit: 'a.service' } } }),
    'java[9] was killed (24.1 GiB): a.service reached its limit of 24 GiB',
  );
});

test('memory: of which nodes, and what a request was for', () => {
  const victims = [{ pid: 9, comm: 'lmp', anonRssKb: 33_554_432 }];
  const usage = { scope: 'system' as const, totalKb: 67_108_864, parts: [] };
  const short = (oom: Part['oom']) => headlineOf({ kind: 'oom-kill', oom: { victims, usage, ...oom } });
  assert.is(short({}), 'The machine ran out of memory: lmp[9] was killed (32 GiB of 64 GiB)');
  assert.is(
    short({ constraint: 'CONSTRAINT_CPUSET', cpuset: '/slurm/step_0', memsAllowed: '1' }),
    'Node 1 (cpuset step_0) ran out of memory: lmp[9] was killed (32 GiB)',
  );
  assert.is(
    short({ constraint: 'CONSTRAINT_MEMORY_POLICY', nodemask: '0,2' }),
    'Nodes 0,2 (memory policy) ran out of memory: lmp[9] was killed (32 GiB)',
  );
  const verdict = 'a request of kworker/u8:3 for 2^5 contiguous pages (GFP_KERNEL) failed: no free block of order 5 (fragmentation)';
  assert.is(
    headlineOf({ kind: 'page-allocation-failure', oom: { cause: { verdict, evidence: [] } }, ...running('ring_alloc [xyz]') }),
    'A request for 2^5 contiguous pages failed in ring_alloc [xyz]: memory is fragmented',
  );
});

test('memory: a crash kernel says so', () => {
  const { incidents } = readLog(
    stamped(0, 'Linux version 6.1.0 (a@b) (gcc) #1 SMP', 'Command line: elfcorehdr=0x6d000000 root=/dev/sda1 nr_cpus=1') +
      stamped(
        6,
        'systemd-udevd invoked oom-killer: gfp_mask=0x6000c0(GFP_KERNEL), order=0, oom_score_adj=-1000',
        'Out of memory and no killable processes...',
        'Kernel panic - not syncing: System is deadlocked on memory',
      ),
  );
  assert.is(incidents[0]?.headline, 'The crash kernel (kdump) ran out of memory, and the kernel panicked: nothing was left to kill');
  assert.match(incidents[0]?.verdict ?? '', /this is the crash kernel, which has no more memory than crashkernel= reserves/);
});

test('a workqueue that is stuck: whose workers, and on what', () => {
  const works = [
    { state: 'in-flight', worker: 18, work: 'xyz_work [xyz]' },
    { state: 'pending', work: 'vmstat_shepherd' },
  ];
  assert.is(
    headlineOf({ kind: 'workqueue-lockup', details: { seconds: 34, cpus: [3], works } }),
    'The workers of CPU 3 made no progress for 34 s, busy with xyz_work [xyz]',
  );
  assert.is(headlineOf({ kind: 'workqueue-lockup', details: { seconds: 34 } }), 'A workqueue made no progress for 34 s');
});

test('the worst comes first, of equals the older; ids count in the order of the log', () => {
  const { incidents: found } = correlate(
    eventsOf(
      { kind: 'warning', severity: 'warning', uptime: 10, ...running('a') },
      { kind: 'kasan', uptime: 2000, ...running('b') },
      { kind: 'ubsan', uptime: 9000, ...running('c') },
    ),
  );
  assert.equal(
    found.map(({ id, severity }) => `${id} ${severity}`),
    ['I2 error', 'I3 error', 'I1 warning'],
  );
});

test('a check that a file system gave up on: what the file system says, where, and what it cost', () => {
  const lines = readFileSync('test/golden/events/hw-btrfs-aborted-6.1.log', 'latin1');
  assert.equal(
    readLog(lines).incidents.map(({ headline, headlineEvidence }) => [headline, headlineEvidence]),
    [['BTRFS: Transaction aborted in btrfs_create_pending_block_groups [btrfs]; vda2 went read-only', [1, 2, 3, 16]]],
  );
});

test('a lone line that says panic comes behind what did happen', () => {
  const { incidents } = correlate(
    eventsOf(
      { kind: 'panic', severity: 'fatal', uptime: 10, records: { first: 100, last: 100, count: 1 }, details: { reason: 'not a real one' } },
      { kind: 'null-dereference', severity: 'fatal', uptime: 2000, ...running('f') },
    ),
    { lastUptime: 2000 },
  );
  assert.equal(
    incidents.map(({ id, headline }) => `${id} ${headline}`),
    ['I2 NULL pointer use in f', 'I1 A lone line says: not a real one; the log goes on'],
  );
});

test.run();
