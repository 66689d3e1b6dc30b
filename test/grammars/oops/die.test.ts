// What die() says, in the words of each architecture; what arm's registers point to.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { readText } from '../../support/read-text.ts';

/** The values of one line within an oops report. */
function valuesOf(text: string): HeadNode['values'] | undefined {
  const { nodes, damaged } = readText('oops', text);
  assert.equal(damaged, [], text);
  const [node] = nodes;
  return node?.type === 'head' ? node.values : undefined;
}

const DIES: readonly (readonly [string, HeadNode['values']])[] = [
  ['Oops: 0002 [#1] PREEMPT SMP NOPTI', { trap: 'Oops', error: '0x2', count: 1, options: ['PREEMPT', 'SMP', 'NOPTI'] }],
  ['Oops: Oops: 0010 [#12] SMP', { trap: 'Oops', error: '0x10', count: 12, options: ['SMP'] }],
  ['Oops: a07 [#1] ARM', { trap: 'Oops', error: '0xa07', count: 1, options: ['ARM'] }],
  [
    'Oops: general protection fault, probably for non-canonical address 0xdead000000000122: 0000 [#1] SMP',
    { trap: 'general protection fault', address: '0xdead000000000122', error: '0x0', count: 1, options: ['SMP'] },
  ],
  [
    'general protection fault, kernel NULL pointer dereference 0x8: 0000 [#1] SMP',
    { trap: 'general protection fault', address: '0x8', error: '0x0', count: 1, options: ['SMP'] },
  ],
  ['general protection fault, maybe for address 0xffff88800a3c0000', { trap: 'general protection fault', address: '0xffff88800a3c0000' }],
  ['invalid opcode: 0000 [#1] SMP', { trap: 'invalid opcode', error: '0x0', count: 1, options: ['SMP'] }],
  ['Oops: Exception in kernel mode, sig: 5 [#2]', { trap: 'Exception in kernel mode', signal: 5, count: 2 }],
  ['illegal operation: 0001 ilc:1 [#1] SMP ', { trap: 'illegal operation', error: '0x1', count: 1, options: ['SMP'] }],
  ['Internal error: Oops - BUG: 0 [#1] SMP ARM', { trap: 'Oops - BUG', error: '0x0', count: 1, options: ['SMP', 'ARM'] }],
  ['Internal error: : 1b [#1] PREEMPT SMP ARM', { error: '0x1b', count: 1, options: ['PREEMPT', 'SMP', 'ARM'] }],
  [
    'Internal error: synchronous external abort: 0000000096000410 [#1] SMP',
    { trap: 'synchronous external abort', error: '0x96000410', count: 1, options: ['SMP'] },
  ],
  ['Oops - illegal instruction [#1]', { trap: 'Oops - illegal instruction', count: 1 }],
  ['Kernel bug detected[#3]:', { trap: 'Kernel bug detected', count: 3 }],
  // another line that the console mixed in
  ['invalid opcode: 0000 [#1] [   12.345678] audit: SMP', { trap: 'invalid opcode', error: '0x0', count: 1 }],
];
for (const [text, values] of DIES) test(`die: ${text}`, () => assert.equal(valuesOf(text), values));

test('die: what follows the counter damages nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]#:, SMPa0x.(-') }), (tail) => {
      const values = valuesOf(`general protection fault: 0000 [#7] SMP ${tail}`);
      assert.is(values?.count, 7);
      assert.is(values?.error, '0x0');
    }),
  );
});

const REGISTERS: readonly (readonly [string, HeadNode['values']])[] = [
  ['Register r0 information: NULL pointer', { register: 'r0', memory: 'NULL pointer' }],
  ['Register r5 information: non-slab/vmalloc memory', { register: 'r5', memory: 'non-slab/vmalloc memory' }],
  [
    'Register r1 information: slab kmalloc-64 start c3a1d000 pointer offset 12 size 64',
    { register: 'r1', memory: 'slab', cache: 'kmalloc-64', start: '0xc3a1d000', offset: 12, size: 64 },
  ],
  ['Register r2 information: slab start c3a1d000 pointer offset 0', { register: 'r2', memory: 'slab', start: '0xc3a1d000', offset: 0 }],
  [
    'Register r12 information: 2-page vmalloc region starting at 0xbf0a3000 allocated at load_module+0x8a0/0x2514',
    { register: 'r12', memory: 'vmalloc region', pages: 2, start: '0xbf0a3000' },
  ],
];
for (const [text, values] of REGISTERS) test(text, () => assert.equal(valuesOf(text), values));

test('a line that was cut, or that the console mixed another into, damages nothing', () => {
  const lines = [...DIES, ...REGISTERS].map(([text]) => text).concat('  EC = 0x25: DABT (current EL), IL = 32 bits');
  const more = fc.string({ unit: fc.constantFrom(...'[]#:, SMPa0x.(-=') });
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.nat(120), more, (text, length, tail) => {
      valuesOf(`${text.slice(0, length)}${tail}`);
    }),
    { numRuns: 1000, examples: [['  EC = 0x25: DABT (current EL), IL = 32 bits', 7, ': [']] },
  );
});

test('arm64: the syndrome and what it means', () => {
  assert.equal(valuesOf('  ESR = 0x0000000096000044'), { error: '0x96000044' });
  assert.equal(valuesOf('  EC = 0x25: DABT (current EL), IL = 32 bits'), { class: 'DABT (current EL)' });
  assert.equal(valuesOf('  FSC = 0x04: level 0 translation fault'), { cause: 'level 0 translation fault' });
  assert.equal(valuesOf('  CM = 0, WnR = 1, TnD = 0, TagAccess = 0'), { wnr: 1 });
});

test.run();
