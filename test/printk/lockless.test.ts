// The lockless ring (5.10 and later): every state that a descriptor and a data block can be in, in every layout.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { buildDump, type DumpOptions } from '../builder/build-dump.ts';
import { fromBuffer } from '../builder/container/file-image.ts';
import { StructWriter } from '../builder/image/struct-writer.ts';
import { arm } from '../builder/machine/arm.ts';
import { i386 } from '../builder/machine/i386.ts';
import { ppc64 } from '../builder/machine/linear-only.ts';
import type { Machine } from '../builder/machine/machine.ts';
import { s390x } from '../builder/machine/s390x.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import type { PrintkCall } from '../builder/ring/printk-call.ts';
import { hasLoss } from '../support/has-loss.ts';
import { expectedLines, readBuilt, readLines } from '../support/read-built.ts';

/** Word size, byte order and alignment, and the kernels between which structures differ. */
const SHAPES: Readonly<Record<string, (release: string) => Machine>> = {
  x86_64: (release) => x86_64({ release }),
  i386: (release) => i386({ release }),
  arm: (release) => arm({ release }),
  'arm big endian': (release) => arm({ release, order: 'big' }),
  s390x: (release) => s390x({ release }),
  'ppc64 big endian': (release) => ppc64({ release, order: 'big' }),
};
const RELEASES = ['5.10.0', '5.15.0', '6.1.0', '6.12.0', '7.2.0'];

const line = (i: number, length = (i * 7) % 31): PrintkCall => ({
  text: `line ${i} ${'x'.repeat(length)}`,
  level: i % 8,
  facility: i % 3,
  caller: i % 2 ? { task: 100 + i } : { cpu: i % 4 },
  otherCaller: i % 5,
  comm: i % 2 ? 'kworker/0:1' : 'swapper/2',
  tsNsec: BigInt(i) * 1_234_567_891n,
});
const lines = (n: number): PrintkCall[] => Array.from({ length: n }, (_, i) => line(i));

const ODD: PrintkCall[] = [
  { text: Buffer.from('utf8 \xc3\xa9, latin1 \xe9, \\ and \x01\x7f', 'latin1'), level: 3 },
  { text: '' },
  { text: 'first\n\tsecond\nthird' },
  { text: 'pci 0000:00:1f.2: reg', subsystem: 'pci', device: '+pci:0000:00:1f.2' },
  { text: 'full names', subsystem: 'sixteen-bytes-sub', device: 'd'.repeat(60) },
  { text: 'begins ', newline: false, caller: { task: 7 } },
  { text: 'goes on ', newline: false, cont: true, caller: { task: 7 } },
  { text: 'and ends', cont: true, caller: { task: 7 } },
  { text: 'a fragment of another task', cont: true, caller: { task: 8 } },
  { text: 'never written', hold: true },
  { text: 'after the hole' },
  { text: 'still open', newline: false },
];

/** dev_info arrays hold 16 and 48 bytes, without a NUL when full. */
const cutDict = (dict: string): string =>
  dict
    .split('|')
    .map((d) => (d.startsWith('SUBSYSTEM=') ? d.slice(0, 26) : d.slice(0, 7 + 48)))
    .join('|');

async function same(options: DumpOptions): Promise<Awaited<ReturnType<typeof readBuilt>> & { missing: number }> {
  const { files, expected } = buildDump(options);
  const log = await readBuilt(files);
  assert.equal(
    readLines(log.records),
    expectedLines(expected).map((l) => ({ ...l, dict: cutDict(l.dict) })),
  );
  const missing = expected.lost.reduce((n, r) => n + r.last - r.first + 1, 0);
  return { ...log, missing };
}

for (const [shape, make] of Object.entries(SHAPES)) {
  for (const release of RELEASES) {
    test(`${shape} ${release}: odd records`, async () => {
      for (const slack of [0, 1]) await same({ machine: make(release), ring: { kind: 'lockless', calls: ODD, slack } });
    });
    test(`${shape} ${release}: wrapped many times`, async () => {
      for (const calls of [lines(33), lines(100), lines(333)]) {
        const { report } = await same({ machine: make(release), ring: { kind: 'lockless', calls, countBits: 6, sizeBits: 11 } });
        assert.not(hasLoss(report), `overwriting is no loss: ${JSON.stringify(report)}`);
      }
    });
  }
}

