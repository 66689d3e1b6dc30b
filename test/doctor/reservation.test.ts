// crashkernel= as Documentation/admin-guide/kdump/kdump.rst has it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { reservation } from '../../src/doctor/reservation.ts';

const [M, G] = [2 ** 20, 2 ** 30];

for (const [value, memory, bytes] of [
  ['256M', G, 256 * M],
  ['256M@16M', G, 256 * M],
  ['512M,high', 8 * G, 512 * M],
  ['0x10000000', G, 256 * M],
  ['512M-2G:64M,2G-:128M', 256 * M, 0],
  ['512M-2G:64M,2G-:128M', G, 64 * M],
  ['512M-2G:64M,2G-:128M', 2 * G, 128 * M],
  ['512M-2G:64M,2G-:128M@16M', 64 * G, 128 * M],
] as const)
  test(`${value} on ${memory / M} MiB reserves ${bytes / M} MiB`, () => assert.is(reservation(value, memory)?.bytes, bytes));

test('auto is the kernel’s own choice', () => assert.equal(reservation('auto', G), { bytes: 0, auto: true }));
for (const value of ['', 'lots', '1G-2G', '1G-:x']) test(`"${value}" is malformed`, () => assert.is(reservation(value, G), undefined));

test.run();
