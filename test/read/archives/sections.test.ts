import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isSectioned, sectionsOf } from '../../../src/read/archives/sections.ts';

const head = (kind: string): string => `#==[ ${kind} ]${'='.repeat(52 - kind.length - 6)}#\n`;
const source = (text: string) => {
  const bytes = Buffer.from(text);
  return { name: 'boot.txt', size: bytes.length, read: (at: number, n: number) => bytes.subarray(at, at + n) };
};

test('sections lie between heads, each called by the line below its own', () => {
  const text = `========\n  Support Utilities\n\n${head('Command')}# /bin/dmesg -T\n\none\ntwo\n\n${head('Log File')}# /var/log/messages - Last 500 Lines\n\nthree\n`;
  assert.ok(isSectioned(text));
  const sections = sectionsOf(source(text)).map(({ name, offset, size }) => [name, text.slice(offset, offset + size)]);
  assert.equal(sections, [
    ['/bin/dmesg -T', '\none\ntwo\n\n'],
    ['/var/log/messages - Last 500 Lines', '\nthree\n'],
  ]);
});

test('a head is found wherever the pieces of a long file meet', () => {
  fc.assert(
    fc.property(fc.integer({ min: (1 << 18) - 80, max: (1 << 18) + 10 }), (padding) => {
      const text = `${head('Command')}# first\n${'x'.repeat(padding)}\n${head('Command')}# second\nend\n`;
      assert.equal(
        sectionsOf(source(text)).map(({ name }) => name),
        ['first', 'second'],
      );
    }),
    { numRuns: 30 },
  );
});

test('other texts have none', () => {
  assert.not(isSectioned('#==[ not a head\n[    0.000000] Linux version 6.1\n'));
});

test.run();
