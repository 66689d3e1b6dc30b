import { deflateRawSync, deflateSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readPstore } from '../../../src/text/pstore/directory.ts';
import { partName } from '../../../src/text/pstore/part-name.ts';

const line = (n: number, text = `line ${n}`): string => `<6>[${String(n).padStart(5)}.000000] ${text}\n`;
const part = (name: string, head: string, ...lines: string[]) => ({ name, bytes: Buffer.from(`${head}\n${lines.join('')}`) });
const texts = (files: Parameters<typeof readPstore>[0]) => readPstore(files).records.map((r) => r.text);

test('parts of a dump are joined, the last part first', () => {
  const files = [
    part('dmesg-efi-179538159001001', 'Panic#1 Part1', line(5), line(6)),
    part('dmesg-efi-179538159102001', 'Panic#1 Part2', line(3), line(4)),
    part('dmesg-efi-179538159103001', 'Panic#1 Part3', line(1), line(2)),
  ];
  assert.equal(
    texts(files),
    [1, 2, 3, 4, 5, 6].map((n) => `line ${n}`),
  );
  assert.equal(
    readPstore(files).records.map((r) => r.seq),
    [1, 2, 3, 4, 5, 6],
  );
  assert.is(readPstore(files).records.at(-1)?.wall?.usec, 1795381590e6);
});

test('dumps of one crash overlap; a cut line is completed', () => {
  const files = [
    part('dmesg-ramoops-0', 'Oops#1 Part1', line(1), line(2), line(3, 'BUG: th')),
    part('dmesg-ramoops-1', 'Panic#2 Part1', line(2), line(3, 'BUG: three'), line(4)),
  ];
  assert.equal(texts(files), ['line 1', 'line 2', 'BUG: three', 'line 4']);
});

test('dumps of different boots that bear one number stay apart', () => {
  const files = [
    part('dmesg-efi-179538159001001', 'Panic#1 Part1', line(2)),
    part('dmesg-efi-179538159002001', 'Panic#1 Part2', line(1)),
    part('dmesg-efi-179548159001001', 'Panic#1 Part1', line(12)),
    part('dmesg-efi-179548159002001', 'Panic#1 Part2', line(11)),
  ];
  assert.equal(texts(files), ['line 1', 'line 2', 'line 11', 'line 12']);
});

test('compressed parts; the console goes on where the dump ended', () => {
  const body = Buffer.from(`Oops#1 Part1\n${line(1)}${line(2)}`);
  const console = { name: 'console-ramoops-0', bytes: Buffer.from('000000] line 1\n[    2.000000] line 2\n[    3.000000] end\n') };
  for (const bytes of [deflateRawSync(body), deflateSync(body)]) {
    const { records } = readPstore([
      { name: 'dmesg-ramoops-0.enc.z', bytes },
      console,
      { name: 'pmsg-ramoops-0', bytes: Buffer.from('not the kernel') },
    ]);
    const expected = [
      ['line 1', 6],
      ['line 2', 6],
      ['end', undefined],
    ];
    assert.equal(
      records.map((r) => [r.text, r.level]),
      expected,
    );
  }
});

test('what cannot be decompressed is told', () => {
  const { records, losses } = readPstore([{ name: 'dmesg-ramoops-0.enc.z', bytes: Buffer.from('LZO or so, and no deflate') }]);
  assert.is(records.length, 0);
  assert.match(losses.join(), /dmesg-ramoops-0/);
});

test('names', () => {
  assert.equal(partName('/sys/fs/pstore/dmesg-efi-179538159001001'), {
    kind: 'dmesg',
    backend: 'efi',
    id: 179538159001001,
    time: 1795381590,
    compressed: false,
  });
  assert.is(partName('dmesg-erst-7123456789012345678')?.time, undefined);
  assert.is(partName('dmesg.txt'), undefined);
});

test.run();
