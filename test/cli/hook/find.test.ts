// What the hook finds below the places where Debian, RHEL 8 and 9, SUSE and systemd-pstore lay what died.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findRemains } from '../../../src/cli/hook/find.ts';

const dirs: string[] = [];
test.after(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true });
});

/** Lays empty files, each a second younger than the one before. */
function tree(...paths: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'lastkmsg-find-'));
  dirs.push(root);
  for (const [i, path] of paths.entries()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
    utimesSync(join(root, path), 1000 + i, 1000 + i);
  }
  return root;
}

const found = (root: string): string[][] => findRemains(root).map(({ files }) => files.map((file) => relative(root, file)));

for (const [name, paths, expected] of [
  [
    'kdump-tools',
    ['202611290101/dmesg.202611290101', '202611290101/dump.202611290101', 'kexec_cmd'],
    [['202611290101/dump.202611290101', '202611290101/dmesg.202611290101']],
  ],
  ['kdump-tools, cut', ['202611290101/dump-incomplete.202611290101'], [['202611290101/dump-incomplete.202611290101']]],
  [
    'RHEL 8',
    ['127.0.0.1-2026-11-29-01:01:01/vmcore', '127.0.0.1-2026-11-29-01:01:01/vmcore-dmesg.txt'],
    [['127.0.0.1-2026-11-29-01:01:01/vmcore', '127.0.0.1-2026-11-29-01:01:01/vmcore-dmesg.txt']],
  ],
  [
    'RHEL 9, cut',
    [
      '127.0.0.1-2026-11-29-01:01:01/kexec-dmesg.log',
      '127.0.0.1-2026-11-29-01:01:01/vmcore-incomplete',
      '127.0.0.1-2026-11-29-01:01:01/vmcore-dmesg-incomplete.txt',
    ],
    [['127.0.0.1-2026-11-29-01:01:01/vmcore-incomplete', '127.0.0.1-2026-11-29-01:01:01/vmcore-dmesg-incomplete.txt']],
  ],
  [
    'SUSE',
    ['2026-11-29-01:01/README.txt', '2026-11-29-01:01/dmesg.txt', '2026-11-29-01:01/vmcore', '2026-11-29-01:01/System.map-5.14'],
    [['2026-11-29-01:01/vmcore', '2026-11-29-01:01/dmesg.txt']],
  ],
  ['systemd-pstore', ['7293847/001/dmesg.txt', '7293847/001/dmesg-efi-1'], [['7293847/001/dmesg.txt']]],
  ['many hosts', ['a/2026/vmcore', 'b/2026/vmcore'], [['a/2026/vmcore'], ['b/2026/vmcore']]],
  ['what was read already', ['x/vmcore', 'x/lastkmsg/report.txt'], []],
  ['what is none', ['x/vmcore.bak', 'x/core', 'x/notes.txt'], []],
] as const)
  test(name, () => assert.equal(found(tree(...paths)), expected as unknown as string[][]));

test('the oldest comes first, links are left alone', () => {
  const root = tree('b/vmcore', 'a/vmcore');
  symlinkSync('/etc', join(root, 'c'));
  mkdirSync(join(root, 'd'));
  symlinkSync('/etc/passwd', join(root, 'd/vmcore'));
  assert.equal(found(root), [['b/vmcore'], ['a/vmcore']]);
});

test('what others may write to is left alone', () => {
  const root = tree('a/vmcore', 'b/vmcore');
  chmodSync(join(root, 'a'), 0o777);
  assert.equal(found(root), [['b/vmcore']]);
});

test('a directory that is not there', () => assert.equal(findRemains('/nowhere/at/all'), []));

test.run();
