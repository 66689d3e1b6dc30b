// Any bytes, cut anywhere: no throw, the same records, nothing lost, no work that grows faster than the input.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { PrintkRecord } from '../../src/record/record.ts';
import { TEXT_FORMS, type TextForm } from '../../src/text/forms.ts';
import { TextReader } from '../../src/text/reader.ts';
import { HEAD_BYTES, sniffText } from '../../src/text/sniff/sniff.ts';
import { LINE_LIMIT } from '../../src/text/split-lines.ts';
import { assertLinear } from '../support/steps.ts';

const ROOT = 'test/golden/text';
const samples = readdirSync(ROOT).map((name) => {
  const file = readdirSync(join(ROOT, name)).find((f) => f !== 'expected.json') ?? '';
  return { file, bytes: readFileSync(join(ROOT, name, file)) };
});

function read(bytes: Buffer, cuts: readonly number[], name = '', form?: TextForm): PrintkRecord[] {
  const reader = new TextReader({ name, form });
  const at = [0, ...[...cuts].sort((a, b) => a - b).map((c) => Math.min(c, bytes.length)), bytes.length];
  const records = at.slice(1).flatMap((end, i) => reader.push(bytes.subarray(at[i] ?? 0, end)));
  return [...records, ...reader.end()];
}

/** Pieces of logs and of what could be mistaken for one. */
const piece = fc.oneof(
  fc.constantFrom(
    '[   12.345678] ',
    '[   12.345678][   T12] ',
    '<6>',
    '<30>',
    '6,1,2,-;',
    '6,1,2,-,ncfrag=0/9;',
    ' KEY=v',
    'kern  :info  : ',
    '[<    0.000001>] ',
  ),
  fc.constantFrom(
    'Nov 22 22:06:37 host1 kernel: ',
    '2026-11-22T22:06:37.000001+01:00 host1 kernel: ',
    'Panic#1 Part1',
    '{"MESSAGE":"',
    '","x":1}',
    'MESSAGE\n\x05\0\0\0\0\0\0\0',
  ),
  fc.constantFrom(
    '\n',
    '\n',
    '\r\n',
    '\r',
    '\0',
    '\x1b[31m',
    '               ',
    '__CURSOR=',
    '\n\n',
    '-- Boot 00000000000000000000000000000000 --',
    'Linux version 6.1',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const log = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'));

test('any bytes in any form: no throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        log,
        fc.uint8Array({ maxLength: 300 }).map((b) => Buffer.from(b)),
      ),
      fc.constantFrom(undefined, ...TEXT_FORMS),
      (bytes, form) => {
        sniffText(bytes, 'x');
        for (const record of read(bytes, [], 'x', form)) assert.type(record.text, 'string');
      },
    ),
    { numRuns: 2000 },
  );
});

test('any cutting into pieces gives the same records', () => {
  for (const { bytes, file } of samples) {
    const whole = read(bytes, [], file);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => assert.equal(read(bytes, cuts, file), whole)),
      { numRuns: 10 },
    );
  }
  fc.assert(
    fc.property(log, fc.array(fc.nat(400), { maxLength: 6 }), fc.constantFrom(undefined, ...TEXT_FORMS), (bytes, cuts, form) =>
      assert.equal(read(bytes, cuts, '', form), read(bytes, [], '', form)),
    ),
    { numRuns: 1000 },
  );
});

test('no line of a console is lost', () => {
  const words = fc.stringMatching(/^[a-z]{1,9}( [a-z]{1,9}){0,3}$/);
  const prefix = fc.constantFrom(
    '',
    '[    1.000000] ',
    '<4>[    2.000000] ',
    '\x1b[1m',
    'login: [    3.000000] ',
    '[    4.000000][    C1] ',
    '                ',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(prefix, words), { maxLength: 40 }), (lines) => {
      // numbered, so that none is the echo of another
      const bytes = Buffer.from(lines.map(([p, text], i) => `${p}${text} ${i}`).join('\r\n'));
      const texts = read(bytes, [])
        .map((r) => r.text)
        .join('\n');
      for (const [i, [, text]] of lines.entries()) assert.ok(new RegExp(`${text} ${i}(?: |$)`, 'm').test(texts), `${text} ${i}`);
    }),
    { numRuns: 500 },
  );
});

test('line numbers never fall in a form of lines', () => {
  fc.assert(
    fc.property(log, (bytes) => {
      const seqs = read(bytes, [], '', 'console').map((r) => r.seq);
      assert.ok(seqs.every((seq, i) => i === 0 || seq >= (seqs[i - 1] ?? 0)));
    }),
  );
});

test('a line without end is kept up to its limit and told', () => {
  const reader = new TextReader();
  const chunk = Buffer.alloc(1 << 20, 'a');
  const records: PrintkRecord[] = [];
  for (let i = 0; i < 12; i++) records.push(...reader.push(chunk));
  records.push(...reader.end());
  assert.is(records.length, 1);
  assert.is(records[0]?.text.length, LINE_LIMIT);
  assert.match(reader.losses.join(), /11534336 bytes dropped/);
});

test('a gigabyte of indented lines does not grow one record', () => {
  const reader = new TextReader();
  const head = Buffer.from('[    1.000000] first\n');
  const rest = Buffer.from(`${' '.repeat(15)}${'x'.repeat(1000)}\n`.repeat(1000));
  let longest = 0;
  reader.push(head);
  for (let i = 0; i < 8; i++) for (const r of reader.push(rest)) longest = Math.max(longest, r.text.length);
  reader.end();
  assert.ok(longest > 0 && longest <= LINE_LIMIT);
});

test('no input makes the work quadratic', async () => {
  // each once took a scan to the end of the chunk for every line
  const nasty = [
    'a\n',
    '[\n',
    '[[[[[[[[',
    '<6>\n',
    'kern\n',
    '6,1,2,-,ncfrag=0/65000;\n',
    '"{',
    '{"MESSAGE":',
    '\x1b[',
    '[    1.000000] x [ y [ z\n',
    'A=\n',
    'Nov 22 22:06:37 h k\n',
  ];
  for (const unit of nasty) {
    // all forms in one count, which costs more than they do: one that is quadratic is most of it
    const runOf = (size: number) => {
      const bytes = Buffer.from(unit.repeat(Math.floor(size / unit.length)));
      return () => TEXT_FORMS.map((form) => read(bytes, [], '', form));
    };
    await assertLinear(runOf, 50_000, JSON.stringify(unit));
  }
});

test('a line of another form is read as what it is, wherever it stands', () => {
  const line = '[    1.000000] usb 1-1: new device\n';
  const bytes = Buffer.concat([
    Buffer.from(line.repeat(Math.ceil(HEAD_BYTES / line.length))),
    Buffer.from('{"MESSAGE":"x","_TRANSPORT":"kernel"}\nNov 22 22:06:37 host1 kernel: y\n'),
  ]);
  assert.equal(
    read(bytes, [100, 5000])
      .slice(-2)
      .map((r) => r.text),
    ['x', 'y'],
  );
});

test.run();
