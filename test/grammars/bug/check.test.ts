// The structured lines of the kernel's own checks: what each wording says, typed; text behind them damages nothing.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FrameFields, HeadNode } from '../../../grammars/common/nodes.ts';
import { readText } from '../../support/read-text.ts';

function head(family: string, text: string): HeadNode | undefined {
  const { nodes, damaged } = readText(family, text);
  assert.equal(damaged, [], text);
  return nodes.find((n) => n.type === 'head');
}

type Case = readonly [family: string, text: string, values: HeadNode['values'], frame?: FrameFields];

const CASES: readonly Case[] = [
  [
    'bug',
    'WARNING: CPU: 1 PID: 30 at fs/xyz.c:12 xyz_get+0x28/0x60 [xyz]',
    { cpu: 1, pid: 30, file: 'fs/xyz.c', line: 12 },
    { symbol: 'xyz_get', offset: 0x28, size: 0x60, module: 'xyz' },
  ],
  [
    'bug',
    'WARNING: CPU: 1 PID: 30 at fs/xyz.c:12 xyz_get+0x28/0x60 fs/xyz.c:14',
    { cpu: 1, pid: 30, file: 'fs/xyz.c', line: 12 },
    { symbol: 'xyz_get', offset: 0x28, size: 0x60, file: 'fs/xyz.c', line: 14 },
  ],
  [
    'bug',
    'WARNING: fs/xyz.c:12 at xyz_get+0x28/0x60 [xyz], CPU#1: a/b c/30',
    { cpu: 1, pid: 30, comm: 'a/b c', file: 'fs/xyz.c', line: 12 },
    { symbol: 'xyz_get', offset: 0x28, size: 0x60, module: 'xyz' },
  ],
  ['bug', 'WARNING: fs/xyz.c:12 at 0x0, CPU#1: init/1', { cpu: 1, pid: 1, comm: 'init', file: 'fs/xyz.c', line: 12 }],
  [
    'bug',
    'WARNING: at kernel/xyz.c:9 xyz_get+0x1/0x2() (Tainted: G        W )',
    { file: 'kernel/xyz.c', line: 9, taint: 'G        W' },
    { symbol: 'xyz_get', offset: 1, size: 2 },
  ],
  [
    'sanitizer',
    'Read of size 4096 at addr ffff888003d1e800 by task my/prog/30',
    { access: 'Read', size: 4096, address: '0xffff888003d1e800', comm: 'my/prog', pid: 30 },
  ],
  ['sanitizer', 'Write of size 1 by task a b/7', { access: 'Write', size: 1, comm: 'a b', pid: 7 }],
  ['sanitizer', 'Free of addr ffff888003d1e800 by task x/1', { access: 'Free', address: '0xffff888003d1e800', comm: 'x', pid: 1 }],
  [
    'sanitizer',
    'write (marked, reordered) to 0xffff888003d1e800 of 8 bytes by task 30 on cpu 1:',
    { access: 'write (marked, reordered)', address: '0xffff888003d1e800', size: 8, byPid: 30, onCpu: 1 },
  ],
  [
    'sanitizer',
    'race at unknown origin, with read to 0xffff888003d1e800 of 4 bytes by interrupt on cpu 0:',
    { origin: 'unknown origin', access: 'read', address: '0xffff888003d1e800', size: 4, interrupt: 'interrupt', onCpu: 0 },
  ],
  [
    'sanitizer',
    'Out-of-bounds read at 0x00000000a1b2c3d4 (1B right of kfence-#72):',
    { what: 'Out-of-bounds read', address: '0xa1b2c3d4', bytes: 1, side: 'right', object: 'kfence-#72' },
  ],
  [
    'sanitizer',
    'Corrupted memory at 0xffff8c3f2e33aff0 [ 0xac . ! . ] (in kfence-#156):',
    { what: 'Corrupted memory', address: '0xffff8c3f2e33aff0', object: 'kfence-#156' },
  ],
  [
    'sanitizer',
    'kfence-#24: 0x00000000a1b2c3d4-0x00000000d4c3b2a1, size=64, cache=kmalloc-64',
    { object: 'kfence-#24', first: '0xa1b2c3d4', last: '0xd4c3b2a1', size: 64, cache: 'kmalloc-64' },
  ],
  [
    'slab',
    'Allocated in xyz_get+0x28/0x60 [xyz] age=12 cpu=1 pid=30',
    { what: 'Allocated', age: 12, onCpu: 1, byPid: 30 },
    { symbol: 'xyz_get', offset: 0x28, size: 0x60, module: 'xyz' },
  ],
  [
    'slab',
    'Slab 0x00000000a1b2c3d4 objects=16 used=3 fp=0x0000000000000000 flags=0x200(slab|node=0)',
    { address: '0xa1b2c3d4', objects: 16, used: 3, fp: '0x0', flags: '0x200', names: ['slab', 'node=0'] },
  ],
  ['slab', 'INFO: Object 0xffff88003d1e8400 @offset=1024 fp=0xbbbb', { address: '0xffff88003d1e8400', offset: 1024, fp: '0xbbbb' }],
  [
    'slab',
    '[Right Redzone overwritten] 0x1000-0x1007 @offset=64. First byte 0x41 instead of 0xcc',
    { what: 'Right Redzone overwritten', first: '0x1000', last: '0x1007', offset: 64, byte: '0x41', expected: '0xcc' },
  ],
  [
    'memory',
    'page:00000000a1b2c3d4 refcount:1 mapcount:-128 mapping:(null) index:0x2 pfn:0x3d1e8',
    { page: '0xa1b2c3d4', refcount: 1, mapcount: -128, mapping: '0x0', index: '0x2', pfn: '0x3d1e8' },
  ],
  [
    'memory',
    'anon flags: 0xfffffc0080019(locked|uptodate|zone=1) CMA',
    { flags: '0xfffffc0080019', names: ['locked', 'uptodate', 'zone=1'] },
  ],
];

for (const [family, text, values, frame] of CASES) {
  test(text, () => {
    const node = head(family, text);
    assert.equal(node?.values, values);
    if (frame !== undefined)
      for (const [key, value] of Object.entries(frame)) assert.is(node?.frame?.[key as keyof FrameFields], value, key);
  });
}

test('whatever the console mixes in behind a line damages nothing', () => {
  const tail = fc.string({ unit: fc.constantFrom(...' []()<>=:,./#@x0aA|-') });
  fc.assert(
    fc.property(fc.constantFrom(...CASES), fc.nat(120), tail, ([family, text], length, more) => {
      head(family, `${text.slice(0, length)}${more}`);
    }),
    { numRuns: 500 },
  );
});

test.run();
