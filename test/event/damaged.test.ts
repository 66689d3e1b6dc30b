// What a damaged report is not said to say: each was found by `npm run fuzz -- --part events`.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { recordsOf } from '../../src/event/records-of.ts';
import { eventsOf } from '../support/read-events.ts';

const only = (...lines: readonly string[]): Event => {
  const [event, ...others] = eventsOf(lines.map((line) => `${line}\n`).join(''));
  assert.is(others.length, 0);
  return event as Event;
};

test('a symbol whose size is cut off has none', () => {
  const { culprit } = only('Kernel panic - not syncing: stack-protector: Kernel stack is corrupted in: driver_xyz_fault+0x28/0x');
  assert.is(culprit?.symbol, 'driver_xyz_fault');
  assert.is(culprit?.size, undefined);
});

test('a panic without a reason, a slab report without its head', () => {
  assert.is(only('Kernel panic - not syncing: ').details?.reason, undefined);
  assert.is(only("slab error in verify_redzone_free(): cache `kmalloc-64': ", ' driver_xyz_free+0x28/0x60').details?.message, undefined);
});

test('more than 16 digits are no address', () => {
  const digits = 'f'.repeat(18);
  assert.is(only(`BUG: kernel NULL pointer dereference, address: ${digits}`).fault?.address, undefined);
  const kasan = only('BUG: KASAN: use-after-free in f+0x1/0x2', `Read of size 8 at addr ${digits} by task java/30`);
  assert.is(kasan.fault?.address, undefined);
});

test('a title says which CPU its own stack ran on, and nothing of the next', () => {
  const { stacks = [] } = only(
    'BUG kmalloc-64 (Tainted: G OE): Poison overwritten',
    'Freed in driver_xyz_free+0x28/0x60 age=12 cpu=1 pid=30',
    ' driver_xyz_free+0x28/0x60',
    'Call Trace:',
    ' driver_xyz_process+0x12/0x20',
  );
  assert.equal(
    stacks.map(({ cpu }) => cpu),
    [1, undefined],
  );
});

test('counters of several groups lead to the records of all', () => {
  const event = only(
    'java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
    'memory: usage 1024kB, limit 1024kB, failcnt 1',
    'Memory cgroup stats for /a: cache:844KB rss:12KB',
    'Memory cgroup stats for /b:',
    'anon 8192',
    'file 12288',
  );
  assert.ok(recordsOf(event, 'oom.memcgStat./b.file').includes(6));
});

test.run();
