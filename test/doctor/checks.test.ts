// Each check alone, on machines that are written out: what it finds, with what it may and may not claim.
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Check } from '../../src/doctor/check.ts';
import { DEBUGINFO, DMESG, SECURE_BOOT, SYSRQ } from '../../src/doctor/checks/aftermath.ts';
import { KDUMP } from '../../src/doctor/checks/kdump.ts';
import { MAKEDUMPFILE } from '../../src/doctor/checks/makedumpfile.ts';
import { CONSOLE, JOURNAL, PSTORE } from '../../src/doctor/checks/second-source.ts';
import { WATCHDOGS } from '../../src/doctor/checks/watchdogs.ts';
import { type FakeFiles, fakeHost } from '../support/fake-host.ts';

type Row = readonly [files: FakeFiles, ...found: string[]];

/** Checks what is found, on a machine that runs or in an image. */
function says(check: Check, live: boolean, rows: readonly Row[]): void {
  test(`${check.title}, ${live ? 'live' : 'in an image'}`, () => {
    for (const [files, ...wanted] of rows) {
      const findings = [check.ask(fakeHost(files, { live }))].flat();
      assert.equal(
        findings.map(({ status, found }, i) =>
          wanted[i]?.endsWith('…') ? `${status} ${found}`.slice(0, wanted[i].length - 1) : `${status} ${found}`,
        ),
        wanted.map((each) => each.replace(/…$/, '')),
        JSON.stringify(files),
      );
    }
  });
}

const tty = { '/proc/cmdline': 'ro console=tty0\n' };
says(CONSOLE, true, [
  [{ '/proc/cmdline': 'ro console=tty0 console=ttyS0,115200\n' }, 'ok the console is also ttyS0…'],
  [tty, 'warn the console is on the screen alone'],
  [{ ...tty, '/sys/module/netconsole/refcnt': '0\n' }, 'ok netconsole sends the log to another machine'],
  [{ '/proc/cmdline': 'ro netconsole=@10.0.0.2/,@10.0.0.1/\n' }, 'ok netconsole sends the log to another machine'],
  [{}, 'unknown no kernel command line was found'],
]);

const backend = '/sys/module/pstore/parameters/backend';
const pstoreUnit = { '/usr/lib/systemd/system/sysinit.target.wants/systemd-pstore.service': '' };
says(PSTORE, true, [
  [{ [backend]: 'efi\n', ...pstoreUnit }, 'ok pstore keeps the end of the log (efi)…'],
  [{ [backend]: 'efi\n' }, 'warn pstore keeps the end of the log (efi), but systemd-pstore.service is not enabled'],
  [{ [backend]: '(null)\n' }, 'warn pstore has no backend'],
  [{}, 'warn pstore has no backend'],
  [{ '/sys/module/efi_pstore/parameters/pstore_disable': 'Y\n' }, 'warn pstore has no backend: efi_pstore is there, but disabled'],
]);
says(PSTORE, false, [[{ [backend]: 'efi\n', ...pstoreUnit }, 'unknown which backend pstore has shows only when the machine runs']]);

const journald = '/etc/systemd/journald.conf';
says(JOURNAL, false, [
  [{ '/var/log/journal/1/system.journal': '' }, 'ok the journal is kept…'],
  [{ [journald]: '[Journal]\nStorage=persistent\n' }, 'ok the journal is kept…'],
  [
    { [journald]: '[Journal]\nStorage=volatile\n', '/var/log/journal/1/x': '' },
    'warn the journal is lost at every reboot (Storage=volatile)',
  ],
  [{}, 'warn the journal is lost at every reboot (Storage=auto, and there is no /var/log/journal)'],
]);

