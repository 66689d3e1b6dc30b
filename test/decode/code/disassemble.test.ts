// Code: lines, from the bytes to the operand that faulted.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CodeInstruction, disassemble } from '../../../src/decode/code/disassemble.ts';
import { loadDisassembler, type Machine } from '../../../src/decode/code/disassembler.ts';
import { explainFault } from '../../../src/decode/code/explain-fault.ts';
import { memoryOperands } from '../../../src/decode/code/operand.ts';
import { parseCode } from '../../../src/decode/code/parse-code.ts';
import { machineOf } from '../../../src/decode/code/registers.ts';
import { resync } from '../../../src/decode/code/resync.ts';

const disassembler = await loadDisassembler();
const list = (line: string, machine: Machine): CodeInstruction[] => disassemble(parseCode(line)!, machine, disassembler);
const fault = (line: string, machine: Machine): string | undefined => list(line, machine).find((i) => i.faulting)?.text;

test('x86-64: the marked byte begins an instruction, what stands before it is in step', () => {
  const all = list('c3 cc cc cc cc e8 1c f0 96 d2 66 66 2e 0f 1f 84 00 00 00 00 00 <c7> 47 28 00 00 00 00 c3', 'x86-64');
  assert.equal(all.at(-2), { offset: 21, bytes: 'c7 47 28 00 00 00 00', text: 'mov dword ptr [rdi + 0x28], 0', faulting: true });
  assert.is(all.at(-3)?.text, 'nop word ptr cs:[rax + rax]');
  assert.is(all.at(-4)?.text, 'call -0x2d690fda');
  assert.is(all.at(-1)?.text, 'ret');
});

test('x86-64: a line that begins inside an instruction falls into step', () => {
  // the tail of sub rdx, gs:[0x28]; jne; add rsp, 0x208; ret; int3s
  const all = list('14 25 28 00 00 00 75 0c 48 81 c4 08 02 00 00 c3 cc cc <0f> 0b', 'x86-64');
  assert.equal(
    all.slice(-6).map((i) => i.text),
    ['jne 0x14', 'add rsp, 0x208', 'ret', 'int3', 'int3', 'ud2'],
  );
});

test('32 and 16 bits; arm64, arm and riscv words', () => {
  assert.is(fault('55 89 e5 <c7> 05 00 00 00 00 01 00 00 00', 'i386'), 'mov dword ptr [0], 1');
  assert.is(fault('b8 34 12 <8b> 07', 'x86-16'), 'mov ax, word ptr [bx]');
  assert.is(fault('d65f03c0 aa1e03e9 d503201f d503233f (b9400000)', 'arm64'), 'ldr w0, [x0]');
  assert.is(fault('e52de004 e28dd004 e3053000 e34b3f00 (e5902008)', 'arm'), 'ldr r2, [r0, #8]');
  assert.is(fault('1141 e422 0800 (691c)', 'riscv64'), 'c.ld a5, 0x10(a0)');
  assert.is(fault('60000000 3d220000 <e9430010> e9298000', 'ppc64'), 'ld r10, 0x10(r3)');
});

test('an instruction that the line cuts off, and bytes that are none, end the listing', () => {
  assert.equal(
    list('90 <48> 8b', 'x86-64').map((i) => i.text),
    ['nop'],
  );
  assert.equal(list('<ff> ff ff', 'x86-64'), []);
});

test('lines without code are none; a hole keeps the index', () => {
  assert.is(parseCode('Bad RIP value.'), undefined);
  assert.is(parseCode('Unable to access opcode bytes at 0x4276d6.'), undefined);
  assert.is(parseCode(''), undefined);
  assert.equal(parseCode('48 89 <C7> 00 CPU: 1'), { bytes: '48 89 c7 00', faultIndex: 2 });
  assert.equal(parseCode('d65f03c0 (b9400000)'), { bytes: 'd65f03c0 b9400000', faultIndex: 4 });
  assert.equal(parseCode('?? ?? 90 <0f> 0b ??')?.faultIndex, 3);
});

