// The truncation ladder and bit flips: a damaged dump gives the log that was readable, or one InputError; never a crash, a hang or
// somebody else's text.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../src/dump/source.ts';
import { type ContainerOptions, contain } from '../builder/build-dump.ts';
import { fromBuffer, toBuffer } from '../builder/container/file-image.ts';
import { buildImage, type MemoryImage, type RingChoice } from '../builder/image/memory-image.ts';
import { arm64 } from '../builder/machine/arm64.ts';
import { i386 } from '../builder/machine/i386.ts';
import type { Machine } from '../builder/machine/machine.ts';
import { s390x } from '../builder/machine/s390x.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import type { PrintkCall } from '../builder/ring/printk-call.ts';
import { hasLoss } from '../support/has-loss.ts';
import { type Meter, type ReadLog, readBuilt } from '../support/read-built.ts';

const CALLS: PrintkCall[] = Array.from({ length: 90 }, (_, i) => ({
  text: `line ${i} ${'x'.repeat((i * 7) % 31)}`,
  level: i % 8,
  caller: { task: i },
}));
const imageOf = (machine: Machine, ring: RingChoice): MemoryImage => buildImage({ machine, ring, buffers: 'linear' });
const IMAGES: Readonly<Record<string, () => MemoryImage>> = {
  'x86_64 lockless': () => imageOf(x86_64(), { kind: 'lockless', calls: CALLS, countBits: 7, sizeBits: 13 }),
  'arm64 lockless, wrapped': () => imageOf(arm64(), { kind: 'lockless', calls: CALLS }),
  'i386 records': () => imageOf(i386({ release: '4.19.0' }), { kind: 'variable', calls: CALLS, size: 2048 }),
  's390x lockless': () => imageOf(s390x(), { kind: 'lockless', calls: CALLS, countBits: 7, sizeBits: 13 }),
  'x86_64 character log': () => imageOf(x86_64({ release: '2.6.32' }), { kind: 'flat', calls: CALLS, size: 2048 }),
};
const CONTAINERS: Readonly<Record<string, ContainerOptions>> = {
  elf: { kind: 'elf' },
  'elf without note': { kind: 'elf', mapping: 'physical', vmcoreinfoNote: false },
  'kdump zlib': { kind: 'kdump' },
  'kdump lzo': { kind: 'kdump', codecs: ['lzo'], zeroPages: 'share' },
  'kdump flattened': { kind: 'kdump', flatten: { record: 9000 } },
  lime: { kind: 'lime' },
};

/** A file is read through a few times at most: its tables, its pages, and all of them again where VMCOREINFO is searched for. */
const READ_THROUGH = 16;

async function attempt(bytes: Buffer): Promise<ReadLog | InputError> {
  const meter: Meter = { bytes: 0, reads: 0 };
  try {
    return await readBuilt([fromBuffer(bytes)], meter);
  } catch (error) {
    if (error instanceof InputError) {
      assert.not.match(error.message, /\n/);
      return error;
    }
    throw error;
  } finally {
    assert.ok(meter.bytes <= READ_THROUGH * bytes.length, `${meter.bytes} bytes read of ${bytes.length}`);
  }
}

/** Cuts at every structure's edge and evenly in between. */
function cuts(size: number): number[] {
  const even = Array.from({ length: 24 }, (_, i) => Math.floor((size * i) / 24));
  const early = [0, 1, 15, 16, 51, 52, 63, 64, 100, 463, 464, 4095, 4096, 4097, 4200, 5000, 8192, 8300, 12288];
  return [...new Set([...early, ...even, size - 4096, size - 100, size - 1, size].filter((n) => n >= 0 && n <= size))].sort(
    (a, b) => a - b,
  );
}

/** What is wrong with the log of a file cut at `size`, given how many records a shorter one gave. */
async function climb(image: MemoryImage, bytes: Buffer, best: number): Promise<{ good: number; wrong?: string }> {
  const { flat, records } = image.expected;
  const texts = new Set(records.map((r) => r.text.toString('latin1')));
  let log: ReadLog | InputError;
  try {
    log = await attempt(bytes);
  } catch (error) {
    return { good: best, wrong: `threw ${error instanceof Error ? error.message.split('\n')[0] : error}` };
  }
  if (log instanceof InputError)
    return best > 0 ? { good: 0, wrong: `refused (${log.message}), a shorter file gave ${best}` } : { good: 0 };
  if (flat) {
    const said = log.report.problems.length > 0 || log.flat?.equals(flat);
    return said ? { good: 0 } : { good: 0, wrong: 'bytes differ and nothing is said of it' };
  }
  const foreign = log.records.find((r) => !texts.has(r.text) && !r.ring?.loss);
  const good = log.records.filter((r) => texts.has(r.text)).length;
  if (foreign) return { good, wrong: `record ${foreign.seq} is "${foreign.text}"` };
  if (good < best) return { good, wrong: `${good} records, a shorter file gave ${best}` };
  const told = hasLoss(log.report) || log.records.some((r) => r.ring?.loss);
  return good < records.length && !told ? { good, wrong: `${good} of ${records.length} records and no word of it` } : { good };
}

