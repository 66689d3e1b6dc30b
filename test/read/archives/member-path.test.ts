import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { memberPath } from '../../../src/read/archives/member-path.ts';

for (const [name, path] of [
  ['./case/var/log/dmesg', 'case/var/log/dmesg'],
  ['case//var/./log/dmesg', 'case/var/log/dmesg'],
  ['case\\dmesg.txt', 'case/dmesg.txt'],
  ['../dmesg', undefined],
  ['case/../../dmesg', undefined],
  ['/var/log/dmesg', undefined],
  ['C:\\dmesg', undefined],
  ['a\0b', undefined],
  ['./', undefined],
] as const) {
  test(`${JSON.stringify(name)} is ${path ?? 'no name in the archive'}`, () => assert.is(memberPath(name), path));
}

test('no name leads out, whatever it is made of', () => {
  const parts = fc.array(fc.constantFrom('..', '.', '', 'a', '/', '\\', 'C:', ' '), { maxLength: 8 }).map((list) => list.join('/'));
  fc.assert(
    fc.property(parts, (name) => {
      const path = memberPath(name);
      assert.ok(path === undefined || !(path.startsWith('/') || path.split('/').includes('..')), `${name}: ${path}`);
    }),
  );
});

test.run();
