// What incidents are made of is bounded: the first reports, the last ones, and what ended a boot between them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../../src/event/event.ts';
import { openLog } from '../../../src/index.ts';
import { countsLine } from '../../../src/output/text/incident-summary.ts';
import { HeldEvents } from '../../../src/read/events/held-events.ts';
import { openLogInput } from '../../../src/read/inputs/open.ts';
import { readIncidents } from '../../../src/read/read-incidents.ts';

const eventsOf = (fatal: readonly boolean[]): Event[] =>
  fatal.map((isFatal, i) => ({ id: `E${i + 1}`, severity: isFatal ? 'fatal' : 'warning' }) as Event);

test('the first, the last and the ends of boots are held, each in its place; every other is counted and told', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (fatal, most) => {
      const forgotten: string[] = [];
      const held = new HeldEvents(({ id }) => forgotten.push(id), most);
      const events = eventsOf(fatal);
      for (const event of events) held.push(event);
      const all = held.all();
      assert.equal(
        all,
        events.filter((event) => all.includes(event)),
        'in their order',
      );
      assert.equal([...all.map(({ id }) => id), ...forgotten].sort(), events.map(({ id }) => id).sort());
      assert.ok(all.length <= 4 * most);
      for (const event of [...events.slice(0, most), ...events.slice(-most)]) assert.ok(all.includes(event), event.id);
      const ends = events.filter(({ severity }) => severity === 'fatal').slice(0, most);
      for (const event of ends) assert.ok(all.includes(event), event.id);
      assert.is(held.loss === undefined, forgotten.length === 0);
      if (held.loss !== undefined) assert.match(held.loss, new RegExp(`^${forgotten.length} of ${events.length} reports `));
    }),
  );
});

const MANY = Array.from({ length: 15_100 }, (_, i) => {
  const time = `[${(i / 100 + 1).toFixed(6).padStart(12)}]`;
  return `${time} WARNING: CPU: 0 PID: ${i + 2} at drivers/xyz/xyz.c:${i + 1} xyz_work+0x1f/0x40\n`;
}).join('');

test('a log of tens of thousands of reports says how many are in no incident', async () => {
  const log = await openLog(Buffer.from(MANY), { name: 'log' });
  const { events, incidents } = await log.incidents();
  assert.is(events.length, 10_000);
  assert.is(log.losses.length, 1);
  assert.match(incidents[0]?.verdict ?? '', /reported at least 9,999 more times/i);
  assert.match(log.losses[0] ?? '', /^5100 of 15100 reports are in no incident/);
});

test('a summary counts all of them, or those that were wanted', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-held-'));
  const name = join(dir, 'log');
  writeFileSync(name, MANY);
  const counted = async (keep?: (event: Event) => boolean) => countsLine(await readIncidents(await openLogInput([{ name }]), { keep }));
  assert.is(await counted(), '15,100 events, 10,000 of them in 1 incident: 1 warning');
  assert.match(await counted(({ id }) => Number(id.slice(1)) <= 5200), /^10,200 events, 10,000 of them in 1 incident/);
  rmSync(dir, { recursive: true });
});

test('kinds of events that are not held are known, those of events that were not wanted are not', async () => {
  const lines = MANY.split('\n');
  const between = 'BUG: sleeping function called from invalid context at drivers/xyz/xyz.c:9';
  lines[7000] = lines[7000]!.replace(/\] .*/, `] ${between}`);
  const kinds = async (keep?: (event: Event) => boolean) => {
    const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-held-'));
    const name = join(dir, 'log');
    writeFileSync(name, lines.join('\n'));
    const { kinds, events } = await readIncidents(await openLogInput([{ name }]), { keep });
    rmSync(dir, { recursive: true });
    assert.not.ok(events.some(({ kind }) => kind === 'atomic-context'));
    return [...kinds].sort();
  };
  assert.equal(await kinds(), ['atomic-context', 'warning']);
  assert.equal(await kinds(({ kind }) => kind === 'warning'), ['warning']);
});

test.run();
