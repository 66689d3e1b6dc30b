// Releases in the order in which distributions ship them.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareReleases, flavourOf } from '../../src/fleet/releases.ts';

const ORDERED = [
  '2.6.32-754.el6.x86_64',
  '4.18.0-553.el8_10.x86_64',
  '5.10.0-46-amd64',
  '6.1.0-9-amd64',
  '6.1.0-28-amd64',
  '6.1.119',
  '6.12.0-rc3',
  '6.12.0-rc10',
  '6.12.0',
  '6.12.107+deb13-amd64',
  '7.2-rc1',
  '7.2',
];

test('numbers as numbers, candidates before what they became', () => {
  for (const [i, a] of ORDERED.entries())
    for (const [k, b] of ORDERED.entries()) assert.is(Math.sign(compareReleases(a, b)), Math.sign(i - k), `${a} ${b}`);
});

test('a flavour is the last word', () => {
  const flavours: readonly (readonly [string, string])[] = [
    ['6.1.0-28-amd64', 'amd64'],
    ['6.1.0-28-cloud-amd64', 'amd64'],
    ['4.18.0-553.el8_10.x86_64', 'x86_64'],
    ['6.8.0-31-generic', 'generic'],
    ['6.12.0-rc3', ''],
    ['6.12.0-rc3-g1f6e5d4c', ''],
    ['6.1.119', ''],
  ];
  for (const [release, flavour] of flavours) assert.is(flavourOf(release), flavour, release);
});

test.run();