const kernels = (soft: string, hard: string): FakeFiles => ({
  '/proc/sys/kernel/soft_watchdog': `${soft}\n`,
  '/proc/sys/kernel/nmi_watchdog': `${hard}\n`,
  '/proc/sys/kernel/watchdog_thresh': '10\n',
});
const device = { '/sys/class/watchdog/watchdog0/identity': 'iTCO_wdt\n' };
const fed = { '/etc/systemd/system.conf': '[Manager]\nRuntimeWatchdogSec=60\n' };
const both = 'ok the kernel watches for hard lockups (10 s) and soft ones (20 s)';
says(WATCHDOGS, true, [
  [{ ...kernels('1', '1'), ...device, ...fed }, both, 'ok iTCO_wdt is fed…'],
  [{ ...kernels('1', '1'), ...device, '/sys/class/watchdog/watchdog0/state': 'active\n' }, both, 'ok iTCO_wdt is fed…'],
  [{ ...kernels('1', '0'), ...device }, 'warn the kernel does not watch for hard lockups', 'warn iTCO_wdt is there, but nothing feeds it'],
  [{ ...kernels('0', '1'), ...fed }, 'warn the kernel does not watch for soft lockups', 'warn there is no hardware watchdog'],
  [kernels('0', '0'), 'warn the kernel does not watch for soft and hard lockups', 'warn there is no hardware watchdog'],
  [
    { ...device, '/etc/systemd/system.conf': '[Manager]\nRuntimeWatchdogSec=off\n' },
    'unknown this kernel has no lockup watchdog',
    'warn iTCO_wdt is there, but nothing feeds it',
  ],
]);
const shows = 'unknown whether the kernel watches for lockups shows only when it runs';
says(WATCHDOGS, false, [
  [{ ...device, ...fed }, shows, 'ok systemd feeds a hardware watchdog (60)'],
  [device, shows, 'warn systemd feeds no hardware watchdog'],
]);

const secureBoot = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';
const lockdown = (state: string): FakeFiles => ({ '/sys/kernel/security/lockdown': `${state}\n` });
const signed = 'the capture kernel must be signed, and be loaded by kexec -s';
says(SECURE_BOOT, true, [
  [{}, 'ok neither secure boot nor lockdown limits kdump'],
  [{ [secureBoot]: '\x06\0\0\0\0', ...lockdown('[none] integrity') }, 'ok neither secure boot nor lockdown limits kdump'],
  [{ [secureBoot]: '\x06\0\0\0\x01', ...lockdown('[none] integrity') }, `ok secure boot is on: ${signed}`],
  [{ [secureBoot]: '\x06\0\0\0\x01', ...lockdown('none [integrity]') }, `ok secure boot is on (lockdown: integrity): ${signed}`],
  [lockdown('none [confidentiality]'), `ok the kernel is locked down (lockdown: confidentiality): ${signed}`],
]);
says(SECURE_BOOT, false, [[{}, 'unknown whether secure boot is on shows only when the machine runs']]);

test('what only root may see is not known to others', () => {
  const host = { ...fakeHost({}, { live: true }), denied: () => true };
  assert.equal(
    [SECURE_BOOT.ask(host)].flat().map(({ status }) => status),
    ['unknown'],
  );
});

const loaded = '/sys/kernel/kexec_crash_loaded';
const unit = (name: string): FakeFiles => ({ [`/etc/systemd/system/multi-user.target.wants/${name}`]: '' });
const none = 'fail no kdump service is installed';
says(KDUMP, true, [
  [{ [loaded]: '1\n' }, 'ok a capture kernel is loaded', none],
  [{ [loaded]: '0\n' }, 'fail no capture kernel is loaded', none],
  [{ [loaded]: '0\n', '/sys/kernel/fadump/registered': '1\n' }, 'ok fadump is registered with the firmware', none],
  [{ '/proc/sys/kernel/osrelease': '6.1.0\n' }, `fail this kernel has no ${loaded}…`, none],
  [{}, `unknown ${loaded} cannot be read`, none],
]);
const disabled = { '/proc/sys/kernel/kexec_load_disabled': '1\n' };
says(KDUMP, false, [
  [unit('kdump.service'), 'ok kdump.service is enabled'],
  [{ '/usr/lib/systemd/system/kdump.service': '' }, 'fail kdump.service is installed, but not enabled'],
  [
    { ...unit('kdump-tools.service'), '/etc/default/kdump-tools': 'USE_KDUMP=0\n' },
    'fail kdump-tools.service is enabled, but USE_KDUMP=0 stops it',
  ],
  [{ ...unit('kdump-tools.service'), '/etc/default/kdump-tools': 'USE_KDUMP=1\n' }, 'ok kdump-tools.service is enabled'],
  [{ ...unit('kdump.service'), '/etc/default/kdump-tools': 'USE_KDUMP=0\n' }, 'ok kdump.service is enabled'],
  [
    { ...unit('kdump.service'), ...disabled, [loaded]: '0\n' },
    'warn kdump.service is enabled, but kernel.kexec_load_disabled=1 until the next boot',
  ],
  [{ ...unit('kdump.service'), ...disabled, [loaded]: '1\n' }, 'ok kdump.service is enabled'],
]);

