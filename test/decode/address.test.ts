// What an address means: poison and fill entry by entry, then the map of each architecture.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { describeAddress } from '../../src/decode/address.ts';
import type { Arch } from '../../src/decode/arch.ts';
import { parseRelease } from '../../src/decode/kernel-release.ts';
import { LAYOUTS } from '../../src/decode/layout/layouts.ts';
import { POISON_BYTES, POISON_POINTERS } from '../../src/decode/poison.ts';

const of = (address: string, arch: Arch = 'x86-64', release?: string) => describeAddress(address, { arch, release: parseRelease(release) });

for (const { name, value } of POISON_POINTERS) {
  test(`${name} 0x${value.toString(16)} with the deltas of x86-64 and ppc64`, () => {
    assert.match(of((0xdead000000000000n + value).toString(16))?.text ?? '', new RegExp(`^${name}:`));
    assert.match(of((0x5deadbeef0000000n + value).toString(16), 'ppc64')?.text ?? '', new RegExp(`^${name}:`));
  });
}
for (const { name, byte } of POISON_BYTES) {
  test(`${name} 0x${byte.toString(16)} all over, and with a member offset`, () => {
    const fill = BigInt(`0x${byte.toString(16).padStart(2, '0').repeat(8)}`);
    assert.match(of(fill.toString(16))?.text ?? '', new RegExp(`^${name}: `));
    assert.match(of((fill + 0x28n).toString(16))?.text ?? '', new RegExp(`^${name} \\+ 0x28: `));
    assert.match(of(byte.toString(16).padStart(2, '0').repeat(4), 'i386')?.text ?? '', new RegExp(`^${name}: `));
  });
}

test('NULL and its members; error pointers; NULL minus an offset', () => {
  assert.is(of('0')?.text, 'NULL');
  assert.is(of('0x28')?.class, 'null');
  assert.match(of('0000000000000028')?.text ?? '', /NULL \+ 0x28/);
  assert.match(of('fffffffffffffff4')?.text ?? '', /-ENOMEM/);
  assert.match(of('fffffff2', 'arm')?.text ?? '', /-EFAULT/);
  assert.is(of('fffffffffffff600')?.class, 'null');
});

test('list poison of 32-bit kernels: far from NULL before 4.3, within reach of it since', () => {
  assert.match(of('00100100', 'i386')?.text ?? '', /^LIST_POISON1:/);
  assert.match(of('00200204', 'i386')?.text ?? '', /^LIST_POISON2 \+ 0x4:/);
  const later = of('00000122', 'i386');
  assert.match(later?.text ?? '', /LIST_POISON/);
  assert.is(later?.certain, false);
  assert.is(of('00100100')?.class, 'user', 'on 64 bits it is an ordinary number');
});

test('a member behind poison is told from the next poison value', () => {
  assert.match(of('dead000000000108')?.text ?? '', /^LIST_POISON1 \+ 0x8:/);
  assert.match(of('dead00000000012a')?.text ?? '', /^LIST_POISON2 \+ 0x8:/);
  assert.match(of('dead000000000148')?.text ?? '', /^LIST_POISON1 \+ 0x48:/);
  assert.match(of('dead0000000000f0')?.text ?? '', /^LIST_POISON1 - 0x10:/, 'container_of() of a poisoned entry');
  assert.match(of('dead000000000048')?.text ?? '', /^PP_SIGNATURE \+ 0x8:/);
});

test('32-bit poison is looked for only where no NULL offset lies', () => {
  assert.is(of('00001044', 'arm')?.class, 'user');
  assert.is(of('00000844', 'arm')?.class, 'null');
});

test('arm64 reports poison without its top byte', () => {
  assert.match(of('006b6b6b6b6b6b7b', 'arm64')?.text ?? '', /^POISON_FREE \+ 0x10: /);
  assert.match(of('ffad000000000108', 'arm64')?.text ?? '', /^LIST_POISON1 \+ 0x8: /);
  assert.is(of('006b6b6b6b6b6b7b', 'x86-64')?.class, 'non-canonical');
});

test('the KASAN shadow of a wild pointer, in the words of kasan_non_canonical_hook', () => {
  assert.match(of('dffffc0000000005')?.text ?? '', /shadow of 0x28-0x2f.*NULL/);
  assert.match(of('dffffc0020000000')?.text ?? '', /user-space/);
  assert.match(of('dfff800000000003', 'arm64')?.text ?? '', /shadow of 0x18-0x1f.*NULL/);
});

