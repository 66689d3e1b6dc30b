// Numbers that kernels print of disks: SPC-5 tables, ATA8-ACS taskfiles, Documentation/admin-guide/devices.txt.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { diskOfNumber } from '../../src/decode/device-number.ts';
import { hostByteName, senseCodeName, senseKeyName } from '../../src/decode/scsi.ts';
import { sectorOf } from '../../src/decode/taskfile.ts';

test('host bytes and sense keys are named by their number; a name stays', () => {
  assert.equal(
    [hostByteName('0x04'), hostByteName('0x0e'), hostByteName('DID_OK')],
    ['DID_BAD_TARGET', 'DID_TRANSPORT_DISRUPTED', 'DID_OK'],
  );
  assert.equal([senseKeyName('0x3'), senseKeyName('0xb'), senseKeyName('Not Ready')], ['Medium Error', 'Aborted Command', 'Not Ready']);
  assert.is(hostByteName('0xff'), undefined);
});

test('an additional sense code is named, with its qualifier where that says more', () => {
  assert.is(senseCodeName('0x11', '0x0'), 'Unrecovered read error');
  assert.is(senseCodeName('0x11', '0x4'), 'Unrecovered read error - auto reallocate failed');
  assert.is(senseCodeName('0x44', '0x7f'), 'Internal target failure');
  assert.is(senseCodeName('0x7e', '0x0'), undefined);
});

test('the sector of a taskfile: 48 bits, and 28 with four of them in the device byte', () => {
  assert.is(sectorOf('41/40:00:78:41:02/00:00:0a:00:00/00', true), 0x0a024178);
  assert.is(sectorOf('51/40:00:78:41:02/00:00:00:00:00/e3', false), 0x03024178);
  assert.is(sectorOf('41/40:00', true), undefined);
});

test('numbers of SCSI disks are their names, through sdz and all majors; other majors are not', () => {
  assert.equal(['8:0', '8:18', '8:240', '65:48', '65:160', '128:0', '135:255'].map(diskOfNumber), [
    'sda',
    'sdb2',
    'sdp',
    'sdt',
    'sdaa',
    'sddy',
    'sdiv15',
  ]);
  assert.equal(['253:0', '8', '8:999', 'sda'].map(diskOfNumber), [undefined, undefined, undefined, undefined]);
});

test.run();
