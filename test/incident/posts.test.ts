// Small texts as people post them: what each says in one line.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readLog } from '../support/read-incidents.ts';

const stamped = (...lines: string[]): string => lines.map((line, i) => `[  812.${String(100000 + i)}] ${line}\n`).join('');

const POSTS: Readonly<Record<string, readonly [text: string, headlines: readonly (string | RegExp)[]]>> = {
  'times typed from a screen': [
    'I typed this from the console:\n\n[12121.1] ata2.00: exception Emask 0x0 SAct 0x1c000 SErr 0x0 action 0x6 frozen\n[12121.1] ata2.00: failed command: WRITE FPDMA QUEUED\n[12181.2] ata2: reset failed, giving up\n[12181.2] ata2.00: disabled\n',
    [/^ata2: exception.*; it is gone$/],
  ],
  'a task that does not freeze': [
    stamped(
      'Freezing user space processes failed after 20.008 seconds (1 tasks refusing to freeze, wq_busy=0):',
      'task:fuse-worker     state:D stack:0     pid:5121  ppid:1      flags:0x00000006',
      'Call Trace:',
      ' __schedule+0x356/0x12c0',
      ' schedule+0x5d/0xd0',
      ' request_wait_answer+0x13a/0x210',
      ' fuse_simple_request+0x1b0/0x2f0',
      ' fuse_lookup_name+0xf2/0x240',
    ),
    [/^Suspend failed: fuse-worker\[5121\] did not freeze in /],
  ],
  'a device that does not sleep': [
    stamped('driver_xyz 0000:01:00.0: PM: failed to suspend async: error -16'),
    ['0000:01:00.0 (driver_xyz) failed to suspend'],
  ],
  'firmware of a radio, of which the kernel names the class alone': [
    stamped('ieee80211 phy0: brcmf_fw_crashed: Firmware has halted or crashed'),
    ['Firmware crash of brcmfmac on phy0'],
  ],
  'a controller by its number': [
    stamped('mpt2sas_cm0: fault_state(0x5854)!', 'mpt2sas_cm0: sending diag reset !!', 'mpt2sas_cm0: diag reset: SUCCESS'),
    ['Firmware crash of mpt2sas on mpt2sas_cm0; it came back'],
  ],
  'a notice, and what it was': [
    stamped(
      'mce: [Hardware Error]: Machine check events logged',
      'EDAC MC1: 1 CE memory read error on CPU_SrcID#1_Ha#0_Chan#2_DIMM#0 (channel:2 slot:0 page:0x3f4a1c1 offset:0x0 grain:32 syndrome:0x0)',
    ),
    [/^EDAC: corrected memory error on CPU_SrcID#1_Ha#0_Chan#2_DIMM#0/],
  ],
  'a hypervisor that died below its kernels': [
    '[    9.020110] EXT4-fs (sda1): mounted filesystem with ordered data mode.\n(XEN) ****************************************\n(XEN) Panic on CPU 6:\n(XEN) FATAL PAGE FAULT\n(XEN) [error_code=0000]\n(XEN) Faulting linear address: 0000000000000000\n(XEN) ****************************************\n',
    ['The Xen hypervisor panicked: FATAL PAGE FAULT'],
  ],
  'a watchdog of a phone': [
    stamped(
      'msm_watchdog soc:qcom,wdt: QCOM Apps Watchdog bark! Now = 2211.331118',
      'Kernel panic - not syncing: QCOM Apps Watchdog Bark - Failed to pet watchdog.',
    ),
    ['Hardware watchdog was not fed in time; the kernel panicked'],
  ],
  'an initramfs for which memory was too small': [
    stamped('Initramfs unpacking failed: write error', 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)'),
    ['Initramfs not unpacked: write error; the kernel panicked'],
  ],
  'a file system that is not mounted': [
    stamped('BTRFS error (device sdq1): open_ctree failed: -5'),
    ['BTRFS error (device sdq1): not mounted, open_ctree failed'],
  ],
  'the memory error of the boot before': [
    stamped(
      'BERT: Error records from previous boot:',
      '[Hardware Error]: event severity: fatal',
      '[Hardware Error]:  Error 0, type: fatal',
      '[Hardware Error]:   section_type: memory error',
      '[Hardware Error]:   DIMM location: P2 DIMMG1 ',
    ),
    ['Hardware error of the previous boot (BERT): uncorrected memory error in P2 DIMMG1'],
  ],
  'a share of a server': [
    stamped(String.raw`CIFS: VFS: \\nas3\projects has not responded in 180 seconds. Reconnecting...`),
    ['CIFS: has not responded on nas3'],
  ],
  'a number in a title': [
    stamped('F2FS-fs (sdq32): invalid blkaddr: 1852403300, type: 4, run fsck to fix.'),
    ['F2FS-fs (sdq32): invalid blkaddr, run fsck to fix'],
  ],
  'a port of a hub and what is plugged in': [
    stamped('usb 1-1.4: device not accepting address 11, error -71', 'usb 1-1-port4: unable to enumerate USB device'),
    [/^USB device 1-1\.4: device not accepting address/],
  ],
  'panic_on_oom without its report': [
    stamped(
      'Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled',
      'CPU: 0 PID: 812 Comm: java Not tainted 6.1.0 #1',
      'Call Trace:',
      ' panic+0xe7/0x2ac',
      ' out_of_memory.cold.36+0x5e/0x92',
    ),
    [/^The machine ran out of memory, and the kernel panicked instead of killing \(panic_on_oom\)/],
  ],
};

for (const [name, [text, headlines]] of Object.entries(POSTS))
  test(name, () => {
    const { incidents } = readLog(text);
    const found = incidents.map(({ headline }) => headline);
    assert.is(found.length, headlines.length, found.join(' | '));
    for (const [i, headline] of headlines.entries())
      if (typeof headline === 'string') assert.is(found[i], headline);
      else assert.match(found[i] ?? '', headline);
  });

test.run();
