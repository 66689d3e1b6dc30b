// Lines that real crash 8.0.2 printed of a dump, and the rows that they say.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Layout } from '../../../src/cli/crash/from-part.ts';
import { diskLayout, mountLayout, netLayout } from '../../../src/cli/crash/layout/devices.ts';
import { kmemLayout } from '../../../src/cli/crash/layout/memory.ts';
import { registersText } from '../../../src/cli/crash/layout/registers.ts';
import { contextText, modLayout, sizeText } from '../../../src/cli/crash/layout/system.ts';
import { agoText, psLayouts } from '../../../src/cli/crash/layout/tasks.ts';
import type { CrashSession } from '../../../src/cli/crash/session.ts';
import type { Row } from '../../../src/cli/inspect/part.ts';
import type { KnownMemory } from '../../../src/memory/known.ts';
import { parseStatus } from '../../../src/unwind/notes.ts';

/** As much of a session as these layouts look at. */
const SESSION = { inspection: { kernel: { memory: { pageSize: 4096 } } } } as unknown as CrashSession;
const lines = (layout: Layout, rows: readonly Row[], args: readonly string[] = []): string[] =>
  (layout(rows, SESSION, args) ?? '').split('\n');

test('ps', () => {
  const idle = {
    pid: 0,
    ppid: 0,
    cpu: 0,
    task: '0xffffffff9301aa40',
    state: 'RU',
    memPercent: 0,
    vszKb: 0,
    rssKb: 0,
    comm: 'swapper/0',
    active: true,
  };
  const init = { ...idle, pid: 1, cpu: 1, task: '0xffff8a1481210000', vszKb: 2260, rssKb: 92, comm: 'init' };
  const zombie = { ...init, pid: 136, state: 'ZO', vszKb: 0, rssKb: 0, comm: 'zombie-maker', active: false };
  assert.equal(lines(psLayouts, [idle, init, zombie]), [
    '      PID    PPID  CPU       TASK        ST  %MEM      VSZ      RSS  COMM',
    '>       0       0   0  ffffffff9301aa40  RU   0.0        0        0  [swapper/0]',
    '>       1       0   1  ffff8a1481210000  RU   0.0     2260       92  init',
    '      136       0   1  ffff8a1481210000  ZO   0.0        0        0  zombie-maker',
    '',
  ]);
});

