import { decimal, hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';
import { IN_FUNCTION } from './kasan-lines.ts';

/** A rule of `=`, the frame around KASAN, KMSAN, KCSAN, KFENCE and (5.0 to 6.x) UBSAN reports, and SLUB's. */
export const isRule = (text: string): boolean => text.length >= 20 && text.charCodeAt(0) === 61 && /^=+$/.test(text);

/** mm/kmsan, kernel/kcsan, mm/kfence, mm/kmemleak.c; ubsan-lines.ts has lib/ubsan.c, kasan-lines.ts mm/kasan. */
export const SANITIZERS = lines({
  rule: {
    printer: 'mm/kasan/report.c start_report() and its like; mm/slub.c slab_bug()',
    examples: ['=================================================================='],
    start: /={20,}$/,
    shape: 'neutral',
    opens: [{ form: 'rule', literals: ['===================='], test: isRule }],
  },
  kmsan_report: {
    printer: 'mm/kmsan/report.c kmsan_report()',
    releases: 'since 6.1; the tree before printed alike',
    examples: ['BUG: KMSAN: uninit-value in driver_xyz_fault+0x28/0x60', 'BUG: KMSAN: kernel-infoleak'],
    once: true,
    opens: [{ form: 'kmsan', literals: ['BUG: KMSAN: '] }],
    fields: { what: words },
    reads: [new RegExp(String.raw`BUG: KMSAN: (?<what>[\w-]+) ${IN_FUNCTION}`), /BUG: KMSAN: (?<what>[\w-]+)/],
  },
  kmsan_report_bytes: {
    printer: 'mm/kmsan/report.c kmsan_report()',
    examples: ['Bytes 4-7 of 16 are uninitialized', 'Byte 4 of 16 is uninitialized'],
    start: /Bytes? \d+(?:-\d+)? of /,
    fields: { first: int, last: int, total: int },
    reads: [/^Bytes? (?<first>\d+)(?:-(?<last>\d+))? of (?<total>\d+) (?:is|are) uninitialized/],
  },
  kmsan_report_access: {
    printer: 'mm/kmsan/report.c kmsan_report()',
    examples: ['Memory access of size 16 starts at ffff88003d1e8000'],
    start: /Memory access of size /,
    fields: { size: int, address: hex },
    reads: [/size (?<size>\d+) starts at (?<address>[0-9a-f]+)/],
  },
  kmsan_report_user: {
    printer: 'mm/kmsan/report.c kmsan_report()',
    examples: ['Data copied to user address 00007ffc5a3d1e80'],
    start: /Data copied to user address /,
    fields: { userAddress: hex },
    reads: [/address (?<userAddress>[0-9a-f]+)/],
  },
  kmsan_print_origin: {
    printer: 'mm/kmsan/report.c kmsan_print_origin()',
    releases: '`Local variable description:` and `Variable was created at:` before 6.1',
    examples: [
      'Uninit was created at:',
      'Uninit was stored to memory at:',
      'Local variable buffer created at:',
      'Variable was created at:',
    ],
    start: anyOf('Uninit ', 'Local variable ', 'Variable was created', 'Memory was '),
    stack: true,
  },
  kmsan_print_origin_cut: {
    printer: 'mm/kmsan/report.c kmsan_print_origin()',
    examples: ['<Zero or more stacks not recorded to save memory>'],
    start: /<Zero or more stacks/,
  },
  print_report: {
    printer: 'kernel/kcsan/report.c print_report()',
    releases: 'since 5.8',
    examples: ['BUG: KCSAN: data-race in driver_xyz_inc / driver_xyz_read', 'BUG: KCSAN: assert: race in driver_xyz_inc+0x28/0x60'],
    once: true,
    opens: [{ form: 'kcsan', literals: ['BUG: KCSAN: '] }],
    fields: { what: words, second: words },
    reads: [
      /BUG: KCSAN: (?<what>[\w :-]+?) in (?<frame>[^\s+]+(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?)(?: (?<module>\[[^\s\]]+\]))?(?: \/ (?<second>[^\s+]+))?/,
      /BUG: KCSAN: (?<what>[\w-]+)/,
    ],
  },
  print_report_access: {
    printer: 'kernel/kcsan/report.c print_report()',
    releases: 'since 5.8',
    examples: [
      'write (marked) to 0xffff88003d1e8010 of 8 bytes by task 30 on cpu 1:',
      'read to 0xffff88003d1e8010 of 8 bytes by interrupt on cpu 0:',
      'race at unknown origin, with read to 0xffff88003d1e8010 of 4 bytes by task 30 on cpu 1:',
    ],
    start: anyOf(String.raw`(?:assert no \w+|read-write|read|write)(?: \([a-z, ]+\)){0,4} to 0x`, 'race at unknown'),
    stack: true,
    rule: { grammar: 'check', name: 'race', mode: 'race' },
    fields: { origin: words, access: words, address: hex, size: int, byPid: int, interrupt: words, onCpu: int },
  },
  print_report_value: {
    printer: 'kernel/kcsan/report.c print_report()',
    releases: 'since 5.14',
    examples: ['value changed: 0x0000000000000001 -> 0x0000000000000002'],
    start: /value changed: /,
    fields: { before: hex, after: hex },
    reads: [/(?<before>0x[0-9a-f]+) -> (?<after>0x[0-9a-f]+)/],
  },
  print_report_bits: {
    printer: 'kernel/kcsan/report.c print_report(), print_stack_trace()',
    examples: [' bits changed: 0x0000000000000003 with mask 0x00000000000000ff', '  |', '  +-> reordered to: driver_xyz_inc+0x28/0x60'],
    start: anyOf('bits changed: 0x', String.raw`\|\s*$`, String.raw`\+-> reordered to: `),
  },
  print_report_by: {
    printer: 'kernel/kcsan/report.c print_report()',
    examples: ['Reported by Kernel Concurrency Sanitizer on:'],
    start: /Reported by Kernel Concurrency Sanitizer/,
  },
  kfence_report_error: {
    printer: 'mm/kfence/report.c kfence_report_error()',
    releases: 'since 5.12',
    examples: [
      'BUG: KFENCE: use-after-free read in driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'BUG: KFENCE: memory corruption in driver_xyz_fault+0x28/0x60',
      'BUG: KFENCE: invalid free',
    ],
    once: true,
    opens: [{ form: 'kfence', literals: ['BUG: KFENCE: '] }],
    fields: { what: words, access: words },
    reads: [
      new RegExp(String.raw`BUG: KFENCE: (?<what>[a-z -]+?)(?: (?<access>read|write))? ${IN_FUNCTION}`),
      /BUG: KFENCE: (?<what>[a-z -]+?)(?: in .*)?$/,
    ],
  },
  kfence_report_error_access: {
    printer: 'mm/kfence/report.c kfence_report_error()',
    releases: 'since 5.12',
    examples: [
      'Out-of-bounds read at 0x00000000a1b2c3d4 (1B right of kfence-#72):',
      'Use-after-free write at 0xffff88803d1e8000 (in kfence-#24):',
      'Corrupted memory at 0xffff88803d1e8040 [ 0xac . . ! ] (in kfence-#69):',
      'Invalid free of 0xffff88803d1e8001 (in kfence-#26):',
      'Invalid read at 0x00000000a1b2c3d4:',
    ],
    start: /(?:Use-after-free|Out-of-bounds|Invalid|Corrupted) (?:read|write|free|memory|access) (?:at|of) 0x/,
    rule: { grammar: 'check', name: 'kfence_access', mode: 'kfence-access' },
    fields: { what: words, address: hex, bytes: int, side: words, object: words },
  },
  kfence_print_object: {
    printer: 'mm/kfence/report.c kfence_print_object()',
    releases: 'a line of its own since 5.16',
    examples: ['kfence-#24: 0x00000000a1b2c3d4-0x00000000d4c3b2a1, size=64, cache=kmalloc-64'],
    start: /kfence-#\d+: 0x/,
    rule: { grammar: 'check', name: 'kfence_object', mode: 'kfence-object' },
    fields: { object: words, first: hex, last: hex, size: int, cache: words },
  },
  kfence_print_stack: {
    printer: 'mm/kfence/report.c kfence_print_stack()',
    releases: 'CPU and time since 5.16; the object before it until 5.15',
    examples: [
      'allocated by task 30 on cpu 1 at 12.345678s (0.012345s ago):',
      'freed by task 30 on cpu 1 at 12.345678s (0.012345s ago):',
      'rcu freeing by task 30 on cpu 1 at 12.345678s (0.012345s ago):',
      'kfence-#24 [0xffff88803d1e8000-0xffff88803d1e803f, size=64, cache=kmalloc-64] allocated by task 30:',
    ],
    start: anyOf('(?:allocated|freed|rcu freeing) by task', String.raw`kfence-#\d+ \[`),
    stack: true,
    rule: { grammar: 'check', name: 'kfence_object', mode: 'kfence-object' },
    fields: { object: words, first: hex, last: hex, size: int, cache: words },
  },
  kfence_print_stack_none: {
    printer: 'mm/kfence/report.c kfence_print_stack()',
    examples: [' no deallocation stack'],
    start: /no (?:de)?allocation stack/,
    fields: { none: words },
    reads: [/(?<none>no (?:de)?allocation stack)/],
  },
  kfence_print_object_unused: {
    printer: 'mm/kfence/report.c kfence_print_object()',
    examples: ['kfence-#24 unused'],
    start: /kfence-#\d+ unused/,
  },
  kmemleak: {
    printer: 'the leak checker of syzkaller; mm/kmemleak.c kmemleak_warn()',
    examples: ['BUG: memory leak'],
    opens: [{ form: 'kmemleak', literals: ['BUG: memory leak', 'WARNING: kmemleak'] }],
  },
  print_unreferenced: {
    printer: 'mm/kmemleak.c print_unreferenced()',
    releases: '`object (percpu)` since 6.15',
    examples: ['unreferenced object 0xffff88003d1e8000 (size 64):', 'unreferenced object (percpu) 0x607f2d1e8000 (size 8):'],
    start: /unreferenced object/,
    opens: [{ form: 'kmemleak', literals: ['unreferenced object 0x', 'unreferenced object ('] }],
    fields: { address: hex, size: int },
    reads: [/unreferenced object(?: \(\w+\))? (?<address>0x[0-9a-f]+) \(size (?<size>\d+)\)/],
  },
  print_unreferenced_task: {
    printer: 'mm/kmemleak.c print_unreferenced()',
    releases: 'the age until 6.7',
    examples: ['  comm "my prog", pid 30, jiffies 4294945678', '  comm "java", pid 30, jiffies 4294945678 (age 12.340s)'],
    start: /comm "/,
    fields: { comm: words, pid: int, jiffies: int, ageSeconds: decimal },
    reads: [/comm "(?<comm>.*)", pid (?<pid>\d+), jiffies (?<jiffies>\d+)(?: \(age (?<ageSeconds>[\d.]+)s?\))?/],
  },
  hex_dump_object: {
    printer: 'mm/kmemleak.c hex_dump_object()',
    examples: ['  hex dump (first 32 bytes):', '  hex dump (first 32 bytes on cpu 1):'],
    start: /hex dump \(first /,
  },
  hex_dump_object_row: {
    printer: 'mm/kmemleak.c hex_dump_object()',
    examples: ['    6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b  kkkkkkkkkkkkkkkk'],
    start: /(?:[0-9a-f]{2} ){8}/,
  },
  dedup_print: {
    printer: 'mm/kmemleak.c dedup_print()',
    releases: 'since 7.0',
    examples: ['  ... and 3 more object(s) with the same backtrace'],
    start: /\.\.\. /,
  },
});
