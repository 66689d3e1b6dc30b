// The dialects of stack frames and registers, one line each.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FrameFields } from '../../../grammars/common/nodes.ts';
import { readText } from '../../support/read-text.ts';

const frameOf = (line: string): FrameFields | undefined => {
  const { nodes, damaged } = readText('oops', line);
  assert.equal(damaged, [], line);
  const node = nodes.find((n) => n.type === 'frame');
  return node?.type === 'frame' ? node.frame : undefined;
};

const f = (symbol: string, offset: number | string, size: number | string, more: FrameFields = {}): FrameFields => ({
  symbol,
  offset,
  size,
  reliable: true,
  ...more,
});
const FRAMES: readonly (readonly [string, FrameFields])[] = [
  [' driver_xyz_fault+0x84/0x810 [driver_xyz]', f('driver_xyz_fault', 132, 2064, { module: 'driver_xyz' })],
  [' ? rescuer_thread+0x3a0/0x3a0', f('rescuer_thread', 928, 928, { reliable: false })],
  [' [<ffffffff8129b7ea>] ? vfs_read+0x1a/0x90', f('vfs_read', 26, 144, { address: '0xffffffff8129b7ea', reliable: false })],
  [
    ' [<ffffffff8129b7ea>] vfs_read+0x1a/0x90 fs/read_write.c:12',
    f('vfs_read', 26, 144, { address: '0xffffffff8129b7ea', file: 'fs/read_write.c', line: 12 }),
  ],
  [' <IRQ>  [<ffffffff81071e27>] f+0x1/0x2', f('f', 1, 2, { address: '0xffffffff81071e27' })],
  [
    ' __dump_stack lib/dump_stack.c:15 [inline]',
    { symbol: '__dump_stack', inlined: true, reliable: true, file: 'lib/dump_stack.c', line: 15 },
  ],
  [
    ' xyz+0x1/0x2 [xyz OE 0123456789abcdef0123456789abcdef01234567]',
    f('xyz', 1, 2, { module: 'xyz', buildId: '0123456789abcdef0123456789abcdef01234567' }),
  ],
  [' arena+0x0/0xffffffffffffc000 [m]', f('arena', 0, '0xffffffffffffc000', { module: 'm' })],
  [' <a::B<C> as core::ops::drop::Drop>::drop+0x1f/0x40', f('<a::B<C> as core::ops::drop::Drop>::drop', 31, 64)],
  ['[c00000000333fc40] [c0080000003f2730] xyz+0x28/0x40 [m]', f('xyz', 40, 64, { address: '0xc0080000003f2730', module: 'm' })],
  ['[c00000000333fb90] [000000001dcc0000] 0x1dcc0000 (unreliable)', { address: '0x1dcc0000', reliable: false }],
  ['[c00000000333fb90] [c0000000001dcc00] f+0x1/0x2 (unreliable)', f('f', 1, 2, { address: '0xc0000000001dcc00', reliable: false })],
  [' [<000003ff7fd02536>] fault+0x6/0x10 [m] ', f('fault', 6, 16, { address: '0x3ff7fd02536', module: 'm' })],
  ['([<000003ff7fd02536>] fault+0x6/0x10 [m])', f('fault', 6, 16, { address: '0x3ff7fd02536', module: 'm', reliable: false })],
  ['[<ffffffff80040e62>] process_one_work+0x190/0x330', f('process_one_work', 400, 816, { address: '0xffffffff80040e62' })],
  [' fault_null [m] from driver+0xc0/0xab8 [m]', f('driver', 192, 2744, { module: 'm' })],
  ['[<80b10c70>] (memset) from [<8062eec8>] (n_tty+0x154/0x3c4)', f('n_tty', 340, 964, { address: '0x8062eec8' })],
  ['[<c0036a6d>] (a+0x1/0x2) from [<c0036a6e>] (b+0x3/0x4)', f('b', 3, 4)],
];

for (const [line, want] of FRAMES) test(line.trim(), () => assert.equal(frameOf(line), want));

test('registers of every architecture', () => {
  const rows: [string, [string, string][]][] = [
    [
      'RSP: 0018:ffffccf8400ffe50 EFLAGS: 00000246',
      [
        ['RSP', '0xffffccf8400ffe50'],
        ['EFLAGS', '0x246'],
      ],
    ],
    [
      'FS:  00000000251523c0(0000) GS:ffff8b0c0b400000(0000) knlGS:0000000000000000',
      [
        ['FS', '0x251523c0'],
        ['GS', '0xffff8b0c0b400000'],
        ['knlGS', '0x0'],
      ],
    ],
    [
      'x5 : 0000000000000001 x4 : 8080808000000000',
      [
        ['x5', '0x1'],
        ['x4', '0x8080808000000000'],
      ],
    ],
    [
      'pc : [<bf00008c>]    lr : [<bf0005b4>]    psr: 600f0013',
      [
        ['pc', '0xbf00008c'],
        ['lr', '0xbf0005b4'],
        ['psr', '0x600f0013'],
      ],
    ],
    [
      'MSR:  800000000280b033 <SF,VEC,EE>  CR: 28002402',
      [
        ['MSR', '0x800000000280b033'],
        ['CR', '0x28002402'],
      ],
    ],
    [
      'pc 9000000000223344 ra 9000000000223355',
      [
        ['pc', '0x9000000000223344'],
        ['ra', '0x9000000000223355'],
      ],
    ],
    ['pstate: 01400005 (nzcv daif +PAN BTYPE=--)', [['pstate', '0x1400005']]],
  ];
  for (const [row, want] of rows) {
    const [node] = readText('oops', row).nodes;
    assert.equal(node?.type === 'registers' && node.values, want, row);
  }
});

test('modules keep their marks; what was unloaded is not loaded', () => {
  const [node] = readText('oops', 'Modules linked in: driver_xyz(OE+) ext4 8021q 4711 [last unloaded: foo(E)]').nodes;
  assert.equal(node?.type === 'modules' && node.modules, [
    { name: 'driver_xyz', taint: 'OE+' },
    { name: 'ext4' },
    { name: '8021q', size: 4711 },
  ]);
});

test('names that look like what follows them stay names', () => {
  const cpu = (line: string) => readText('sanitizer', line).nodes.find((n) => n.type === 'cpu');
  const node = cpu('CPU: 1 UID: 0 PID: 7 Comm: Tainted: G Not Not tainted 6.1.0 #1');
  assert.equal(node?.type === 'cpu' && [node.comm, node.pid, node.release], ['Tainted: G Not', 7, '6.1.0']);
  const kasan = readText('sanitizer', 'Read of size 8 at addr ffff88 by task a by task b/1/55').nodes.find((n) => n.type === 'head');
  assert.equal(kasan?.type === 'head' && [kasan.fields.comm, kasan.fields.pid], ['a by task b/1', '55']);
});

test.run();