for (const [name, make] of Object.entries(IMAGES)) {
  test(`${name}: cut anywhere, the log is no worse than what was readable`, async () => {
    const image = make();
    const wrong: string[] = [];
    for (const [container, options] of Object.entries(CONTAINERS)) {
      const whole = toBuffer(contain(image, options)[0]!);
      let best = 0;
      for (const size of cuts(whole.length)) {
        const step = await climb(image, whole.subarray(0, size), best);
        if (step.wrong) wrong.push(`${container} cut at ${size} of ${whole.length}: ${step.wrong}`);
        best = Math.max(best, step.good);
      }
      if (best !== image.expected.records.length) wrong.push(`${container} whole: ${best} records`);
    }
    assert.equal(wrong, []);
  });
}

for (const [name, make] of Object.entries(IMAGES)) {
  test(`${name}: bytes changed anywhere never throw, hang or grow`, async () => {
    const image = make();
    for (const options of Object.values(CONTAINERS)) {
      const whole = toBuffer(contain(image, options)[0]!);
      // headers are few bytes of many: half of the changes go there
      const place = fc.oneof(fc.nat(whole.length - 1), fc.nat(Math.min(9000, whole.length) - 1));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 12 }), async (changes) => {
          const damaged = Buffer.from(whole);
          for (const [at, value] of changes) damaged[at] = value;
          const log = await attempt(damaged);
          if (!(log instanceof InputError)) assert.ok(log.records.length < 5000);
        }),
        { numRuns: 12, endOnFailure: true },
      );
    }
  });
}

test('rings, tables and keys filled with anything', async () => {
  const kinds: RingChoice[] = [
    { kind: 'lockless', calls: CALLS, countBits: 7, sizeBits: 13 },
    { kind: 'variable', calls: CALLS, size: 2048 },
    { kind: 'flat', calls: CALLS, size: 2048 },
  ];
  const releases = { lockless: '6.1.0', variable: '4.19.0', flat: '2.6.32' } as const;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.nat(1000),
      fc.nat(300),
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      async (ring, which, offset, noise) => {
        const image = buildImage({
          machine: x86_64({ release: releases[ring.kind] }),
          ring,
          buffers: 'scattered',
          tamper: (i) => {
            const places = Object.entries(i.places).sort(([a], [b]) => a.localeCompare(b));
            i.write(places[which % places.length]![1] + BigInt(offset), Buffer.from(noise));
          },
        });
        const log = await attempt(toBuffer(contain(image, { kind: 'elf', mapping: 'physical' })[0]!));
        if (!(log instanceof InputError)) assert.ok(log.records.length < 5000);
      },
    ),
    { numRuns: 150, endOnFailure: true },
  );
});

test('VMCOREINFO with any line changed or cut anywhere', async () => {
  const value = fc.oneof(
    fc.constantFrom('0', '-1', '1', '18446744073709551615', '0xffffffffffffffff', 'ffffffffffffffff', '65536', 'x', ''),
    fc.nat(99_999_999).map(String),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(200), value), { maxLength: 3 }),
      fc.integer({ min: 20, max: 6000 }),
      async (edits, length) => {
        const image = buildImage({
          machine: x86_64(),
          ring: { kind: 'lockless', calls: CALLS.slice(0, 20) },
          editVmcoreinfo: (text) => {
            const lines = text.split('\n');
            for (const [n, v] of edits) lines[n % lines.length] = `${lines[n % lines.length]!.split('=')[0]}=${v}`;
            return lines.join('\n').slice(0, length);
          },
        });
        const log = await attempt(toBuffer(contain(image, { kind: 'kdump' })[0]!));
        if (!(log instanceof InputError)) assert.ok(log.records.length <= 2 ** 16);
      },
    ),
    { numRuns: 150, endOnFailure: true },
  );
});

test('noise behind every magic', async () => {
  const magics = [
    '\x7fELF',
    'KDUMP   ',
    'DISKDUMP',
    'makedumpfile\0\0\0\0',
    'EMiL',
    '\xa8\x19\x01\x73\x61\x8f\x23\xfd',
    'sadump\0\0',
    '\xed\x23\x8f\x61\x73\x01\x19\xa8',
    '',
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 9000, size: 'max' }), async (magic, noise) => {
      await attempt(Buffer.concat([Buffer.from(magic, 'latin1'), Buffer.from(noise)]));
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

test.run();
