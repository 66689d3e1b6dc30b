// What the issue promises of whole reports: the victim explained, names that survive, damage that is said.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { eventsOf, logText } from '../../support/read-events.ts';

const only = (file: string): Event => {
  const [event, ...others] = eventsOf(logText(file));
  assert.is(others.length, 0);
  return event as Event;
};

test('the badness picks the victim of every real report', () => {
  const files = [
    'real-5.10-arm64-memcg-global',
    'real-6.1-cpuset',
    'real-6.1-memcg-v1',
    'real-6.1-armhf',
    'real-6.12-ppc64-64k',
    'real-7.2-memcg-global',
  ];
  for (const file of files) {
    for (const { oom } of eventsOf(logText(`${file}.log`)).filter((event) => event.kind !== 'page-allocation-failure')) {
      assert.is(oom?.victimChoice?.explains, true, file);
      assert.is(oom?.victimChoice?.badness[0]?.pid, oom?.victims?.[0]?.pid, file);
      assert.is(oom?.doubts, undefined, file);
    }
  }
});

test('the article: two kills, a reaped name, the cgroup, a zone and order 3 with its mask', () => {
  const [first, second] = eventsOf(logText('article-excerpt.log'));
  assert.equal([first?.oom?.victims?.[0]?.pid, first?.oom?.victims?.[0]?.comm, first?.oom?.reaped?.[0]?.comm], [29876, 'jav a', 'java']);
  assert.equal([second?.oom?.victims?.[0]?.pid, second?.oom?.victims?.[0]?.comm], [30555, 'python']);
  assert.is(second?.oom?.cgroup?.taskMemcg, '/kubepods/besteffort/pod123/xyz');
  const { name, freeKb, minKb, lowKb, highKb } = second?.oom?.zones?.[0] ?? {};
  assert.equal([name, freeKb, minKb, lowKb, highKb], ['DMA32', 152, 16224, 20280, 24336]);
  assert.equal([second?.oom?.trigger?.order, second?.oom?.trigger?.gfpMask], [3, '0x24201ca']);
});

test('names may hold what follows them', () => {
  const { oom } = only('names-hostile.log');
  assert.is(oom?.trigger?.comm, 'a) b: c');
  assert.equal(
    oom?.tasks?.map((task) => task.name),
    ['7z 12', '(x) total-vm:1'],
  );
  assert.is(oom?.victims?.[0]?.comm, '(x) total-vm:1');
  assert.equal([oom?.cpuset, oom?.memsAllowed, oom?.cgroup?.oomMemcg], ['a,b', '0-1,3', '/a: b,task=c']);
});

test('an unknown column and counter is carried by its name, a number below zero is quoted and not used', () => {
  const { oom } = only('unknown-columns.log');
  assert.is(oom?.tasks?.[0]?.rssTape, 7);
  assert.is(oom?.memInfo?.quantumPages, 42);
  assert.is(oom?.victims?.[0]?.tapeRssKb, 28);
  assert.is(oom?.memInfo?.isolatedAnon, undefined);
  assert.equal(oom?.doubts, ['isolated_anon: 18446744073709551615']);
});

test('a missing header row is said, its columns are known all the same', () => {
  const event = only('missing-header-row.log');
  assert.is(event.completeness, 'truncated');
  assert.match(event.oom?.missing?.join() ?? '', /header row/);
  assert.equal([event.oom?.tasks?.[1]?.rssPages, event.oom?.tasks?.[1]?.pgtablesBytes], [420219, 3530752]);
});

test('lines of two callers are told apart; without caller ids the failure keeps only its own', () => {
  const two = eventsOf(logText('interleaved-callers.log'));
  assert.equal(
    two.map(({ oom, completeness }) => [oom?.cgroup?.oomMemcg, oom?.reaped?.[0]?.pid, completeness]),
    [
      ['/a', 71, 'complete'],
      ['/b', 72, 'complete'],
    ],
  );
  const [kill, failure] = eventsOf(logText('interleaved-failure.log'));
  assert.equal([kill?.oom?.tasks?.length, kill?.oom?.victims?.length], [2, 1]);
  assert.equal([failure?.kind, failure?.oom?.tasks, failure?.culprit?.symbol], ['page-allocation-failure', undefined, 'xyz_rx']);
});

test('a leak is named with its share', () => {
  const { oom } = only('era-6.12-slab-leak.log');
  assert.is(oom?.slabs?.[0]?.name, 'driver_xyz_cache');
  assert.is(oom?.allocations?.[0]?.module, 'driver_xyz');
  const texts = oom?.cause?.evidence.map(({ text }) => text).join('\n') ?? '';
  assert.match(texts, /slab cache driver_xyz_cache holds 1\.4 GiB/);
  assert.match(texts, /allocations by driver_xyz_process \[driver_xyz\]/);
});

test('every claim names its records, and they are the report’s own', () => {
  const event = only('real-6.1-cpuset.log');
  for (const { text, records } of event.oom?.cause?.evidence ?? []) {
    assert.ok(records?.length, text);
    for (const seq of records ?? []) assert.ok(seq >= event.records.first && seq <= event.records.last, text);
  }
});

test.run();
