// How patterns begin, and what their matches must hold: never a no where there is a match.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Beginnings } from '../../../grammars/common/beginnings.ts';
import { neededText } from '../../../grammars/common/needed-text.ts';
import { startOf } from '../../../grammars/common/table.ts';
import { FAMILIES } from '../../../grammars/families.ts';

const codes = (text: string): [number, number, number] => [codeAt(text, 0), codeAt(text, 1), codeAt(text, 2)];
const codeAt = (text: string, i: number): number => (i < text.length ? text.charCodeAt(i) & 255 : 10);

for (const [pattern, yes, no] of [
  [/Call Trace:/, ['Call Trace:'], ['Code: 00', 'Comm', 'C']],
  [/(?:R[A-Z]{2}|E(?:AX|BX)): /, ['RAX: 1', 'EBX: 2'], ['ECX: 1', 'Q']],
  [/a?b*c/, ['abc', 'bbc', 'c', 'ac'], ['d', 'ad', 'abd']],
  [/(?:\d+: ){2}x/, ['1: 2: x', '12: '], ['a', '1a']],
  [/[^\n]{1,16}: bad/, ['anything'], ['']],
  [/^(?=x)y/, ['y'], ['x']],
  [/oops/i, ['Oops', 'OOPS'], ['pops']],
] as const)
  test(String(pattern), () => {
    const beginnings = Beginnings.of(pattern);
    for (const text of yes) assert.ok(beginnings.may(...codes(text)), text);
    for (const text of no) assert.not.ok(beginnings.may(...codes(text)), text);
  });

const starts = FAMILIES.flatMap(({ lines }) => lines.map(startOf)).filter(({ source }) => source !== '(?!)');
const whole = starts.map((start) => ({
  start: new RegExp(start.source, start.flags.replace('y', '')),
  beginnings: Beginnings.of(start),
  needed: neededText(start),
}));
const examples = FAMILIES.flatMap(({ lines }) => lines.flatMap((line) => line.examples));

test('whatever a row’s pattern matches, its beginnings and its text allow', () => {
  const look = (text: string): void => {
    const from = text.trimStart();
    for (const { start, beginnings, needed } of whole) {
      if (start.exec(from)?.index !== 0) continue;
      assert.ok(beginnings.may(...codes(from)), `${start} ${from}`);
      assert.ok(needed === undefined || from.includes(needed), `${start} needs ${needed}: ${from}`);
    }
  };
  for (const text of examples) look(text);
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.nat(60), fc.string({ unit: 'binary-ascii', maxLength: 3 }), (text, at, put) => {
      look(text.slice(0, at) + put + text.slice(at + put.length));
    }),
    { numRuns: 300 },
  );
});

test('needed text', () => {
  assert.is(neededText(/[^\n]{1,16}: Corrupted page table at address /), ': Corrupted page table at address ');
  assert.is(neededText(/(?:a: )*Watchdog detected (?:hard|soft)/), 'Watchdog detected ');
  assert.is(neededText(/abcd|efgh/), undefined);
  assert.is(neededText(/\w+: x?abc/), undefined);
  assert.is(neededText(/Oops/i), undefined);
});

test.run();
