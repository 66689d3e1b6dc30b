import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Names } from '../../src/symbols/names.ts';
import { tokensOf } from '../../src/symbols/tokens.ts';
import { buildNames } from '../support/kallsyms-table.ts';

const read = (symbols: readonly string[], rule: 'uleb' | 'byte'): Names => {
  const { names, tokenTable, tokenOffsets } = buildNames(symbols, rule);
  return new Names(names, tokensOf(tokenTable, tokenOffsets), symbols.length, rule);
};
const symbol = fc
  .tuple(fc.constantFrom(...'TtDdBRAW'), fc.stringMatching(/^[a-z_][a-z_0-9.]{0,200}$/))
  .map(([letter, name]) => letter + name);

test('every name is found by its hash and decoded as it was, under both rules for lengths', () => {
  fc.assert(
    fc.property(fc.array(symbol, { minLength: 1, maxLength: 80 }), fc.constantFrom('uleb' as const, 'byte' as const), (symbols, rule) => {
      const names = read(symbols, rule);
      assert.is(names.count, symbols.length);
      assert.is(names.end, names.bytes.length);
      symbols.forEach((each, i) => {
        assert.is(names.name(i), each.slice(1));
        assert.is(names.letter(i), each[0]);
        const first = symbols.findIndex((other) => other.slice(1) === each.slice(1));
        assert.is(names.indexOf(each.slice(1)), first);
      });
    }),
  );
});

test('a name that is not there is not found, however alike', () => {
  const names = read(['Tschedule', 'Tschedule_timeout', 'Dinit_task'], 'uleb');
  for (const name of ['schedul', 'Tschedule', 'init_tas', '', 'x']) assert.is(names.indexOf(name), -1, name);
});

test('of those that share a name each is found in turn', () => {
  const names = read(['tread', 'Tschedule', 'tread'], 'byte');
  assert.is(names.indexOf('read'), 0);
  assert.is(names.indexOf('read', 0), 2);
  assert.is(names.indexOf('read', 2), -1);
});

test('a table with flipped bytes, cut, or that claims 2^31 names is read as far as it goes', () => {
  const symbols = Array.from({ length: 60 }, (_, i) => `Tsys_call_${i}`);
  const { names, tokenTable, tokenOffsets } = buildNames(symbols, 'uleb');
  const tokens = tokensOf(tokenTable, tokenOffsets);
  fc.assert(
    fc.property(fc.nat(names.length - 1), fc.nat(255), fc.nat(names.length), (at, byte, end) => {
      const damaged = Buffer.from(names);
      damaged[at] = byte;
      const read = new Names(damaged.subarray(0, end), tokens, 2 ** 31, 'uleb');
      assert.ok(read.count <= end / 2);
      assert.ok(read.end <= end);
      for (let i = 0; i < read.count; i++) read.name(i);
    }),
  );
});

test.run();
