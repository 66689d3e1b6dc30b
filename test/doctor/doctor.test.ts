// What doctor says of machines that are written out here: each a map of files, as Debian, RHEL and SUSE lay them.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DUMP_TARGET } from '../../src/doctor/checks/dump-target.ts';
import { type Answer, diagnose } from '../../src/doctor/doctor.ts';
import { type FakeFiles, fakeHost } from '../support/fake-host.ts';

const GIB = 2 ** 30;

/** A Debian server that is ready; tests take pieces away. */
const DEBIAN: FakeFiles = {
  '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  '/lib64/ld-linux-x86-64.so.2': '',
  '/proc/cmdline': 'BOOT_IMAGE=/vmlinuz-6.1.0-40-amd64 root=/dev/sda1 ro quiet crashkernel=384M-:256M console=ttyS0,115200\n',
  '/proc/meminfo': 'MemTotal:       16384000 kB\n',
  '/proc/sys/kernel/osrelease': '6.1.0-40-amd64\n',
  '/sys/kernel/kexec_crash_size': '268435456\n',
  '/sys/kernel/kexec_crash_loaded': '1\n',
  '/etc/systemd/system/multi-user.target.wants/kdump-tools.service': '',
  '/etc/default/kdump-tools': 'USE_KDUMP=1\n#KDUMP_COREDIR="/var/crash"\n',
  '/var/lib/dpkg/status': 'Package: zlib1g\nVersion: 1\n\nPackage: makedumpfile\nStatus: install ok installed\nVersion: 1:1.7.2-1\n\n',
  '/usr/bin/makedumpfile': '',
  '/proc/sys/kernel/panic_on_oops': '1\n',
  '/proc/sys/kernel/panic': '10\n',
  '/proc/sys/kernel/sysrq': '438\n',
  '/sys/module/pstore/parameters/backend': 'efi\n',
  '/usr/lib/systemd/system/sysinit.target.wants/systemd-pstore.service': '',
  '/var/log/journal/0123456789abcdef0123456789abcdef/system.journal': '',
  '/boot/config-6.1.0-40-amd64': 'CONFIG_X86=y\nCONFIG_KALLSYMS_ALL=y\nCONFIG_DEBUG_INFO_BTF=y\n',
};
const live = (files: FakeFiles) => diagnose(fakeHost(files, { live: true, free: 100 * GIB }));
const without = (files: FakeFiles, ...paths: string[]): FakeFiles =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
const of = (answers: readonly Answer[], check: string): string[] =>
  answers.filter((a) => a.check === check).map((a) => `${a.status} ${a.found}`);

test('a machine that is ready', () => {
  const { verdict, answers, release } = live(DEBIAN);
  assert.is(verdict, 'ready');
  assert.is(release, '6.1.0-40-amd64');
  assert.equal(
    answers.filter((a) => a.status === 'fail'),
    [],
  );
  assert.equal(of(answers, 'crashkernel'), ['ok 256 MiB is reserved']);
  assert.equal(of(answers, 'makedumpfile'), ['ok makedumpfile 1.7.2 knows kernel 6.1.0-40-amd64']);
  assert.equal(of(answers, 'kdump'), ['ok a capture kernel is loaded', 'ok kdump-tools.service is enabled']);
});

test('no memory reserved: what to type, by distribution', () => {
  const files = { ...DEBIAN, '/proc/cmdline': 'root=/dev/sda1 ro\n' };
  const found = live(files).answers.find((a) => a.check === 'crashkernel');
  assert.is(found?.status, 'fail');
  assert.equal(found?.type, ['update-grub', 'reboot']);
  assert.is(found?.persist?.line, 'GRUB_CMDLINE_LINUX="… crashkernel=256M"');
  const rhel = live({ ...files, '/etc/os-release': 'ID="rhel"\nVERSION_ID="9.4"\n' }).answers.find((a) => a.check === 'crashkernel');
  assert.equal(rhel?.type, ['grubby --update-kernel=ALL --args="crashkernel=256M"', 'reboot']);
  assert.is(live(files).verdict, 'not ready');
});

test('memory that is asked for, and not granted or too little', () => {
  const granted = (bytes: number, value: string): string[] =>
    of(
      live({ ...DEBIAN, '/proc/cmdline': `ro crashkernel=${value}\n`, '/sys/kernel/kexec_crash_size': `${bytes}\n` }).answers,
      'crashkernel',
    );
  assert.match(granted(0, '256M')[0] ?? '', /^fail .*the kernel found no room/);
  assert.match(granted(0, '64G-:512M')[0] ?? '', /^fail crashkernel=64G-:512M reserves nothing on a machine of 15\.6 GiB/);
  assert.match(granted(128 * 2 ** 20, '128M')[0] ?? '', /^warn 128 MiB is reserved; 256 MiB is usual/);
});

test('a makedumpfile that is too old for the kernel', () => {
  const of12 = live({ ...DEBIAN, '/proc/sys/kernel/osrelease': '6.12.41+deb13-amd64\n' });
  assert.match(
    of(of12.answers, 'makedumpfile')[0] ?? '',
    /^warn makedumpfile 1\.7\.2 on kernel 6\.12\.41\+deb13-amd64 leaves out slab pages/,
  );
  const version = diagnose(
    fakeHost(
      { ...DEBIAN, '/proc/sys/kernel/osrelease': '6.9.1\n' },
      { live: true, versions: { makedumpfile: 'makedumpfile: version 1.7.6 (released on 11 Nov 2024)\n' } },
    ),
  );
  assert.equal(of(version.answers, 'makedumpfile'), ['ok makedumpfile 1.7.6 knows kernel 6.9.1']);
  assert.is(live(without(DEBIAN, '/usr/bin/makedumpfile', '/var/lib/dpkg/status')).verdict, 'not ready');
});