const sysrq = (value: string): FakeFiles => ({ '/proc/sys/kernel/sysrq': `${value}\n` });
says(SYSRQ, true, [
  [sysrq('1'), 'ok kernel.sysrq is 1…'],
  [sysrq('438'), 'warn kernel.sysrq is 438…'],
  [sysrq('8'), 'ok kernel.sysrq is 8…'],
  [sysrq('0'), 'warn kernel.sysrq is 0…'],
  [{}, 'unknown this kernel has no kernel.sysrq'],
]);
says(DMESG, true, [
  [{ '/proc/sys/kernel/dmesg_restrict': '0\n' }, 'ok kernel.dmesg_restrict is 0: everyone may read the log'],
  [{ '/proc/sys/kernel/dmesg_restrict': '1\n' }, 'ok kernel.dmesg_restrict is 1: only root may read the log'],
]);

for (const [id, makedumpfile, kdump] of [
  ['debian', 'apt-get install makedumpfile', 'apt-get install kdump-tools'],
  ['rhel', 'dnf install makedumpfile', 'dnf install kdump-utils kexec-tools makedumpfile'],
  ['sles', 'zypper install makedumpfile', 'zypper install kdump'],
] as const)
  test(`what to install on ${id}`, () => {
    const host = fakeHost({ '/etc/os-release': `ID="${id}"\n` }, { live: false });
    const typed = (check: Check) => [check.ask(host)].flat().flatMap(({ type }) => type ?? []);
    assert.equal(typed(MAKEDUMPFILE), [makedumpfile]);
    assert.equal(typed(KDUMP), [kdump]);
  });

/** ELF notes: one of another name before the build id 0123…ff. */
function notes(): string {
  const note = (name: string, type: number, desc: Buffer): Buffer => {
    const head = Buffer.alloc(12);
    new Uint32Array(head.buffer, head.byteOffset, 3).set([name.length + 1, desc.length, type]);
    const pad = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    return Buffer.concat([head, pad(Buffer.from(`${name}\0`)), pad(desc)]);
  };
  return Buffer.concat([note('Linux', 257, Buffer.alloc(3)), note('GNU', 3, Buffer.from('0123456789', 'hex'))]).toString('latin1');
}

test('debuginfo is looked for by build id and by release, and the configuration in the kernel itself', () => {
  const release = '6.1.0-40-amd64';
  const base: FakeFiles = { '/proc/sys/kernel/osrelease': `${release}\n`, '/sys/kernel/notes': notes() };
  const ask = (files: FakeFiles): string[] => {
    const host = fakeHost(files, { live: true });
    const bytes = (path: string) => (files[path] === undefined ? undefined : Buffer.from(files[path], 'latin1'));
    return [DEBUGINFO.ask({ ...host, bytes })].flat().map(({ status, found }) => `${status} ${found}`);
  };
  const debug = '/usr/lib/debug/.build-id/01/23456789.debug';
  assert.equal(ask({ ...base, [debug]: '' })[1], `ok debuginfo of ${release} is here: ${debug}`);
  assert.match(ask(base)[1] ?? '', `debuginfo of ${release} is not here (build id 0123456789)`);
  const boot = `/usr/lib/debug/boot/vmlinux-${release}`;
  assert.equal(ask({ ...base, [boot]: '' })[1], `ok debuginfo of ${release} is here: ${boot}`);
  const packed = (config: string) => ({ ...base, '/proc/config.gz': gzipSync(config).toString('latin1') });
  assert.match(ask(packed('#\nCONFIG_KALLSYMS_ALL=y\nCONFIG_DEBUG_INFO_BTF=y\n'))[0] ?? '', /^ok the kernel carries/);
  assert.match(
    ask(packed('#\nCONFIG_KALLSYMS_ALL=y\n# CONFIG_DEBUG_INFO_BTF is not set\n'))[0] ?? '',
    /^warn the kernel was built without CONFIG_DEBUG_INFO_BTF:/,
  );
  assert.match(ask({ ...base, '/proc/config.gz': 'damaged' })[0] ?? '', /^unknown the configuration/);
});

test.run();
