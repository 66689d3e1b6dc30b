// A panic that stands within the report that it ends: __schedule_bug() where panic_on_warn is set.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readLog } from '../support/read-incidents.ts';

const log = (reason: string): string =>
  [
    'BUG: scheduling while atomic: go/151/0x00000002',
    'Modules linked in: pump(OE)',
    `Kernel panic - not syncing: ${reason}`,
    'CPU: 0 UID: 0 PID: 151 Comm: go Tainted: G           OE       7.3.4+deb13-amd64 #1 PREEMPT(lazy)  Debian 7.3.4-1~bpo13+1 ',
    'Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014',
    'Call Trace:',
    ' <TASK>',
    ' dump_stack_lvl+0x5d/0x80',
    ' vpanic+0x166/0x360',
    ' panic+0x6b/0x70',
    ' check_panic_on_warn.cold+0xf/0x1e',
    ' __schedule_bug.cold+0x37/0x48',
    ' __schedule+0xadd/0x1080',
    ' schedule+0x28/0xa0',
    ' schedule_timeout+0x83/0x100',
    ' msleep+0x1b/0x30',
    ' pump_sleep+0x1f/0x30 [pump]',
    ' </TASK>',
    `---[ end Kernel panic - not syncing: ${reason} ]---`,
  ]
    .map((line, i) => `[   70.36${String(i).padStart(4, '0')}] ${line}\n`)
    .join('');

for (const reason of ['scheduling while atomic: panic_on_warn set ...', 'scheduling while atomic'])
  test(`${reason}: the verdict knows of the panic, and does not say that the log merely ends`, () => {
    const [found] = readLog(log(reason)).incidents;
    assert.is(found?.headline, 'Scheduling while atomic in pump_sleep [pump], in go[151]; the kernel panicked');
    assert.match(found?.verdict ?? '', /the kernel panicked because panic_on_warn is set\.$/);
    assert.is(found?.severity, 'fatal');
  });

test.run();
