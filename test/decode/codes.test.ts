// Error codes, syndromes, vectors, errors, signals, releases.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeEsr } from '../../src/decode/arm64-esr.ts';
import { errnoName } from '../../src/decode/errno.ts';
import { parseHex } from '../../src/decode/hex.ts';
import { atLeast, parseRelease } from '../../src/decode/kernel-release.ts';
import { decodePageFault } from '../../src/decode/page-fault.ts';
import { PPC_TRAPS, ppcAccess, ppcTrapName } from '../../src/decode/ppc-trap.ts';
import { signalName } from '../../src/decode/signal.ts';

test('x86 page-fault error codes, bit by bit', () => {
  const seen = (code: number) => {
    const { access, supervisor, present } = decodePageFault(code);
    return `${access} ${supervisor ? 'kernel' : 'user'} ${present ? 'present' : 'absent'}`;
  };
  assert.is(seen(0x0), 'read kernel absent');
  assert.is(seen(0x1), 'read kernel present');
  assert.is(seen(0x2), 'write kernel absent');
  assert.is(seen(0x3), 'write kernel present');
  assert.is(seen(0x4), 'read user absent');
  assert.is(seen(0x10), 'execute kernel absent');
  assert.is(seen(0x11), 'execute kernel present');
  assert.is(seen(0x14), 'execute user absent');
  assert.match(decodePageFault(0x9).cause, /reserved bit/);
  assert.match(decodePageFault(0x25).cause, /protection key/);
  assert.match(decodePageFault(0x46).cause, /shadow stack/);
  assert.match(decodePageFault(0x8007).cause, /SGX/);
  assert.match(decodePageFault(0x80000003n).cause, /RMP/);
});

test('arm64 syndromes', () => {
  assert.equal(decodeEsr(0x96000044n), {
    ec: 0x25,
    className: 'data abort in kernel mode',
    fsc: 4,
    status: 'translation fault, level 0',
    access: 'write',
    cause: 'data abort in kernel mode: translation fault, level 0',
  });
  assert.is(decodeEsr(0x96000004n).access, 'read');
  assert.is(decodeEsr(0x86000004n).access, 'execute');
  assert.is(decodeEsr(0x9600004fn).status, 'permission fault, level 3');
  assert.is(decodeEsr(0x96000061n).status, 'alignment fault');
  assert.is(decodeEsr(0x96000210n).status, 'synchronous external abort');
  assert.is(decodeEsr(0xf2000800n).className, 'BRK');
  assert.is(decodeEsr(0xbf000002n).className, 'SError');
  assert.is(decodeEsr(0x2000000n).className, 'unknown or undefined instruction');
  assert.is(decodeEsr(0x34000003n).className, 'branch target identification (BTI)');
  assert.is(decodeEsr(0x72000000n).className, 'pointer authentication failure (FPAC)');
});

test('powerpc vectors; bit 25 of DSISR is a store', () => {
  for (const [trap, name] of PPC_TRAPS) assert.is(ppcTrapName(trap + 1), name);
  assert.is(ppcTrapName(0x300), 'data access');
  assert.is(ppcTrapName(0x700), 'program check');
  assert.is(ppcTrapName(0x123450), undefined);
  assert.is(ppcAccess(0x300, 0x42000000n), 'write');
  assert.is(ppcAccess(0x300, 0x40000000n), 'read');
  assert.is(ppcAccess(0x400, undefined), 'execute');
  assert.is(ppcAccess(0x700, 0n), undefined);
});

test('errno: the ends and the gaps of the list, and numbers kept inside the kernel', () => {
  const KNOWN: readonly (readonly [number, string | undefined])[] = [
    [1, 'EPERM'],
    [5, 'EIO'],
    [12, 'ENOMEM'],
    [14, 'EFAULT'],
    [22, 'EINVAL'],
    [28, 'ENOSPC'],
    [34, 'ERANGE'],
    [35, 'EDEADLK'],
    [40, 'ELOOP'],
    [41, undefined],
    [42, 'ENOMSG'],
    [57, 'EBADSLT'],
    [58, undefined],
    [59, 'EBFONT'],
    [61, 'ENODATA'],
    [74, 'EBADMSG'],
    [75, 'EOVERFLOW'],
    [84, 'EILSEQ'],
    [95, 'EOPNOTSUPP'],
    [105, 'ENOBUFS'],
    [110, 'ETIMEDOUT'],
    [117, 'EUCLEAN'],
    [121, 'EREMOTEIO'],
    [133, 'EHWPOISON'],
    [134, undefined],
    [512, 'ERESTARTSYS'],
    [517, 'EPROBE_DEFER'],
    [524, 'ENOTSUPP'],
    [0, undefined],
  ];
  for (const [number, name] of KNOWN) assert.is(errnoName(number), name, String(number));
  assert.is(errnoName(-5), 'EIO');
});

test('signals by their numbers', () => {
  assert.is(signalName(9), 'SIGKILL');
  assert.is(signalName(11), 'SIGSEGV');
  assert.is(signalName(31), 'SIGSYS');
  assert.is(signalName(34), 'SIGRTMIN+2');
  assert.is(signalName(0), undefined);
});

test('releases of distributions; what is none', () => {
  assert.equal(parseRelease('6.12.107+deb13-amd64'), { text: '6.12.107+deb13-amd64', major: 6, minor: 12, patch: 107 });
  assert.is(parseRelease('7.2-rc1')?.minor, 2);
  assert.is(parseRelease(undefined), undefined);
  assert.is(parseRelease('next'), undefined);
  const release = parseRelease('4.9.0')!;
  assert.ok(atLeast(release, [4, 9]) && atLeast(release, [3, 19]) && atLeast(release, [2, 6, 38]));
  assert.not.ok(atLeast(release, [4, 10]) || atLeast(release, [5, 0]) || atLeast(release, [4, 9, 1]));
});

test('hex is read with and without 0x', () => {
  assert.is(parseHex('deadbeef'), 0xdeadbeefn);
});

test.run();