test('an empty ring has no record and no loss', async () => {
  const { report } = await same({ ring: { kind: 'lockless', calls: [] } });
  assert.not(hasLoss(report));
});

test('a ring that never wrapped is whole', async () => {
  const { report } = await same({ ring: { kind: 'lockless', calls: lines(20), countBits: 6, sizeBits: 14 } });
  assert.not(hasLoss(report));
  assert.is(report.overwritten, 0);
});

test('a ring short of descriptors has overwritten the oldest, which is no loss', async () => {
  const { report, missing } = await same({ ring: { kind: 'lockless', calls: lines(100), countBits: 4, sizeBits: 14 } });
  assert.not(hasLoss(report));
  assert.is(report.overwritten, missing);
});

test('a ring short of text space leaves reusable descriptors behind its tail, which is no loss', async () => {
  const { report, missing } = await same({ ring: { kind: 'lockless', calls: lines(100), countBits: 7, sizeBits: 10 } });
  assert.is(report.overwritten, missing);
  assert.not(hasLoss(report));
});

test('empty records outlive the text around them: the gaps between are overwritten, not lost', async () => {
  const calls = lines(60).map((c, i) => (i % 4 === 0 ? { ...c, text: '' } : c));
  const { report, missing } = await same({ ring: { kind: 'lockless', calls, countBits: 7, sizeBits: 10, slack: 0 } });
  assert.ok(missing > 0);
  assert.not(hasLoss(report));
});

test('identifiers of 32 bits wrap soon after boot, those of words too', async () => {
  for (const make of [() => x86_64(), () => i386()]) {
    for (const wideIds of [false, true]) await same({ machine: make(), ring: { kind: 'lockless', calls: lines(20), wideIds } });
  }
});

test('blocks that end exactly with the ring: kernels before 6.19 wrap them, later ones do not', async () => {
  // blocks of 128 bytes: 8 of them fill a ring of 1024
  const calls = Array.from({ length: 29 }, (_, i): PrintkCall => ({ text: `${String(i).padStart(3, '0')}${'p'.repeat(117)}` }));
  for (const make of [() => x86_64(), () => s390x(), () => i386(), () => arm({ order: 'big' })]) {
    const wide = make().shape.wordSize === 8;
    const fitted = wide ? calls : calls.map((c) => ({ text: `${c.text}pppp` }));
    for (const perfectFit of [false, true]) {
      for (let n = 6; n <= 29; n++) {
        await same({
          machine: make(),
          ring: { kind: 'lockless', calls: fitted.slice(0, n), slack: 0, perfectFit, countBits: 4, sizeBits: 10 },
        });
      }
    }
  }
});

test('a writer that never came back blocks the ring: later records lose their text, then cannot be stored', async () => {
  const calls = [line(0), { text: 'held', hold: true }, ...lines(60)];
  const { report, records } = await same({ ring: { kind: 'lockless', calls, countBits: 5, sizeBits: 9 } });
  assert.ok(
    records.some((r) => r.ring?.loss === 'failed'),
    'records without text',
  );
  assert.ok(report.dropped > 0, 'the fail counter');
  assert.is(report.inFlight, 1);
});

test('the first boot messages come out of the static ring that log_buf_len= left behind', async () => {
  for (const make of [() => x86_64(), () => arm(), () => s390x({ release: '6.12.0' })]) {
    for (const total of [12, 40, 200]) {
      const { report, records } = await same({
        machine: make(),
        buffers: 'linear',
        ring: { kind: 'lockless', calls: lines(total), countBits: 5, sizeBits: 11, dynamic: { countBits: 6, sizeBits: 11, early: 10 } },
      });
      assert.is(records[0]?.seq, 0);
      assert.not(hasLoss(report), JSON.stringify(report.lost));
    }
  }
});

