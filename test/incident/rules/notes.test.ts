// What records that are no reports tell: modules that were just loaded, file systems that were mounted anew.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CLUES } from '../../../src/incident/rules/index.ts';
import { LogNotes } from '../../../src/record/log-notes.ts';
import { oops } from '../../support/assemble.ts';
import { readLog, stamped } from '../../support/read-incidents.ts';

const BANNER = 'Linux version 6.1.0 (a@b) (gcc) #1 SMP';
const fault = oops('xyz_probe').map((line) => line.replace(/(xyz_probe\S*)$/, '$1 [driver_xyz]'));
const verdict = (log: string): string => readLog(log).incidents[0]?.verdict ?? '';

const CASES: Readonly<
  Record<string, { readonly yes: string; readonly says: string; readonly records: readonly number[]; readonly no: string }>
> = {
  'module-comes-or-goes': {
    yes: stamped(9, 'driver_xyz: loading out-of-tree module taints kernel.', ...fault.toSpliced(8, 0, ' do_init_module+0x4a/0x1f0')),
    says: '; driver_xyz (out of tree) was just being loaded',
    // the frame of the loader is what says so
    records: [1, 10],
    no: stamped(9, ...fault),
  },
  'module-just-loaded': {
    yes:
      stamped(9, 'driver_xyz: loading out-of-tree module taints kernel.', 'driver_xyz: module verification failed: x') +
      stamped(11, ...fault),
    says: '; driver_xyz (out of tree, not signed) had been loaded 2 s before',
    records: [1, 2],
    no: stamped(9, 'driver_xyz: loading out-of-tree module taints kernel.') + stamped(80, ...fault),
  },
};

test('every clue has a case, and every case a clue', () => {
  assert.equal(Object.keys(CASES).sort(), CLUES.map(({ name }) => name).sort());
});

for (const [name, { yes, says, records, no }] of Object.entries(CASES)) {
  test(`${name}: says what it found, with its records, and that more is not proven`, () => {
    const [incident] = readLog(yes).incidents;
    const clue = CLUES.find((each) => each.name === name);
    assert.ok(incident?.verdict.includes(says), incident?.verdict);
    assert.equal(incident?.clauses.find(({ text }) => says.includes(text))?.evidence, records);
    assert.ok(incident?.notProven.includes(clue?.unproven ?? ''));
  });
  test(`${name}: says nothing where the log does not`, () => assert.not.match(verdict(no), /driver_xyz .*loaded/));
}

test('the first line of a driver is told where the log has the whole boot, also with `-` for `_`', () => {
  const boot = stamped(0, BANNER) + stamped(10, 'driver-xyz 0000:00:05.0: ready') + stamped(11, ...fault);
  assert.match(verdict(boot), /; the first line of driver_xyz came 1 s before/);
  assert.not.match(verdict(boot.replace(BANNER, 'x')), /first line/);
});

test('what another boot said of a module is not told', () => {
  const before = stamped(0, BANNER) + stamped(9, 'driver_xyz: loading out-of-tree module taints kernel.');
  assert.not.match(verdict(before + stamped(0, BANNER) + stamped(11, ...fault)), /loaded/);
});

test('notes of a hostile log stay bounded', () => {
  const notes = new LogNotes();
  for (let i = 0; i < 100_000; i++) {
    notes.see({ seq: i, text: i === 0 ? BANNER : `m${i}: module license 'x' taints kernel` }, 0);
    notes.see({ seq: i, text: "one: module license 'x' taints kernel" }, 0);
    notes.mounted(`d${i}`, i);
    notes.mounted('d', i);
  }
  assert.is(notes.module('m99999', 0, 1e9).length, 0);
  assert.ok(notes.module('one', 0, 1e9).length < 10);
  assert.equal([notes.mountsBetween('d', 5, 7), notes.mountsBetween('d', 50_000, 50_010)], [true, false], 'the first mounts of a device');
  assert.equal([notes.mountsBetween('d7', 5, 9), notes.mountsBetween('d99999', 99_990, 1e6)], [true, false], 'the first devices');
});

const ERROR = (device: string): string =>
  `EXT4-fs error (device ${device}): ext4_lookup:1862: inode #2: comm ls: deleted inode referenced: 19`;
const counts = (...lines: readonly string[]): unknown[] =>
  readLog(stamped(5, ...lines)).events.map(({ details }) => [details?.device, details?.count ?? 1]);

test('an unmount or another mount ends what repeats of a file system are folded to', () => {
  assert.equal(counts(ERROR('vda'), ERROR('vda')), [['vda', 2]]);
  for (const line of ['EXT4-fs (vda): unmounting filesystem.', 'EXT4-fs (vda): unmounting filesystem 0b7a.'])
    assert.equal(counts(ERROR('vda'), line, ERROR('vda')), [
      ['vda', 1],
      ['vda', 1],
    ]);
  // another device, a remount, and the line that ends the mount during which the first error was found
  for (const line of [
    'EXT4-fs (vdb): unmounting filesystem.',
    'EXT4-fs (vda): re-mounted. Opts: (null)',
    'EXT4-fs (vda): mounted filesystem with ordered data mode.',
  ])
    assert.equal(counts(ERROR('vda'), line, ERROR('vda')), [['vda', 2]], line);
  const mounted = 'EXT4-fs (vda): mounted filesystem with ordered data mode. Opts: (null)';
  assert.is(counts(mounted, ERROR('vda'), mounted, ERROR('vda')).length, 2, 'before 5.19 ext4 says nothing of the unmount');
});

const OTHERS: readonly (readonly [error: string, end: string])[] = [
  ['XFS (sdb1): Metadata I/O Error (0x1) detected at xfs_trans_read_buf_map', 'XFS (sdb1): Unmounting Filesystem'],
  ['XFS (sdb1): Metadata I/O Error (0x1) detected at xfs_trans_read_buf_map', 'XFS (sdb1): Mounting V5 Filesystem'],
  [
    'BTRFS error (device sdb1): bdev /dev/sdb1 errs: wr 1, rd 0, flush 0, corrupt 0, gen 0',
    'BTRFS info (device sdb1): last unmount of filesystem 0b7a',
  ],
  [
    'BTRFS error (device sdb1): bdev /dev/sdb1 errs: wr 1, rd 0, flush 0, corrupt 0, gen 0',
    'BTRFS info (device sdb1): first mount of filesystem 0b7a',
  ],
];
test('the same of XFS and Btrfs', () => {
  for (const [error, end] of OTHERS) {
    assert.is(counts(error, error).length, 1, error);
    assert.is(counts(error, end, error).length, 2, end);
  }
});

test('what a file system reports after it was mounted anew is another incident', () => {
  const log = [
    ERROR('vda'),
    'EXT4-fs (vda): unmounting filesystem.',
    'EXT4-fs (vda): warning: mounting fs with errors, running e2fsck is recommended',
  ];
  const { events, incidents } = readLog(stamped(5, ...log, 'EXT4-fs (vda): mounted filesystem with ordered data mode.', ERROR('vda')));
  assert.is(events.length, 3);
  assert.equal(
    incidents.map((incident) => incident.events),
    [['E1'], ['E2', 'E3']],
  );
});

test.run();
