import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { machineLines } from '../../../src/output/text/machine-lines.ts';

test('a line a fact: stack, CPUs, waiters, memory', () => {
  assert.equal(
    machineLines({
      panic: { pid: 1, comm: 'init', cpu: 1 },
      stack: { frames: ['panic+0x1'], agrees: true },
      cpus: [
        { cpu: 0, pid: 0, comm: 'swapper/0', in: ['stop_this_cpu'], idle: true },
        { cpu: 1, pid: 1, comm: 'init', in: ['panic', 'sysrq_handle_crash'], idle: false },
        { cpu: 2, pid: 9, comm: 'java', in: [], idle: false },
      ],
      stuck: [
        { pid: 7, comm: 'dd', sinceMs: 9300, what: 'page 0 of vda:/a', request: 'WRITE of 512 bytes', waitsFor: [] },
        { pid: 8, comm: 'ls', waitsFor: [] },
      ],
      memory: [
        { item: 'totalMem', pages: 1000 },
        { item: 'free', pages: 620 },
        { item: 'slab', pages: 84 },
      ],
      largest: [{ pid: 9, comm: 'java', rssKb: 17510 }],
    }),
    [
      'the stack of init[1] in memory agrees with the log',
      'CPU 1: init[1] in panic < sysrq_handle_crash',
      'CPU 2: java[9] in user space, or not known where',
      '1 of 3 CPUs idle',
      'dd[7] waits for 9.3 s for page 0 of vda:/a: WRITE of 512 bytes',
      'ls[8] waits for something that its stack does not tell',
      'memory: 62 % free, 8 % slab',
      'most memory: java[9] 17.1 MiB',
    ],
  );
});

test('nothing is said of what is not known, and names of the dump do nothing to a terminal', () => {
  assert.equal(machineLines({ cpus: [], stuck: [], memory: [{ item: 'free', pages: 5 }], largest: [] }), []);
  const [line] = machineLines({
    cpus: [{ cpu: 0, pid: 5, comm: 'a\u001b[2Jb', in: ['f'], idle: false }],
    stuck: [],
    memory: [],
    largest: [],
  });
  assert.is(line, String.raw`CPU 0: a\x1b[2Jb[5] in f`);
});

test.run();