test('the guard page: just below the stack pointer, on another page', () => {
  const at = (address: bigint, stackPointer: bigint) => describeAddress(address, { arch: 'x86-64', stackPointer })?.class;
  assert.is(at(0xffffc90000003ff8n, 0xffffc90000004000n), 'stack-guard');
  assert.is(at(0xffffc90000003ff8n, 0xffffc90000004010n), 'stack-guard');
  assert.is(at(0xffffc90000003ff8n, 0xffffc90000008000n), 'vmalloc');
});

const MAP: readonly (readonly [Arch, string, string, string?])[] = [
  ['x86-64', '00007f1234567890', 'user'],
  ['x86-64', '1234567890abcdef', 'non-canonical'],
  ['x86-64', 'ffff88807c345678', 'direct-map'],
  ['x86-64', 'ff361e18c1145700', 'direct-map'],
  ['x86-64', 'ffffc90000123000', 'vmalloc'],
  ['x86-64', 'ffffea0001f3c5c0', 'vmemmap'],
  ['x86-64', 'ffffed100fa3c5c0', 'kasan-shadow'],
  ['x86-64', 'fffffe0000001000', 'fixed'],
  ['x86-64', 'ffffffff81234567', 'kernel-text'],
  ['x86-64', 'ffffffffc07ec060', 'module'],
  ['x86-64', 'ffffffffff5f5000', 'fixed'],
  ['i386', 'b7701000', 'user'],
  ['i386', 'c1234567', 'direct-map'],
  ['i386', 'f8234567', 'vmalloc'],
  ['arm64', '0000ffff12345678', 'user'],
  ['arm64', 'ffff000012345678', 'direct-map', '6.1'],
  ['arm64', 'ffff000012345678', 'vmalloc', '4.19'],
  ['arm64', 'ffff800012345678', 'direct-map', '4.19'],
  ['arm64', 'ffff800012345678', 'vmalloc', '6.1'],
  ['arm64', 'ffff800012345678', 'module', '6.12'],
  // the image of 6.1 without KASLR begins where the modules of 5.15 did
  ['arm64', 'ffff800008123456', 'vmalloc', '6.1'],
  ['arm64', 'ffff800008123456', 'module', '5.15'],
  ['arm64', 'ffff800007123456', 'module', '6.1'],
  ['arm64', '0200ffff12345678', 'non-canonical'],
  ['arm', 'bf001234', 'module'],
  ['arm', 'c1234567', 'direct-map'],
  ['ppc64', 'c000000012345678', 'direct-map'],
  ['ppc64', 'c008000012345678', 'vmalloc'],
  ['ppc64', 'd000000012345678', 'vmalloc'],
  ['s390x', '1000', 'fixed'],
  ['riscv64', 'ffffffd812345678', 'direct-map'],
  ['riscv64', 'ffffaf8012345678', 'direct-map'],
  ['riscv64', 'ff60000012345678', 'direct-map'],
  ['riscv64', 'ffffffff80123456', 'kernel-text'],
  ['mips64', '9800000012345678', 'direct-map'],
  ['mips64', 'ffffffff80123456', 'kernel-text'],
  ['mips', '80123456', 'direct-map'],
  ['ppc', 'c0123456', 'direct-map'],
  ['loongarch64', '9000000012345678', 'direct-map'],
];
for (const [arch, address, kind, release] of MAP) {
  test(`${arch} ${release ?? ''}: ${address} is ${kind}`, () => assert.is(of(address, arch, release)?.class, kind));
}

test('regions of one map do not overlap and are in order', () => {
  for (const [arch, layout] of Object.entries(LAYOUTS)) {
    for (const release of ['4.19', '6.1', '7.0']) {
      const regions = layout.regions(parseRelease(release));
      for (const [i, r] of regions.entries()) {
        assert.ok(r.from <= r.to, `${arch} ${r.text}`);
        assert.ok(i === 0 || regions[i - 1]!.to < r.from, `${arch} ${r.text}`);
      }
    }
  }
});

test('any text is answered without throwing', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.bigInt({ min: 0n, max: (1n << 70n) - 1n }).map((n) => n.toString(16)),
      ),
      (text) => {
        for (const arch of Object.keys(LAYOUTS) as Arch[]) of(text, arch);
      },
    ),
  );
  assert.is(of('not hex'), undefined);
  assert.is(of('1ffffffff', 'i386'), undefined);
});

test.run();
