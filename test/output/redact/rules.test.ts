// What --redact replaces, a case for every rule, and what must survive it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { HARMLESS } from '../../../src/output/redact/parameters.ts';
import { Redactor, RULES } from '../../../src/output/redact/redactor.ts';

/** Rule → a line and what becomes of it. */
const CASES: Readonly<Record<string, readonly (readonly [line: string, redacted: string])[]>> = {
  'kernel command line': [
    [
      'Command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro acme.key=hunter2 ip=10.0.0.5::10.0.0.1 panic=1 -- --user bob',
      'Command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro acme.key=arg-1 ip=arg-2 panic=1 -- arg-3 arg-4',
    ],
    ['Kernel command line: root=/dev/mapper/acme--vg-root quiet', 'Kernel command line: root=arg-1 quiet'],
    ['Command line: dyndbg="file acme.c +p" crashkernel=256M', 'Command line: dyndbg=arg-1 crashkernel=256M'],
  ],
  'named credential': [
    ['mount: password=s3cr3t,vers=3', 'mount: password=secret-1,vers=3'],
    ['curl: Authorization: Bearer abc.def', 'curl: Authorization: Bearer secret-1'],
  ],
  'credential in a URL': [['get https://bob:pw@files.example.com/x', 'get https://secret-1/x']],
  'access key by its form': [['env AKIAIOSFODNN7EXAMPLE set', 'env secret-1 set']],
  'audited command': [['audit: type=1327 proctitle=2F62696E2F6361740062', 'audit: type=1327 proctitle=arg-1']],
  'audited argument': [['audit: type=1309 argc=2 a0="cat" a1="my file"', 'audit: type=1309 argc=2 a0=arg-1 a1=arg-2']],
  'command run by sudo': [['TTY=pts/0 ; COMMAND=/bin/cat /etc/shadow', 'TTY=pts/0 ; COMMAND=arg-1']],
  'audited account': [['audit: acct="bob" res=success', 'audit: acct="user-1" res=success']],
  'user of a session': [['session opened for user bob by (uid=0)', 'session opened for user user-1 by (uid=0)']],
  'path under a home directory': [
    [
      'WARNING: CPU: 0 PID: 1 at /home/bob/acme/linux/mm/slub.c:12 kfree+0x1/0x2',
      'WARNING: CPU: 0 PID: 1 at path-1/mm/slub.c:12 kfree+0x1/0x2',
    ],
    ['exec of /home/bob/secret/tool failed', 'exec of path-1 failed'],
    ['in /var/home/bob/x and /data/export/home/eve', 'in path-1 and path-2'],
  ],
  'unit of systemd': [
    ['/system.slice/alice-payroll.service and sshd.service', '/system.slice/unit-1.service and sshd.service'],
    ['/user.slice/user-1000.slice/session-3.scope', '/user.slice/unit-1.slice/session-3.scope'],
  ],
  'name with its domain': [['name=fileserver.acme.internal', 'name=host-1']],
  'path on a share': [['CIFS: \\\\filer1\\finance\\alice gone', 'CIFS: \\\\host-1\\finance\\path-1 gone']],
  'directory of data': [['mounted /srv/customers/acme-corp/data ro', 'mounted /srv/path-1 ro']],
  'name of a wireless network': [['wlan0: SSID="Acme Guest" up', 'wlan0: SSID="name-1" up']],
  'telephone number': [['call +49 30 1234567 now', 'call name-1 now']],
  'serial number in words': [
    ['nvme0: serial BTLJ0123456789', 'nvme0: serial serial-1'],
    ['board serial(A1B2C3D4E5)', 'board serial(serial-1)'],
  ],
  'builder of the kernel': [['Linux version 6.1.0 (bob@buildbox) (gcc 12)', 'Linux version 6.1.0 (email-1) (gcc 12)']],
  'e-mail address': [['contact bob.smith@example.com now', 'contact email-1 now']],
  'netfilter MAC, destination': [
    ['IN=eth0 MAC=52:54:00:12:34:56:52:54:00:ab:cd:ef:08:00 SRC=10.0.0.5 DST=10.0.0.6', 'IN=eth0 MAC=mac-1:mac-2:08:00 SRC=ip-1 DST=ip-2'],
  ],
  'netfilter MAC, source': [['MAC=52:54:00:12:34:56:52:54:00:12:34:56:08:00', 'MAC=mac-1:mac-1:08:00']],
  'MAC address': [['e1000e: eth0: 52:54:00:AB:cd:ef', 'e1000e: eth0: mac-1']],
  'MAC address with dashes': [['addr 52-54-00-ab-cd-ef', 'addr mac-1']],
  'InfiniBand address': [[`ib0: ${Array(20).fill('a0').join(':')}`, 'ib0: mac-1']],
  'interface named by its MAC': [['enx525400abcdef: renamed from eth0', 'enxmac-1: renamed from eth0']],
  'IPv4 address': [
    ['nfs: server 10.1.2.3 not responding, still trying', 'nfs: server ip-1 not responding, still trying'],
    ['10.0.0.1:2049, 10.0.0.2/24 and 10.0.0.1', 'ip-1:2049, ip-2/24 and ip-1'],
  ],
  'IPv6 address': [['SRC=fe80:0000:0000:0000:5054:00ff:fe12:3456 DST=2001:db8::1', 'SRC=ip-1 DST=ip-2']],
  'host name set by systemd': [['systemd[1]: Hostname set to <web-01>.', 'systemd[1]: Hostname set to <host-1>.']],
  'host name of ip=': [['IP-Config: Complete: host=web-01, domain=example.com', 'IP-Config: Complete: host=host-1, domain=host-2']],
  'domain of ip=': [['nis-domain=corp.example', 'nis-domain=host-1']],
  'file server': [['nfs: server filer1.example.com not responding, timed out', 'nfs: server host-1 not responding, timed out']],
  'share of a file server': [['CIFS: VFS: \\\\filer1\\share gone', 'CIFS: VFS: \\\\host-1\\share gone']],
  'prefix of syslog': [['Nov 22 20:15:16 web-01 sshd[12]: bye', 'Nov 22 20:15:16 host-1 sshd[12]: bye']],
  UUID: [
    ['root UUID 8c2d1e3f-0a1b-4c5d-8e9f-001122334455', 'root UUID uuid-1'],
    ['/kubepods/pod8c2d1e3f_0a1b_4c5d_8e9f_001122334455/x', '/kubepods/poduuid-1/x'],
  ],
  'machine id': [['Machine ID = 0123456789abcdef0123456789abcdef.', 'Machine ID = uuid-1.']],
  'serial number': [
    ['usb 1-1: SerialNumber: 4C530001', 'usb 1-1: SerialNumber: serial-1'],
    ['nvme nvme0: Serial Number: S3Z8NB0K123456A', 'nvme nvme0: Serial Number: serial-1'],
    ['sd 0:0:0:0: Serial number:    WD-WCC4E0000001', 'sd 0:0:0:0: Serial number:    serial-1'],
  ],
  'serial number without a colon': [
    ['ata1.00: disk SN WD-WCC4E0000001 failed', 'ata1.00: disk SN serial-1 failed'],
    ['sd 0:0:0:0: [sda] SN: S3Z8NB0K, SN:S3Z8NB0K', 'sd 0:0:0:0: [sda] SN: serial-1, SN:serial-1'],
    ['scsi 0:0:0:0: serial no 9WM2ABCD', 'scsi 0:0:0:0: serial no serial-1'],
    ['nvme0: serial number S3Z8NB0K123456A, s/n S3Z8NB0K', 'nvme0: serial number serial-1, s/n serial-2'],
    ['scsi 0:0:0:0: Serial No. "9WM2ABCD"', 'scsi 0:0:0:0: Serial No. "serial-1"'],
  ],
  'serial=': [['disk serial=WD-WX12A3', 'disk serial=serial-1']],
  'world wide name': [['host WWPN 50:01:43:80:12:34:56:78', 'host WWPN serial-1']],
  'world wide name, named': [['mpt3sas: sas_address(0x5000c500a1b2c3d4)', 'mpt3sas: sas_address(serial-1)']],
  'name of a disk or an iSCSI node': [['scsi naa.6001405abcdef0123456789abcdef012', 'scsi serial-1']],
};

