// What registers hold: names by architecture, flags bit by bit, values by class.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeEflags, EFLAGS } from '../../src/decode/eflags.ts';
import { classifyRegisters } from '../../src/decode/register-class.ts';
import { archOfRegisters, REGISTER_NAMES } from '../../src/decode/register-names.ts';

test('EFLAGS, bit by bit; bit 1 says nothing', () => {
  for (const [bit, name] of EFLAGS) assert.is(decodeEflags(1n << BigInt(bit)), name);
  assert.is(decodeEflags(0x2n), '');
  assert.is(decodeEflags(0x10246n), 'IF ZF PF');
});

test('the names of a report’s registers tell its architecture', () => {
  const LOGS = {
    'oops-null-write-x86-6.1': 'x86-64',
    'oops-null-kdump-x86-686': 'i386',
    'oops-null-arm64-6.12': 'arm64',
    'oops-null-armhf-6.1': 'arm',
    'oops-null-ppc64el-6.1': 'ppc64',
    'oops-null-s390x-6.1': 's390x',
    'oops-null-riscv64-6.12': 'riscv64',
    'oops-mips-5.10': 'mips',
    'oops-loongarch-6.6': 'loongarch64',
  };
  for (const [log, arch] of Object.entries(LOGS)) {
    const events = JSON.parse(readFileSync(`test/golden/events/${log}.json`, 'utf8'));
    const { registers } = events.find((event: { registers?: unknown }) => event.registers !== undefined);
    assert.is(archOfRegisters(registers), arch, log);
    assert.ok(REGISTER_NAMES[arch as keyof typeof REGISTER_NAMES].programCounter);
  }
  assert.is(archOfRegisters({}), undefined);
});

const X86 = {
  RAX: '0xffffffffc0a3e120',
  RBX: '0xffff9c41d2e4a300',
  RCX: '0x0',
  RDX: '0x11',
  RBP: '0xffff9c41d2e4a310',
  RSP: '0xffffb2f1c0a7bd98',
  R08: '0xffffb2f1c0a7bde0',
  R09: '0xffffffffffffffea',
  R10: '0x6b6b6b6b6b6b6b6b',
  R11: '0x7fffdeadbeef',
  R12: '0xdead000000000122',
  R13: '0x12345678',
  R14: '0xfffffffffffff7ff',
  R15: '0x1234567812345678',
  RSI: '0x745e72736d647564',
  EFLAGS: '0x10246',
  CR3: '0x10a3ee006',
  GS: 'what',
};
const classes = classifyRegisters(X86, { arch: 'x86-64' });
const EXPECTED: readonly (readonly [string, string | undefined, boolean | undefined])[] = [
  ['RAX', 'module', false],
  ['RBX', 'directmap', false],
  ['RCX', 'NULL', true],
  ['RDX', 'int 17', true],
  ['RBP', 'RBX+0x10', true],
  ['RSP', 'stack', true],
  ['R08', 'RSP+0x48', true],
  ['R09', '-EINVAL', false],
  ['R10', 'POISON_FREE', true],
  ['R11', 'user', false],
  ['R12', 'LIST_POISON2', true],
  ['R13', 'user/int', false],
  ['R14', 'int -2049', true],
  ['R15', 'wild', false],
  ['RSI', 'text', false],
  ['EFLAGS', 'IF ZF PF', true],
  ['CR3', undefined, undefined],
  ['GS', undefined, undefined],
];
for (const [name, text, certain] of EXPECTED) {
  test(`${name} ${X86[name as keyof typeof X86]} is ${text ?? 'nothing to tell'}`, () => {
    assert.is(classes.get(name)?.text, text);
    assert.is(classes.get(name)?.certain, certain);
  });
}

test('what is worth a sentence has one', () => {
  assert.match(classes.get('R12')?.remark ?? '', /prev of a list entry/);
  assert.match(classes.get('R10')?.remark ?? '', /freed/);
  assert.match(classes.get('RSI')?.remark ?? '', /"dudmsr\^t"/);
  assert.is(classes.get('RBX')?.remark, undefined);
});

test.run();