test('a static ring that had overwritten its own oldest, or had no room for a text: the ring in use counts anew', async () => {
  const odd: PrintkCall[] = lines(40).map((c, i) => (i === 30 ? { ...c, text: 'y'.repeat(1020) } : c));
  for (const calls of [lines(100), odd.concat(lines(60))]) {
    for (const early of [31, 40]) {
      const ring = { kind: 'lockless', calls, countBits: 4, sizeBits: 10, dynamic: { countBits: 5, sizeBits: 11, early } } as const;
      const { report, records } = await same({ machine: x86_64(), buffers: 'linear', ring });
      assert.is(records[0]?.seq, 0);
      assert.ok(report.early > 0 && report.overwritten > 0, JSON.stringify(report));
      assert.not(hasLoss(report), JSON.stringify(report.lost));
    }
  }
});

test('a text whose later page is not in the dump: what stands before it, marked', async () => {
  const options = {
    buffers: 'scattered',
    ring: { kind: 'lockless', calls: Array.from({ length: 9 }, (_, i) => ({ text: `${i}`.repeat(700) })), sizeBits: 14 },
  } as const;
  const { image } = buildDump(options);
  const without = image.physical(image.places.data! + 4096n) & ~4095;
  const { files, expected } = buildDump({ ...options, container: { kind: 'kdump', zeroPages: 'store', exclude: (p) => p === without } });
  const log = await readBuilt(files);
  const cut = log.records.findIndex((r) => r.ring?.loss);
  const { text, ring } = log.records[cut]!;
  const whole = expected.records[cut]!.text.toString('latin1');
  assert.ok(text.length > 0 && text.length < whole.length && whole.startsWith(text), JSON.stringify(text));
  assert.is(ring?.loss, 'excluded');
  assert.equal(log.report.lost[0], { first: cut, last: cut, why: 'the rest of the text is excluded' });
  for (const r of log.records) assert.not.match(r.text, /\0/);
});

test('a block that another record has overwritten is told by its identifier; the text is not shown', async () => {
  for (const machine of [x86_64(), ppc64({ order: 'big' }), i386()]) {
    const { files, expected } = buildDump({
      machine,
      ring: { kind: 'lockless', calls: lines(8), countBits: 5, sizeBits: 10 },
      tamper: (image) => image.write(image.places.data!, new StructWriter(machine.shape, 8).word(0, 0x1234).bytes),
    });
    const log = await readBuilt(files);
    assert.equal(log.report.lost, [{ first: 0, last: 0, why: 'the text is overwritten' }]);
    assert.is(log.records[0]?.seq, 1);
    assert.equal(readLines(log.records), expectedLines(expected).slice(1));
  }
});

test('descriptors that hold nothing sensible are reported by sequence number, the others are read', async () => {
  const { files, expected, image } = buildDump({
    ring: { kind: 'lockless', calls: lines(20), countBits: 5, sizeBits: 12 },
    tamper: (i) => {
      for (const n of [5, 6, 11]) i.write(i.places.descs! + BigInt(n * 24), Buffer.alloc(24, 0x55));
    },
  });
  assert.ok(image.places.descs);
  const log = await readBuilt(files);
  assert.equal(
    readLines(log.records),
    expectedLines(expected).filter((l) => ![5, 6, 11].includes(l.seq)),
  );
  assert.equal(
    log.report.lost.map(({ first, last }) => [first, last]),
    [
      [5, 6],
      [11, 11],
    ],
  );
  assert.ok(hasLoss(log.report));
});

test('head and tail that cannot be right: every descriptor is looked at, in order of sequence numbers', async () => {
  const wrong: string[] = [];
  for (const release of ['5.10.0', '6.1.0', '7.2.0']) {
    for (const [head, tail] of [
      [0x5555_5555_5555n, 3n],
      [0x1234_0005n, 0x1234_0000n],
      [0x1234_0005n, 0x1234_0005n],
    ]) {
      const { files, expected } = buildDump({
        machine: x86_64({ release }),
        ring: { kind: 'lockless', calls: lines(50), countBits: 5, sizeBits: 11 },
        tamper: (i) => i.write(i.places.ring! + 24n, new StructWriter(i.machine.shape, 16).word(0, head!).word(8, tail!).bytes),
      });
      const log = await readBuilt(files);
      const got = readLines(log.records);
      if (got.length < expected.records.length - 1)
        wrong.push(`${release}, head ${head}, tail ${tail}: ${got.length} of ${expected.records.length}`);
      const all = new Map(expectedLines(expected).map((l) => [l.seq, l]));
      for (const l of got) assert.equal(l, all.get(l.seq));
      assert.ok(hasLoss(log.report));
    }
  }
  assert.equal(wrong, []);
});

