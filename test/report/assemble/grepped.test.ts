// What `grep` leaves of a log: heads without the reports behind them. Each is a report of its own.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assemble, records } from '../../support/assemble.ts';

/** A line that a report has once, of another place and task each time. */
const HEADS: readonly (readonly [family: string, head: (i: number) => string])[] = [
  ['bug', (i) => `WARNING: CPU: ${i} PID: 3${i} at drivers/misc/xyz.c:12${i} xyz_fault+0x28/0x60 [xyz]`],
  ['bug', (i) => `WARNING: drivers/misc/xyz.c:12${i} at xyz_fault+0x28/0x60 [xyz], CPU#1: java/3${i}`],
  ['sanitizer', (i) => `BUG: KASAN: slab-use-after-free in xyz_${i}+0x28/0x60 [xyz]`],
  ['sanitizer', (i) => `BUG: KMSAN: uninit-value in xyz_${i}+0x28/0x60`],
  ['sanitizer', (i) => `BUG: KCSAN: data-race in xyz_${i} / xyz_read`],
  ['sanitizer', (i) => `BUG: KFENCE: use-after-free read in xyz_${i}+0x28/0x60 [xyz]`],
  ['sanitizer', (i) => `UBSAN: shift-out-of-bounds in drivers/misc/xyz.c:12${i}:14`],
  ['lock', (i) => `BUG: spinlock bad magic on CPU#${i}, java/7${i}`],
  ['oops', (i) => `Oops: 0002 [#${i + 1}] PREEMPT SMP NOPTI`],
  ['oops', (i) => `Internal error: Oops: 0000000096000044 [#${i + 1}] PREEMPT SMP`],
  ['oops', (i) => `Oops: Kernel access of bad area, sig: 11 [#${i + 1}]`],
  ['oops', (i) => `java(7${i}): Oops [#${i + 1}]`],
  [
    'oom',
    (i) => `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=java,pid=30${i},uid=0`,
  ],
  ['oom', (i) => `Out of memory: Killed process 30${i} (java) total-vm:2048kB, anon-rss:1024kB, file-rss:0kB, shmem-rss:0kB, UID:0`],
];

for (const [family, head] of HEADS)
  test(`heads alone: ${head(0).slice(0, 40)}`, () => {
    const reports = assemble(records([0, 1, 2].map(head)));
    assert.equal(
      reports.map((r) => r.family.name),
      [family, family, family],
    );
    // the same line twice in a row is printed twice, not another report
    if (family !== 'oom') assert.is(assemble(records([head(0), head(0)])).length, 1);
  });

const INLINED: readonly (readonly string[])[] = [
  [
    'BUG: KASAN: slab-use-after-free in xyz_read include/linux/xyz.h:71 [inline]',
    'BUG: KASAN: slab-use-after-free in xyz_get include/linux/xyz.h:27 [inline]',
    'BUG: KASAN: slab-use-after-free in xyz_fault+0x28/0x60 drivers/misc/xyz.c:12',
  ],
  [
    'BUG: KMSAN: kernel-infoleak in xyz_copy include/linux/xyz.h:114 [inline]',
    'BUG: KMSAN: kernel-infoleak in xyz_to_user+0xbc/0x110 drivers/misc/xyz.c:26',
  ],
  [
    'WARNING: CPU: 0 PID: 30 at drivers/misc/xyz.c:12 xyz_check drivers/misc/xyz.c:12 [inline]',
    'WARNING: CPU: 0 PID: 30 at drivers/misc/xyz.c:12 xyz_fault+0x28/0x60 drivers/misc/xyz.c:40',
  ],
];

for (const heads of INLINED)
  test(`the head of a symbolised report, once for each inlined function: ${heads[0]?.slice(0, 20)}`, () => {
    assert.is(assemble(records(heads)).length, 1);
    // what follows the function itself is another report
    assert.is(assemble(records([...heads, ...heads.map((head) => head.replaceAll('xyz', 'abc'))])).length, 2);
  });

test.run();
