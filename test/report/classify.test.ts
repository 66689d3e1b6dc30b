// Openers are data: each must be found by the classifier, and healthy lines by none.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FAMILIES } from '../../grammars/families.ts';
import { buildClassifier } from '../../src/report/classify.ts';

const { classify } = buildClassifier(FAMILIES);
const name = (text: string): string | undefined => classify(text)?.name;

test('every opener without a further look opens its own family or a more special one', () => {
  for (const family of FAMILIES) {
    const opens = family.lines.flatMap((line) => line.opens ?? []).filter((o) => o.test === undefined);
    for (const text of opens.flatMap((o) => o.literals)) {
      const head = classify(`${text}x`);
      assert.ok(head, text);
      assert.ok(
        head.opens.literals.some((l) => `${text}x`.startsWith(l) && l.length >= text.length),
        `${text} is taken by '${head.opens.literals}'`,
      );
    }
  }
});

test('one first line of every era and architecture', () => {
  const lines: [string, string][] = [
    ['BUG: unable to handle kernel NULL pointer dereference at 0000000000000010', 'oops/fault'],
    ['BUG: kernel NULL pointer dereference, address: 0000000000000010', 'oops/fault'],
    ['BUG: Kernel NULL pointer dereference on read at 0x00000010', 'oops/fault'],
    ['Unable to handle kernel paging request for data at address 0x00000008', 'oops/fault'],
    ['Unable to handle kernel pointer dereference in virtual kernel address space', 'oops/fault'],
    ['CPU 3 Unable to handle kernel paging request at virtual address 00000004, epc == 80, ra == 80', 'oops/fault'],
    ['Unhandled fault: page domain fault (0x81b) at 0x00001044', 'oops/fault'],
    ['general protection fault: 0000 [#1] SMP', 'oops/die'],
    ['Oops: general protection fault, probably for non-canonical address 0xdead000000000108: 0000 [#1] SMP', 'oops/die'],
    ['general protection fault, probably for non-canonical address 0x6b6b6b6b6b6b6b7b: 0000 [#1] PREEMPT SMP', 'oops/die'],
    ['illegal operation: 0001 ilc:1 [#1] SMP', 'oops/die'],
    ['Internal error: Oops - BUG: 00000000f2000800 [#1] SMP', 'oops/die'],
    ['PANIC: double fault, error_code: 0x0', 'oops/die'],
    ['BUG: stack guard page was hit at 00000000e1a5e3e6 (stack is 0..1)', 'oops/fault'],
    ['BUG: IRQ stack guard page was hit at 00000000e1a5e3e6 (stack is 0..1)', 'oops/fault'],
    ['WARNING: CPU: 0 PID: 1 at kernel/a.c:1 f+0x1/0x2', 'bug/warn'],
    ['WARNING: at kernel/a.c:1 f+0x1/0x2()', 'bug/warn'],
    ['WARNING: fs/dcache.c:829 at fast_dput+0x334/0x430, CPU#0: syz.0.17/6007', 'bug/warn'],
    ['kernel BUG at mm/slub.c:306!', 'bug/bug'],
    ['list_del corruption. prev->next should be ffff, but was 0', 'bug/list'],
    ['BUG: KASAN: slab-out-of-bounds in f+0x1/0x2', 'sanitizer/kasan'],
    ['BUG kmalloc-64 (Tainted: G    B      ): Redzone overwritten', 'slab/slub'],
    ['BUG: Bad page state in process a  pfn:12', 'memory/page'],
    ['watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [a:1]', 'stall/soft'],
    ['NMI watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [a:1]', 'stall/soft'],
    ['rcu: INFO: rcu_preempt self-detected stall on CPU', 'stall/rcu'],
    ['Kernel panic - not syncing: Fatal exception', 'panic/panic'],
  ];
  for (const [text, want] of lines) assert.is(name(text), want, text);
});

test('healthy lines open nothing', () => {
  const lines = [
    '',
    'B',
    'usb 1-1: new high-speed USB device number 2 using xhci_hcd',
    'ACPI: PM: Preparing to enter system sleep state S5',
    'debug: unmapping init memory',
    'overflow: none',
    'Linux agpgart interface v0.103',
    'Kernel command line: panic=10 oops=panic',
    'BUGS are everywhere',
    'INFO: the task is blocked',
    'rcu: Hierarchical RCU implementation.',
    'x: '.repeat(400),
  ];
  for (const text of lines) assert.is(name(text), undefined, text.slice(0, 60));
});

test.run();
