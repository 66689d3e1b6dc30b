// Programs that die of their own faults, and signals that somebody else sends.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from '../../support/read-events.ts';

const titles = (text: string): string[] => eventsOf(`[  130.000000] ${text}\n`).map(({ title }) => title);

test('the kernel that signals a bad access is a fault of the program', () => {
  assert.equal(titles('do_page_fault(): sending SIGSEGV to java for invalid write access to 00000010'), ['SIGSEGV in java']);
  assert.equal(titles('do_page_fault: sending SIGSEGV to my program(2)[471] for invalid read access from 00000010'), [
    'SIGSEGV in my program(2)',
  ]);
});

test('a daemon that sends a signal is not', () => {
  assert.equal(titles('earlyoom[700]: sending SIGTERM to process 4321 uid 1000 "chrome": oom_score 910, VmRSS 2100 MiB'), []);
  assert.equal(titles('init: sending SIGTERM to all processes'), []);
});

test.run();
