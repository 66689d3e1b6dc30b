// --max-time: what was read until then is given, and nothing is claimed of the rest. The clock ticks with each look at it.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Deadline, TimeUp } from '../../../src/dump/open/deadline.ts';
import { allClear } from '../../../src/output/text/all-clear.ts';
import { openBytes, openLogInput } from '../../../src/read/inputs/open.ts';
import { readIncidents } from '../../../src/read/read-incidents.ts';
import { RICH } from '../../support/inspect-sample.ts';

const VMCORE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';

/** Time is up when the clock was looked at so often. */
function ticking(looks: number): Deadline {
  let at = 0;
  return { seconds: 7, endsAt: looks, now: () => at++ };
}

/** The texts of a dump's records until time is up, and what is said to be lost. */
async function readUntil(looks: number) {
  const input = await openLogInput([{ name: VMCORE }], { deadline: ticking(looks) });
  const texts: string[] = [];
  for await (const batch of input.batches) for (const { text } of batch) texts.push(text);
  const { reading } = input.info();
  await input.close();
  return { texts, losses: input.losses, stopped: reading?.stopped };
}

test('of a dump the records that time was left for are a beginning of all, and the loss says when it stopped', async () => {
  const whole = await readUntil(Number.POSITIVE_INFINITY);
  assert.is(whole.losses.length, 0);
  let partly = 0;
  let refused = 0;
  for (let looks = 0; looks < 4000; looks = Math.ceil(looks * 1.15 + 1)) {
    const read = await readUntil(looks).catch((error: unknown) => error);
    if (read instanceof Error) {
      assert.instance(read, TimeUp, `${looks} looks`);
      assert.match(read.message, 'stopped after 7 s (--max-time)');
      refused++;
      continue;
    }
    const { texts, losses, stopped } = read as Awaited<ReturnType<typeof readUntil>>;
    assert.equal(texts, whole.texts.slice(0, texts.length), `${looks} looks`);
    if (texts.length < whole.texts.length) {
      partly++;
      assert.match(losses[0] ?? '', /^reading stopped after 7 s \(--max-time\): [\d.]+ MB read$/);
      assert.is(stopped, losses[0]);
    }
  }
  assert.ok(refused > 0 && partly > 0, `${refused} refused, ${partly} in part`);
});

test('memory that no time was left for is a loss, not an absence', async () => {
  let [told, silent] = [0, 0];
  for (let looks = 64; looks < 40_000; looks = Math.ceil(looks * 1.4)) {
    const read = await openLogInput([{ name: RICH }], { deadline: ticking(looks) }).then(
      async (input) => {
        const { machine } = await readIncidents(input, { machine: true }).finally(() => input.close());
        return { machine, losses: input.losses };
      },
      () => undefined,
    );
    if (read === undefined) continue;
    if (read.machine === undefined) assert.match(read.losses.join('\n'), 'stopped after 7 s (--max-time)');
    if (read.losses.some((line) => line.startsWith('its memory was not asked: '))) told++;
    if (read.losses.length === 0) silent++;
  }
  assert.ok(told > 0 && silent > 0, `${told} told, ${silent} whole`);
});

test('a text stops between two pieces, and is not said to be quiet', async () => {
  const line = '[    1.000000] usb 1-1: new high-speed USB device number 2 using xhci_hcd\n';
  const bytes = Buffer.from(line.repeat(200_000));
  const lengths = [];
  for (const looks of [0, 8, 40]) {
    const opened = await openBytes('a.log', bytes, { deadline: ticking(looks) });
    if (opened.kind === 'dump') throw new Error('a text is a text');
    const { info, events } = await readIncidents(opened.input);
    assert.is(events.length, 0);
    assert.match(info.reading?.stopped ?? '', /^reading stopped after 7 s \(--max-time\): [\d.]+ of 14\.8 MB read$/);
    assert.match(allClear(info), 'not all was read: reading stopped after 7 s');
    assert.equal(info.warnings, opened.input.losses);
    lengths.push(info.log.records);
  }
  assert.ok(lengths[0]! > 0 && lengths[0]! < lengths[1]! && lengths[1]! < lengths[2]!, lengths.join(' '));
});

test('what is read whole in its first piece is whole', async () => {
  const opened = await openBytes('a.log', readFileSync('test/golden/events/oops-null-arm64-6.12.log'), { deadline: ticking(0) });
  if (opened.kind === 'dump') throw new Error('a text is a text');
  const { info, events } = await readIncidents(opened.input);
  assert.ok(events.length > 0);
  assert.is(info.reading?.stopped, undefined);
  assert.equal(opened.input.losses, []);
});

test.run();
