// What a real dump's memory says to incidents: only what bears on what the log reports is asked.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openInput } from '../../../src/dump/open/open-dump.ts';
import { openDumpLog } from '../../../src/read/inputs/dump-log.ts';
import { machineOf } from '../../../src/read/machine/machine-facts.ts';
import { eventsOf } from '../../support/incident-events.ts';
import { HOLES, RICH } from '../../support/inspect-sample.ts';

const open = async (file: string) => openDumpLog([await openInput(file)]);
const rich = await open(RICH);

test('who holds slab and cgroups is said where memory may have run short, parents left out', () => {
  const { slabs, cgroups } = machineOf(rich, eventsOf({ kind: 'panic' }))!.facts;
  assert.is(slabs?.[0]?.name, 'inode_cache');
  assert.ok(slabs!.every(({ bytes }, i) => bytes > 0 && bytes <= (slabs![i - 1]?.bytes ?? bytes)));
  assert.equal(
    cgroups?.map(({ path, maxBytes }) => [path, maxBytes]),
    [
      ['/kubepods/burstable/podabc/web', 64 << 20],
      ['/system.slice/db.service', undefined],
    ],
  );
  const other = machineOf(rich, eventsOf({ kind: 'warning' }))!.facts;
  assert.is(other.slabs, undefined);
  assert.is(other.cgroups, undefined);
});

test('a stopped CPU is told by what it did, the one that panicked by its whole stack', () => {
  const { cpus, panic } = machineOf(rich, [])!.facts;
  assert.equal(
    cpus.map(({ cpu, in: [inner] }) => [cpu, inner]),
    [
      [0, 'native_safe_halt'],
      [1, 'delay_tsc'],
      [2, 'native_safe_halt'],
    ],
  );
  assert.is(panic?.cpu, 1);
});

test('registers of the last report, as objects of slab caches; whether they are free only where their lists could be read', async () => {
  const { facts } = machineOf(rich, [])!;
  assert.equal(facts.objects, []);
  const registers = { RCX: '0xffff8d43810b2408', R10: '0xffff8d438105b0b8', RAX: '0x10', RBX: 'junk', RSI: '0xffffffffffffffff' };
  const { objects } = machineOf(await open(HOLES), eventsOf({ kind: 'null-dereference', registers }))!.facts;
  assert.equal(objects, [
    { event: 'E1', register: 'RCX', address: registers.RCX, cache: 'kmalloc-192', offset: 72 },
    { event: 'E1', register: 'R10', address: registers.R10, cache: 'kmalloc-512', offset: 184, isFree: false },
  ]);
});

test.run();
