/** Logs for end-to-end tests, written after the kernel's format strings (x86-64, 6.1). */
const boot = [
  'Linux version 6.1.0-56-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0) #1 SMP PREEMPT_DYNAMIC Debian 6.1.0-56 (2024-01-01)',
  'Command line: BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro',
  'BIOS-provided physical RAM map:',
  'smpboot: CPU0: Intel(R) Xeon(R) CPU E5-2680 (family: 0x6, model: 0x2d, stepping: 0x7)',
  'EXT4-fs (vda1): mounted filesystem with ordered data mode. Quota mode: none.',
];
const oops = [
  'BUG: kernel NULL pointer dereference, address: 0000000000000028',
  '#PF: supervisor write access in kernel mode',
  '#PF: error_code(0x0002) - not-present page',
  'PGD 0 P4D 0 ',
  'Oops: 0002 [#1] PREEMPT SMP NOPTI',
  'CPU: 7 PID: 4123 Comm: kworker/u16:3 Tainted: G           OE      6.1.0-56-amd64 #1  Debian 6.1.0-56',
  'Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014',
  'Workqueue: events_unbound driver_xyz_work [driver_xyz]',
  'RIP: 0010:driver_xyz_process+0x15/0x20 [driver_xyz]',
  'Code: c3 cc cc cc cc e8 1c f0 96 d2 66 66 2e 0f 1f 84 00 00 00 00 00 <c7> 47 28 00 00 00 00 c3 cc cc cc cc',
  'RSP: 0018:ffffc90000b3fe70 EFLAGS: 00010246',
  'RAX: 0000000000000000 RBX: ffff888003a5d900 RCX: 0000000000000000',
  'RDX: 0000000000000001 RSI: 0000000000000286 RDI: 0000000000000000',
  'RBP: ffff888003a5d948 R08: 0000000000000000 R09: 0000000000000000',
  'R10: 0000000000000000 R11: 0000000000000000 R12: ffff88800385c800',
  'R13: ffff888003860000 R14: ffff888003860005 R15: ffff888003a5d948',
  'FS:  0000000000000000(0000) GS:ffff88803edc0000(0000) knlGS:0000000000000000',
  'CS:  0010 DS: 0000 ES: 0000 CR0: 0000000080050033',
  'CR2: 0000000000000028 CR3: 0000000002810000 CR4: 00000000000006e0',
  'Call Trace:',
  ' <TASK>',
  ' driver_xyz_work+0x2a/0x40 [driver_xyz]',
  ' process_one_work+0x1e5/0x3b0',
  ' worker_thread+0x50/0x3a0',
  ' ? rescuer_thread+0x3a0/0x3a0',
  ' kthread+0xe8/0x110',
  ' ? kthread_complete_and_exit+0x20/0x20',
  ' ret_from_fork+0x22/0x30',
  ' </TASK>',
  'Modules linked in: driver_xyz(OE) ext4 crc16 mbcache jbd2',
  'CR2: 0000000000000028',
  '---[ end trace 0000000000000000 ]---',
];
const after = ['EXT4-fs (vda1): re-mounted. Quota mode: none.', 'random: crng init done', 'systemd[1]: Started Journal Service.'];

const stamped = (texts: readonly string[], from: number): string[] =>
  texts.map((text, i) => `[${(from + i / 1000).toFixed(6).padStart(12)}] ${text}`);

/** A boot in which nothing happens. */
export const quietLog: string = `${[...stamped(boot, 0), ...stamped(after, 5)].join('\n')}\n`;
/** The same with one NULL dereference in driver_xyz. */
export const oopsLog: string = `${[...stamped(boot, 0), ...stamped(oops, 3), ...stamped(after, 5)].join('\n')}\n`;