test('a text length beyond its block shows what the block holds, marked truncated', async () => {
  const { files, expected } = buildDump({
    ring: { kind: 'lockless', calls: lines(6), countBits: 5, sizeBits: 11, slack: 0 },
    tamper: (i) => i.write(i.places.infos! + 88n * 2n + 16n, new StructWriter(i.machine.shape, 2).u16(0, 60_000).bytes),
  });
  const log = await readBuilt(files);
  assert.ok(log.records[2]?.text.startsWith(expected.records[2]!.text.toString('latin1')));
  assert.is(log.records[2]?.ring?.loss, 'truncated');
  assert.is(log.records.length, 6);
});

test('a ring whose variable is gone: the static one of early boot is read', async () => {
  const { files, expected } = buildDump({
    ring: { kind: 'lockless', calls: lines(12) },
    tamper: (i) => i.write(i.places.prb!, Buffer.alloc(8)),
  });
  const log = await readBuilt(files);
  assert.equal(readLines(log.records), expectedLines(expected));
  assert.ok(hasLoss(log.report));
});

test('pages of infos that are not in the dump lose exactly their records', async () => {
  const calls = lines(200);
  const { files, expected, image } = buildDump({
    buffers: 'scattered',
    ring: { kind: 'lockless', calls, countBits: 8, sizeBits: 14 },
    container: { kind: 'kdump', zeroPages: 'store', exclude: (p) => p === gone },
  });
  // the second page of the infos: known only once the image is laid out, and laid out the same every time
  assert.is(image.physical(image.places.infos! + 4096n) & ~4095, gone);
  const log = await readBuilt(files);
  const page = (image.places.infos! + 4096n) & ~4095n;
  const bytesInPage = (seq: number): number => {
    const at = image.places.infos! + BigInt(seq * 88) - page;
    return Math.max(0, Math.min(4096, Number(at) + 88) - Math.max(0, Number(at)));
  };
  const inside = expected.records.map((r) => r.seq).filter((seq) => bytesInPage(seq) === 88);
  assert.ok(inside.length > 40);
  // the records on either edge are there in part: shown or lost, both are honest
  const untouched = <T extends { readonly seq: number }>(list: readonly T[]): T[] => list.filter((l) => bytesInPage(l.seq) === 0);
  assert.equal(untouched(readLines(log.records)), untouched(expectedLines(expected)));
  assert.not(log.records.some((r) => inside.includes(r.seq)));
  assert.is(log.report.lost.length, 1);
  const { first, last } = log.report.lost[0]!;
  assert.ok(inside[0]! - first <= 1 && first <= inside[0]! && last >= inside.at(-1)! && last - inside.at(-1)! <= 1, `${first}-${last}`);
});
/** Physical address of the page left out above. */
const gone = probe();
function probe(): number {
  const { image } = buildDump({ buffers: 'scattered', ring: { kind: 'lockless', calls: [], countBits: 8, sizeBits: 14 } });
  return image.physical(image.places.infos! + 4096n) & ~4095;
}
test('offsets that name one field for two are not believed', async () => {
  const dump = readFileSync('samples/synthetic-x86_64-6.1-empty/vmcore');
  const at = dump.indexOf('OFFSET(printk_info.seq)=0');
  assert.ok(at > 0);
  dump[at + 'OFFSET(printk_info.seq)='.length] = 0x38; // 8: the time's
  const { records, report } = await readBuilt([fromBuffer(dump)]);
  assert.equal(
    records.map(({ seq }) => seq),
    [0],
  );
  assert.match(report.problems.join(), 'offsets in VMCOREINFO contradict each other: the usual ones were taken');
});

test.run();