test('ps of a task that the dump holds in part: a dash, not a 0', () => {
  const [, line] = lines(psLayouts, [{ pid: 7, task: '0xffff8a1481210000', state: 'IN', comm: 'a\u001b[31mb', unknown: ['rssKb'] }]);
  assert.match(line ?? '', /^ {8}7 +- +- {2}ffff8a1481210000 {2}IN +- +- +- {2}a\\x1b\[31mb$/);
});

test('ps -m', () => {
  const row = { pid: 1, cpu: 1, task: '0xffff8a1481210000', state: 'RU', comm: 'init', lastRunAgoNs: 8_000_000 };
  assert.equal(lines(psLayouts, [row], ['-m']), [
    '[0 00:00:00.008] [RU]  PID: 1        TASK: ffff8a1481210000  CPU: 1    COMMAND: "init"',
    '',
  ]);
  assert.is(agoText((3 * 86400 + 3661) * 1e9), '3 01:01:01.000');
});

test('mod, mount, dev -d, net', () => {
  assert.equal(
    lines(modLayout, [
      { module: '0xffffffffc0229000', name: 'virtio_pci_legacy_dev', base: '0xffffffffc0227000', sizeBytes: 16384, taint: '' },
    ]),
    [
      '     MODULE       NAME                         BASE          SIZE  OBJECT FILE',
      'ffffffffc0229000  virtio_pci_legacy_dev  ffffffffc0227000   16384  (not loaded)  [CONFIG_KALLSYMS]',
      '',
    ],
  );
  const mount = { mount: '0xffff8a148276ba00', superblock: '0xffff8a1493ca7800', type: 'ext4', device: '/dev/vda', directory: '/mnt' };
  assert.is(lines(mountLayout, [mount])[1], 'ffff8a148276ba00 ffff8a1493ca7800 ext4 /dev/vda /mnt');
  const disk = { major: 254, gendisk: '0xffff8a1493f3c800', name: 'vda', queue: '0xffff8a1493c7c790', total: 25, read: 0, write: 25 };
  assert.is(lines(diskLayout, [disk])[1], '  254 ffff8a1493f3c800   vda        ffff8a1493c7c790      25     0    25');
  assert.is(
    lines(netLayout, [{ device: '0xffff8a1481a78000', name: 'lo', addresses: ['127.0.0.1'] }])[1],
    'ffff8a1481a78000  lo     127.0.0.1',
  );
});

test('kmem -i: shares are cut, not rounded, and what is not known is none', () => {
  const pages = { totalMem: 68334, free: 42218, slab: 3336, totalSwap: 16383, swapUsed: 3477 };
  const found = lines(
    kmemLayout,
    Object.entries(pages).map(([item, n]) => ({ item, pages: n })),
    ['-i'],
  );
  assert.equal(found.slice(0, 3), [
    '                 PAGES        TOTAL      PERCENTAGE',
    '    TOTAL MEM    68334     266.9 MB         ----',
    '         FREE    42218     164.9 MB   61% of TOTAL MEM',
  ]);
  assert.ok(found.includes('         SLAB     3336        13 MB    4% of TOTAL MEM'));
  assert.ok(found.includes('    SWAP USED     3477      13.6 MB   21% of TOTAL SWAP'));
  assert.ok(found.some((line) => /^ {9}USED {8}- {12}- {5}- of TOTAL MEM$/.test(line)));
});

test('kmem -s, of the caches named', () => {
  const rows = [
    { cache: '0xffff8a14811c6100', name: 'dentry', objectSize: 192, allocated: 11979, total: 12012, slabs: 572, slabBytes: 4096 },
    { cache: '0xffff8a14811c6e00', name: 'inode_cache', objectSize: 632, allocated: 11239, total: 11256, slabs: 938, slabBytes: 8192 },
  ];
  assert.equal(lines(kmemLayout, rows, ['-s', 'dentry']), [
    'CACHE             OBJSIZE  ALLOCATED     TOTAL  SLABS  SSIZE  NAME',
    'ffff8a14811c6100      192      11979     12012    572     4k  dentry',
    '',
  ]);
});

test('set, and the registers of an interrupted frame', () => {
  assert.is(
    contextText({ pid: 1, comm: 'init', task: '0xffff8a1481210000', cpu: 1, state: 'RU' }, ' (PANIC)'),
    '    PID: 1\nCOMMAND: "init"\n   TASK: ffff8a1481210000  [THREAD_INFO: ffff8a1481210000]\n    CPU: 1\n  STATE: TASK_RUNNING (PANIC)\n',
  );
  const text = registersText((name) => ({ ip: 0x47b7a0n, sp: 0x7fff407fdad8n, flags: 0x202n, cs: 0x33n, ss: 0x2bn })[name] ?? 0n);
  assert.match(text, /^ {4}RIP: 000000000047b7a0 {2}RSP: 00007fff407fdad8 {2}RFLAGS: 00000202\n/);
  assert.match(text, /\n {4}RBP: 0{16} {3}R8: 0{16} {3}R9: 0{16}\n/);
  assert.match(text, /\n {4}ORIG_RAX: 0{16} {2}CS: 0033 {2}SS: 002b\n$/);
});

test('every register of a note of riscv64 is printed: user_regs_struct has 32 of them', () => {
  const desc = Buffer.alloc(112 + 33 * 8);
  for (let i = 0; i < 32; i++) desc.writeBigUInt64LE(BigInt(0xabc00 + i), 112 + i * 8);
  const reader = { u32: (b: Buffer, at: number) => b.readUInt32LE(at), u64: (b: Buffer, at: number) => b.readBigUInt64LE(at) };
  const text = registersText(parseStatus(desc, 'riscv64', { wordSize: 8, reader } as unknown as KnownMemory)!.registers);
  for (let i = 0; i < 32; i++) assert.match(text, new RegExp(`: 0*${(0xabc00 + i).toString(16)}\\b`));
  assert.match(text, /S11: 0*abc1b\b/);
  assert.match(text, /T6: 0*abc1f\b/);
});

test('sizes as crash rounds them', () => {
  assert.equal([0, 49152, 13 * 2 ** 20, 164.9 * 2 ** 20, 2 ** 34].map(sizeText), ['0', '48 KB', '13 MB', '164.9 MB', '16 GB']);
});

test.run();