test('where dumps go, as each distribution says it', () => {
  const target = (files: FakeFiles, free = 100 * GIB): string[] =>
    of(diagnose(fakeHost({ ...without(DEBIAN, '/etc/default/kdump-tools'), ...files }, { live: true, free })).answers, 'dump-target');
  assert.match(
    target({ '/etc/kdump.conf': '# path /elsewhere\npath /srv/crash\ncore_collector makedumpfile -l\n' })[0] ?? '',
    /^ok 100 GiB free in \/srv\/crash/,
  );
  assert.match(target({ '/etc/kdump.conf': 'nfs server:/export\n' })[0] ?? '', /^warn dumps go over the network: nfs server:\/export/);
  assert.match(target({ '/etc/kdump.conf': 'ext4 UUID=1\n' })[0] ?? '', /^unknown dumps go to ext4 UUID=1/);
  assert.match(target({ '/etc/sysconfig/kdump': 'KDUMP_SAVEDIR="file:///dumps"\n' })[0] ?? '', /free in \/dumps/);
  assert.match(target({ '/etc/sysconfig/kdump': 'KDUMP_SAVEDIR="ftp://host/dumps"\n' })[0] ?? '', /over the network: ftp:\/\/host\/dumps/);
  assert.match(target({ '/etc/default/kdump-tools': 'SSH="root@host"\n' })[0] ?? '', /over the network: root@host/);
  assert.match(target({ '/etc/kdump.conf': 'path /var/crash\n' }, GIB)[0] ?? '', /^warn 1 GiB free in \/var\/crash/);
});

test('how long a dump will take to write: a tenth of memory, by the kind of disk', () => {
  const takes = (gib: number, files: FakeFiles, device?: string): string | undefined => {
    const host = fakeHost(
      { '/etc/kdump.conf': 'path /var/crash\n', '/proc/meminfo': `MemTotal: ${gib * 2 ** 20} kB\n`, ...files },
      { live: true, free: 1000 * GIB, device },
    );
    return /takes about (.*) to write \(a guess\)$/.exec([DUMP_TARGET.ask(host)].flat()[0]?.found ?? '')?.[1];
  };
  const disk = (rotational: string) => ({ '/sys/dev/block/8:1/../queue/rotational': rotational });
  assert.is(takes(64, disk('1\n'), '8:1'), '66 s');
  assert.is(takes(64, disk('0\n'), '8:1'), '16 s');
  assert.is(takes(512, disk('1\n'), '8:1'), '9 min');
  assert.is(takes(1, disk('0\n'), '8:1'), '1 s');
  assert.is(takes(64, { ...disk('1\n'), '/sys/dev/block/8:1/queue/rotational': '0\n' }, '8:1'), '16 s');
  assert.equal([takes(64, {}, '8:1'), takes(64, disk('1\n'))], [undefined, undefined], 'no such disk, no block device');
});

test('a sysctl is what /proc says, and what the last file says it will be', () => {
  const { answers } = live({
    ...DEBIAN,
    '/usr/lib/sysctl.d/10-a.conf': 'kernel.panic_on_oops = 1\n',
    '/etc/sysctl.d/90-b.conf': 'kernel/panic_on_oops=0\n',
  });
  assert.ok(
    of(answers, 'sysctl').some((line) =>
      line.startsWith('ok kernel.panic_on_oops is 1; /etc/sysctl.d/90-b.conf makes it 0 at the next boot'),
    ),
  );
  // a file of the same name in /etc hides the one below
  const hidden = live({ ...DEBIAN, '/usr/lib/sysctl.d/10-a.conf': 'kernel.panic_on_oops = 0\n', '/etc/sysctl.d/10-a.conf': '' });
  assert.ok(of(hidden.answers, 'sysctl').some((line) => line === 'ok kernel.panic_on_oops is 1: an oops panics, and so is dumped'));
});

test('an image says what it will do, and no more', () => {
  const image: FakeFiles = {
    '/etc/os-release': 'ID="rhel"\n',
    '/boot/loader/entries/a-5.14.0-427.el9.x86_64.conf':
      'title RHEL\noptions root=/dev/sda1 crashkernel=1G-4G:192M,4G-64G:256M,64G-:512M\n',
    '/lib/modules/5.14.0-427.el9.x86_64/modules.dep': '',
    '/etc/systemd/system/multi-user.target.wants/kdump.service': '',
    '/usr/sbin/makedumpfile': '',
    '/etc/kdump.conf': 'path /var/crash\n',
  };
  const { verdict, answers, release } = diagnose(fakeHost(image, { live: false }));
  assert.is(release, '5.14.0-427.el9.x86_64');
  assert.match(of(answers, 'crashkernel')[0] ?? '', /^ok .* will be asked for/);
  assert.equal(of(answers, 'kdump'), ['ok kdump.service is enabled']);
  assert.is(verdict, 'unknown', 'the version of makedumpfile is not written down');
});

test('of an empty machine nothing is claimed but what is missing', () => {
  for (const machine of [fakeHost({}, { live: false }), fakeHost({}, { live: true })]) {
    const { answers } = diagnose(machine);
    for (const { status, found } of answers) assert.not(status === 'ok' && /is 0|is 1|free in/.test(found), found);
  }
});

test.run();
