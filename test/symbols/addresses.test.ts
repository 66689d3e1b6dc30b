import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readerFor } from '../../src/dump/bytes.ts';
import { Addresses, type Encoding } from '../../src/symbols/addresses.ts';

const BASE = 0xffffffff81000000n;
const TABLE = 0xffffffff82000000n;

/** A table of distances from the base, ascending; per-CPU values stand first. */
function table(encoding: Encoding, distances: readonly number[], perCpu: readonly number[], order: 'little' | 'big'): Addresses {
  const values =
    encoding === 'absolute-percpu'
      ? [...perCpu, ...distances.map((d) => -1 - d)]
      : distances.map((d, i) => (encoding === 'place-relative' ? Number(BASE + BigInt(d) - TABLE - BigInt(4 * i)) : d));
  const bytes = Buffer.alloc(values.length * (encoding === 'absolute' ? 8 : 4));
  values.forEach((v, i) => {
    if (encoding === 'absolute') {
      if (order === 'little') bytes.writeBigUInt64LE(BASE + BigInt(v), 8 * i);
      else bytes.writeBigUInt64BE(BASE + BigInt(v), 8 * i);
    } else if (order === 'little') bytes.writeInt32LE(v | 0, 4 * i);
    else bytes.writeInt32BE(v | 0, 4 * i);
  });
  const base = encoding === 'absolute' ? 0n : encoding === 'place-relative' ? TABLE : BASE;
  return new Addresses({ encoding, address: TABLE, base, bytes, reader: readerFor(order), wordSize: 8 }, values.length);
}

const ascending = fc.uniqueArray(fc.nat(0x3fffff), { minLength: 2, maxLength: 50 }).map((all) => all.sort((a, b) => a - b));

test('each encoding, in either byte order, gives the addresses that were stored, and finds what lies around them', () => {
  const encodings = fc.constantFrom<Encoding>('absolute', 'base-relative', 'absolute-percpu', 'place-relative');
  fc.assert(
    fc.property(encodings, ascending, fc.constantFrom('little' as const, 'big' as const), (encoding, distances, order) => {
      const perCpu = encoding === 'absolute-percpu' ? [0, 0x1f000] : [];
      const addresses = table(encoding, distances, perCpu, order);
      distances.forEach((distance, i) => {
        const index = perCpu.length + i;
        const address = BASE + BigInt(distance);
        assert.is(addresses.at(index), address);
        assert.is(addresses.floor(address)?.index, index);
        const next = distances[i + 1];
        assert.is(addresses.floor(address)?.next, next === undefined ? undefined : BASE + BigInt(next));
        if (next === undefined || next > distance + 1) assert.is(addresses.floor(address + 1n)?.start, address);
      });
      assert.is(addresses.floor(0x10n)?.start, encoding === 'absolute-percpu' ? 0n : undefined);
    }),
  );
});

test('of symbols that share an address the first is taken, as the kernel prints it', () => {
  const addresses = table('base-relative', [0, 16, 16, 16, 32], [], 'little');
  assert.is(addresses.floor(BASE + 20n)?.index, 1);
  assert.is(addresses.floor(BASE + 20n)?.next, BASE + 32n);
});

test('a table that does not ascend is searched all the same', () => {
  const addresses = table('base-relative', [64, 0, 32], [], 'little');
  assert.is(addresses.floor(BASE + 40n)?.index, 2);
  assert.equal([...addresses.ascending()], [1, 2, 0]);
});

test.run();