const OPERANDS: readonly (readonly [Machine, string, Record<string, string>, string[]])[] = [
  ['x86-64', 'mov dword ptr [rdi + 0x28], 0', { RDI: '0x0' }, ['0x28 write']],
  ['x86-64', 'mov rax, qword ptr [r8 - 8]', { R08: '0x1000' }, ['0xff8 read']],
  ['x86-64', 'cmp byte ptr [rax + rdx*8 + 0x10], 0', { RAX: '0x10', RDX: '0x2' }, ['0x30 read']],
  ['x86-64', 'mov eax, dword ptr [ecx]', { RCX: '0xffffffff00000004' }, ['0x4 read']],
  ['x86-64', 'rep movsb byte ptr [rdi], byte ptr [rsi]', { RDI: '0x1', RSI: '0x2' }, ['0x1', '0x2 read']],
  ['x86-64', 'mov rax, qword ptr [0x8]', {}, ['0x8 read']],
  ['x86-64', 'lea rax, [rdi + 8]', { RDI: '0x0' }, []],
  ['x86-64', 'mov rax, qword ptr gs:[0x28]', {}, []],
  ['x86-64', 'mov rax, qword ptr [rip + 0x20]', { RIP: '0x0' }, []],
  ['x86-64', 'mov rax, qword ptr [rdi]', {}, []],
  ['i386', 'mov eax, dword ptr [ebx + 0xffffffff]', { EBX: '0x1' }, ['0x0 read']],
  ['arm64', 'ldr x0, [x1, #0x10]', { x1: '0x0' }, ['0x10 read']],
  ['arm64', 'str w0, [x1, x2, lsl #2]', { x1: '0x100', x2: '0x3' }, ['0x10c write']],
  ['arm64', 'ldr x0, [x1, w2, sxtw #3]', { x1: '0x100', x2: '0xffffffff' }, ['0xf8 read']],
  ['arm64', 'ldr x0, [x1], #8', { x1: '0x20' }, ['0x20 read']],
  ['arm64', 'stp x29, x30, [sp, #-0x20]!', { sp: '0x40' }, ['0x20 write']],
  ['riscv64', 'c.ld a5, 0x10(a0)', { a0: '0x0' }, ['0x10 read']],
  ['riscv64', 'sd a5, -8(sp)', { sp: '0x10' }, ['0x8 write']],
  ['ppc64', 'ld r10, 0x10(r3)', { gpr3: '0x0' }, ['0x10 read']],
  ['ppc64', 'stw r9, 0(r9)', { gpr9: '0x44' }, ['0x44 write']],
  ['arm', 'str r3, [r0, #-4]', { r0: '0x0' }, ['0xfffffffc write']],
];
for (const [machine, text, registers, want] of OPERANDS) {
  test(`${machine}: ${text}`, () => {
    const got = memoryOperands(text, registers, machine).map((o) => `0x${o.address.toString(16)} ${o.access ?? ''}`.trim());
    assert.equal(got, want);
  });
}

test('the operand that faulted is the one at the reported address; one that fits nowhere is not claimed', () => {
  const code = list('<f3> a4', 'x86-64');
  const registers = { RDI: '0xffff888000000000', RSI: '0x10' };
  assert.is(explainFault(code, registers, 'x86-64', 0x10n)?.text, '[rsi] with RSI = 0x10 is 0x10');
  assert.is(explainFault(code, registers, 'x86-64', 0x999n), undefined);
  assert.is(explainFault(code, registers, 'x86-64'), undefined, 'two candidates and no address: no claim');
  const one = explainFault(list('<48> 8b 40 08', 'x86-64'), { RAX: '0xdead000000000100' }, 'x86-64');
  assert.is(one?.text, '[rax + 8] with RAX = 0xdead000000000100 is 0xdead000000000108');
  assert.is(one?.matches, false);
});

test('arm64 names the address without its tag', () => {
  const code = list('(f9400800)', 'arm64');
  assert.is(explainFault(code, { x0: '0x6b6b6b6b6b6b6b6b' }, 'arm64', 0x6b6b6b6b6b6b7bn)?.matches, true);
});

test('registers tell the instruction set', () => {
  assert.is(machineOf({ RAX: '0x0' }), 'x86-64');
  assert.is(machineOf({ EAX: '0x0' }), 'i386');
  assert.is(machineOf({ x0: '0x0' }), 'arm64');
  assert.is(machineOf({ a0: '0x0', ra: '0x0', gp: '0x0' }), 'riscv64');
  assert.is(machineOf({ NIP: '0xc0080000003f00cc' }), 'ppc64');
  assert.is(machineOf({ gpr3: '0x0' }), undefined);
  assert.is(machineOf(undefined), undefined);
});

test('any bytes: decoding ends, offsets rise, nothing throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 2, maxLength: 64 }), fc.nat(63), (bytes, mark) => {
      const line = [...bytes]
        .map((b, i) => (i === mark ? `<${b.toString(16).padStart(2, '0')}>` : b.toString(16).padStart(2, '0')))
        .join(' ');
      const all = list(line, 'x86-64');
      for (const [i, one] of all.entries()) assert.ok(i === 0 || one.offset > all[i - 1]!.offset);
      const marked = all.find((i) => i.faulting);
      if (marked) assert.is(marked.offset, mark);
    }),
    { numRuns: 200 },
  );
  assert.equal(resync([], 0), []);
});

test.run();