test('each rule has its cases', () => assert.equal(Object.keys(CASES).sort(), RULES.map((rule) => rule.name).sort()));

for (const rule of RULES) {
  test(rule.name, () => {
    for (const [line, redacted] of CASES[rule.name] ?? []) {
      assert.ok(rule.find(line).length > 0, `the rule finds nothing in: ${line}`);
      assert.is(new Redactor().text(line), redacted);
    }
  });
}

for (const line of [
  'kubepods-burstable.slice, sshd.service, getty@tty1.service and session-3.scope',
  'see https://www.kernel.org/doc and bugzilla.kernel.org',
  'serial console on ttyS0, Serial: 8250/16550 driver',
  'at func+0x12 34 56, +0x12 34',
  'pci 0000:00:1f.2: [8086:2922] type 00 class 0x010601',
  'Linux 6.1.0-28-amd64 at 12:34:56, 2026-11-22T20:15:16.123Z',
  'RIP: 0010:driver_xyz_process+0x15/0x20 [driver_xyz]',
  'RAX: 0000000000000000 RBX: ffff8c5d0305c200 RCX: 0000000000000028',
  'Code: c3 cc cc cc cc e8 1c f0 96 d2 66 66 2e 0f <c7> 47 28 00 00 00 00 c3',
  'CR2: 0000000000000028 CR3: 000000000260a000 CR4: 00000000000006f0',
  'enic: Cisco VIC Ethernet NIC Driver, ver 2.3.0.53',
  'LPFC driver 12.8.0.10, firmware version 1.2.3.4',
  'usb 1-1.4.2.1: new high-speed USB device number 5',
  'usb usb1: New USB device strings: Mfr=3, Product=2, SerialNumber=1',
  'usb usb1: SerialNumber: 0000:00:14.0',
  'usb usb2: SerialNumber: vhci_hcd.0',
  'nvme0: serial number mismatch, sn 12 of 4096, no serial number reported',
  'Serial: 8250/16550 driver, 4 ports, IRQ sharing enabled',
  'systemd[1]: Started getty@tty1.service, user@1000.service',
  'OF: /soc@0/i2c@7e804000, virtio_mmio@a000000.virtio',
  'Kernel Offset: 0x14200000 from 0xffffffff81000000 (relocation range: 0xffffffff80000000-0xffffffffbfffffff)',
  'Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014',
  'listening on 127.0.0.1, 0.0.0.0, ::1, mask 255.255.255.0',
  'pcieport 0000:00:1c.0: AER: Uncorrected (Non-Fatal) error received: 0000:01:00.0',
  'Call Trace: __mutex_lock.constprop.0+0x1/0x2 std::string a::b',
  'systemd[1]: Hostname set to <localhost>.',
  'Command line: console=ttyS0,115200 loglevel=8 panic=0 oops=panic crashkernel=160M',
  'BUG: KASAN: use-after-free in foo+0x1/0x2 at addr ffff88003f4c8001 by task a/12',
])
  test(`survives: ${line.slice(0, 50)}`, () => assert.is(new Redactor().text(line), line));

test('every harmless parameter has a value that it lets through and one that it stops', () => {
  for (const [name, pattern] of HARMLESS) {
    assert.ok(
      ['panic', 'sda', '/bin/sh', '/dev/sda1', '/vmlinuz', 'ext4', 'rw,noatime'].some((value) => pattern.test(value)),
      name,
    );
    assert.not.ok(pattern.test('my secret'), name);
  }
});

test.run();
