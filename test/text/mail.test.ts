// Bodies of mails in base64: read in place of their lines, whatever the chunks; what is no text stays.
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MAIL } from '../../src/text/mail/encoded-body.ts';
import { TextReader } from '../../src/text/reader.ts';
import { LINE_LIMIT } from '../../src/text/split-lines.ts';

const read = (text: string, cuts: readonly number[] = []): { text: string; seq: number }[] => {
  const reader = new TextReader();
  const bytes = Buffer.from(text, 'latin1');
  const at = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  const records = at.slice(1).flatMap((end, i) => reader.push(bytes.subarray(at[i], end)));
  return [...records, ...reader.end()].map(({ text, seq }) => ({ text, seq }));
};
const LOG = ['[    1.000000] driver_xyz 0000:01:00.0: probe', '[    2.000000] BUG: scheduling while atomic: x/1/0x2', '[    3.000000] é'];
const encoded = (bytes: Buffer): string => (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
const mail = (body: string): string =>
  `From: a\r\nSubject: b\r\nMIME-Version: 1.0\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n--x--\r\n`;

test('the lines of the body are records with the numbers of the mail', () => {
  const records = read(mail(encoded(Buffer.from(LOG.join('\r\n')))));
  const bodies = records.filter(({ text }) => /^(?:driver|BUG|.{1,2}$)/.test(text) && !text.startsWith('--'));
  assert.equal(
    bodies.map(({ seq }) => seq >= 8 && seq <= 10),
    bodies.map(() => true),
  );
  assert.ok(bodies.length >= 3, JSON.stringify(records));
});

test('any chunks give the same', () => {
  const text = mail(encoded(Buffer.from(LOG.join('\n'))));
  const whole = read(text);
  fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 6 }), (cuts) => assert.equal(read(text, cuts), whole)));
});

test('an image stays as it is, and what only looks so', () => {
  const image = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 7919) & 255));
  assert.ok(read(mail(encoded(image))).every(({ text }) => /^[\x20-\x7e]*$/.test(text)));
  const lines = read('[    1.000000] Content-Transfer-Encoding: base64\n\n[    2.000000] AAAA\n').map(({ text }) => text);
  assert.equal([lines[0], lines.at(-1)], ['Content-Transfer-Encoding: base64', 'AAAA']);
});

test('a line without end is cut, and what stands behind it is read', () => {
  // looked through anew with each line of the mail, it would take longer than a test may
  const body = Buffer.from(`${'a'.repeat(20 << 20)}\n${LOG[0]}\n`);
  const given: string[] = [];
  const bodies = MAIL.unwrap((s, start, end) => given.push(s.slice(start, end)), '');
  for (const [n, line] of mail(encoded(body)).split('\r\n').entries()) bodies.line(line, 0, line.length, n);
  const at = given.findIndex((line) => line.startsWith('aaaa'));
  assert.is(given[at]?.length, LINE_LIMIT);
  assert.is(given[at + 1], LOG[0]);
});

test.run();
