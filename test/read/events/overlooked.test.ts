// Where a text speaks of a crash and none was read from it, that is said: silence is a claim.
import { Readable } from 'node:stream';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { textFrom } from '../../../src/read/inputs/text-input.ts';
import { readIncidents } from '../../../src/read/read-incidents.ts';

async function read(text: string): Promise<{ readonly losses: readonly string[]; readonly events: number; readonly unread: number }> {
  const input = await textFrom('log', { chunks: Readable.from([Buffer.from(text)]), mtime: 1e15 });
  assert.ok(input);
  const { events, info } = await readIncidents(input);
  return { losses: input.losses, events: events.length, unread: info.reading?.unread ?? 0 };
}

const healthy = Array.from({ length: 40 }, (_, i) => `[${String(i).padStart(5)}.000000] usb 1-${i}: new high-speed USB device\n`).join('');

test('a headline within a line that was not taken apart is a loss, and no all-clear', async () => {
  const { losses, events, unread } = await read(`${healthy}[   50.000000] dump %% Kernel panic - not syncing: Fatal exception %% end\n`);
  assert.is(events, 0);
  assert.equal(losses, [
    'line 41 speaks of a crash, but no crash was read: "[   50.000000] dump %% Kernel panic - not syncing: Fatal exception %% end"',
  ]);
  assert.is(unread, 1);
});

test('a crash that was read is one, and a healthy log is healthy', async () => {
  assert.equal(await read(`${healthy}[   50.000000] Kernel panic - not syncing: Fatal exception\n`), { losses: [], events: 1, unread: 0 });
  assert.equal(await read(healthy), { losses: [], events: 0, unread: 0 });
});

test.run();
