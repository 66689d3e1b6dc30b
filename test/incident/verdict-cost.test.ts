// How an incident of hardware ended: what came back, what is gone, what was only asked for its stack.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readLog, stamped } from '../support/read-incidents.ts';

const first = (...parts: readonly string[]) => readLog(parts.join('')).incidents[0];

const TIMEOUT = stamped(9, 'nvme nvme0: I/O 12 QID 3 timeout, aborting', 'nvme nvme0: I/O 12 QID 3 timeout, reset controller');

/** What failed, the line that says it works again, and the headline's end. */
const CAME_BACK: readonly (readonly [failed: string, back: string, ends: string])[] = [
  [TIMEOUT, 'nvme nvme0: 8/0/0 default/read/poll queues', '; it came back'],
  [
    stamped(9, 'device-mapper: multipath: 253:9: Failing path 65:48.'),
    'device-mapper: multipath: 253:9: Reinstating path 65:48.',
    'Failing path 65:48 on 253:9; it came back',
  ],
  [stamped(9, 'nfs: server nas3 not responding, still trying'), 'nfs: server nas3 OK', 'server nas3 not responding; it answers again'],
  [
    stamped(9, 'e1000e 0000:00:1f.6 eno1: Detected Hardware Unit Hang:'),
    'e1000e 0000:00:1f.6 eno1: NIC Link is Up 1000 Mbps',
    '; its link came up again',
  ],
];

test('what works again is said, with its record', () => {
  for (const [failed, back, ends] of CAME_BACK) {
    const incident = first(failed, stamped(40, back));
    assert.ok(incident?.headline.endsWith(ends), incident?.headline);
    const record = failed.trimEnd().split('\n').length + 1;
    assert.ok(
      incident?.reasons.some(({ text, evidence }) => / after 31 s\.$/.test(text) && evidence.includes(record)),
      back,
    );
    assert.not.match(first(stamped(2, back), failed)?.headline ?? '', /again|came back/, 'before it failed it says nothing');
  }
});

test('what failed again behind it did not come back', () => {
  assert.not.match(
    first(TIMEOUT, stamped(40, 'nvme nvme0: 8/0/0 default/read/poll queues'), TIMEOUT.replaceAll('[    9', '[   60'))?.headline ?? '',
    /back/,
  );
});

test('the gravest outcome ends the headline', () => {
  const gone = first(TIMEOUT, stamped(30, 'nvme nvme0: Removing after probe failure status: -19'));
  assert.is(gone?.headline, 'nvme: I/O timeout on nvme0; it is gone');
});

test('of an array and its member the one that stopped is named', () => {
  const stopped = first(
    stamped(9, 'md/raid:md127: Disk failure on sdd1, disabling device.'),
    stamped(30, 'md/raid:md127: Cannot continue operation (2/4 failed).'),
  );
  assert.is(stopped?.headline, 'md: Disk failure on sdd1 (md127); md127 stopped');
});

test('an unread sector is not recovered from, whatever the error handler says', () => {
  const told = first(
    stamped(
      9,
      'ata3.00: exception Emask 0x0 SAct 0x10000000 SErr 0x0 action 0x0',
      'ata3.00: failed command: READ FPDMA QUEUED',
      'ata3.00: error: { UNC }',
      'ata3: EH complete',
    ),
  );
  assert.match(told?.headline ?? '', /^ata3: exception/);
  assert.not.match(`${told?.headline} ${told?.verdict}`, /recover/);
});

test('the NMI that asks a stalled CPU for its stack is not what it ran', () => {
  const stall = first(
    stamped(
      9,
      'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:',
      'rcu: \t5-....: (5249 ticks this GP) idle=6a5c/1/0x4000000000000000 softirq=1/1 fqs=2313',
      'rcu: \t(detected by 2, t=5252 jiffies, g=402117, q=31822 ncpus=8)',
      'NMI backtrace for cpu 5',
      'CPU: 5 PID: 40132 Comm: kworker/5:1 Not tainted 6.5.13 #1',
      'RIP: 0010:ioread32+0x30/0x80',
      'Call Trace:',
      ' <NMI>',
      ' ? nmi_cpu_backtrace+0x99/0x110',
      ' </NMI>',
      ' <TASK>',
      ' xyz_read_phy+0x5c/0x100 [driver_xyz]',
      ' process_one_work+0x23d/0x450',
      ' </TASK>',
    ),
  );
  assert.match(stall?.verdict ?? '', / in kworker\/5:1\[40132\] on CPU 5/);
});

test('what the banks hold at boot is of the boot before', () => {
  const check = (seconds: number, tsc: string) =>
    first(
      stamped(
        seconds,
        'mce: [Hardware Error]: Machine check events logged',
        'mce: [Hardware Error]: CPU 16: Machine Check: 0 Bank 0: b200000000030005',
        `mce: [Hardware Error]: TSC ${tsc} `,
        'mce: [Hardware Error]: PROCESSOR 0:b0671 TIME 1702212101 SOCKET 0 APIC 20 microcode 119',
      ),
    )?.headline;
  const text = 'Machine check: uncorrected internal parity error in bank 0 on CPU 16';
  assert.is(check(0.4, '0'), `${text}, left from before this boot`);
  assert.is(check(0.4, '7dc24ed8c'), text);
  assert.is(check(4000, '0'), text);
});

test('a title that ends with the task gets its number', () => {
  assert.is(
    first(stamped(9, 'i915 0000:00:02.0: [drm] GPU HANG: ecode 12:1:85dffffb, in firefox [3112]'))?.headline,
    'GPU HANG in firefox[3112] on 0000:00:02.0 (i915)',
  );
});

test.run();
