import { hex, int, pointer, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const NAME = String.raw`[A-Za-z_.$<][^\s+]*(?: as [^\s+]+)*\+0x[0-9a-f]+\/0x[0-9a-f]+`;
/** `in sym+0x1/0x2 lib/a.c:12 [driver_xyz]`; the source stands in symbolised logs. */
export const IN_FUNCTION = String.raw`in (?<frame>${NAME})(?: (?<source>[^\s:]+:\d+))?(?: (?<module>\[[^\]]+\]))?`;

/** mm/kasan/report*.c: what was accessed, who allocated and freed it, the shadow around it. */
export const KASAN = lines({
  print_error_description: {
    printer: 'mm/kasan/report.c print_error_description(), kasan_report_async()',
    releases: '`KASan` until 4.2; `at addr` behind the function until 4.12; `on address` where no function is known',
    examples: [
      'BUG: KASAN: slab-use-after-free in driver_xyz_fault+0x28/0x60 [driver_xyz]',
      'BUG: KASan: use after free in driver_xyz_fault+0x28/0x60 at addr ffff88003d1e8000',
      'BUG: KASAN: null-ptr-deref on address           (null)',
      'BUG: KASAN: invalid-access',
    ],
    once: true,
    opens: [{ form: 'kasan', literals: ['BUG: KASAN: ', 'BUG: KASan: '] }],
    fields: { what: words, address: pointer },
    reads: [
      new RegExp(String.raw`BUG: KAS[Aa][Nn]: (?<what>[\w -]+?) ${IN_FUNCTION}(?: at addr (?<address>[0-9a-f]+))?`),
      /BUG: KAS[Aa][Nn]: (?<what>[\w -]+?) on address +(?<address>\(null\)|\(?[0-9a-f]+)/,
      /BUG: KAS[Aa][Nn]: (?<what>[\w -]+?)(?: in .*)?$/,
    ],
  },
  print_error_description_access: {
    printer: 'mm/kasan/report.c print_error_description()',
    releases: 'the address since 4.13; no size with tags; `Free of addr` since 6.1',
    examples: [
      'Read of size 8 at addr ffff88003d1e8010 by task my/prog/30',
      'Write of size 4 by task java/30',
      'Read at addr f6ff000003d1e810 by task java/30',
      'Free of addr ffff88003d1e8010 by task java/30',
    ],
    start: /(?:Read|Write) (?:of size|at addr) |Free of addr /,
    rule: { grammar: 'check', name: 'access', mode: 'access' },
    fields: { access: words, size: int, address: hex, comm: words, pid: int },
  },
  kasan_report_async: {
    printer: 'mm/kasan/report.c kasan_report_async()',
    releases: 'since 5.12',
    examples: ['Asynchronous fault: no details available'],
    start: /Asynchronous (?:fault|mode)/,
  },
  kasan_print_tags: {
    printer: 'mm/kasan/report_sw_tags.c kasan_print_tags()',
    releases: 'since 5.0; `[tag]` since 5.11',
    examples: ['Pointer tag: [f6], memory tag: [fe]'],
    start: /(?:Pointer|Memory) tag/,
    fields: { pointerTag: words, memoryTag: words },
    reads: [/Pointer tag: \[(?<pointerTag>[0-9a-f]+)\], memory tag: \[(?<memoryTag>[0-9a-f]+)\]/],
  },
  describe_object_addr: {
    printer: 'mm/kasan/report.c describe_object_addr()',
    releases: 'since 4.13',
    examples: ['The buggy address belongs to the object at ffff88003d1e8000'],
    start: /The buggy address belongs to the object at /,
    fields: { object: hex },
    reads: [/object at (?<object>[0-9a-f]+)/],
  },
  describe_object_addr_cache: {
    printer: 'mm/kasan/report.c describe_object_addr()',
    releases: 'since 4.13',
    examples: [' which belongs to the cache kmalloc-64 of size 64'],
    start: /which belongs to the cache /,
    fields: { cache: words, size: int },
    reads: [/cache (?<cache>\S+)(?: of size (?<size>\d+))?/],
  },
  describe_object_addr_place: {
    printer: 'mm/kasan/report.c describe_object_addr()',
    releases: 'since 4.13',
    examples: ['The buggy address is located 4 bytes to the right of', 'The buggy address is located 16 bytes inside of'],
    start: /The buggy address is located /,
    fields: { bytes: int, side: words },
    reads: [/located (?<bytes>\d+) bytes (?<side>inside|to the left|to the right) of/],
  },
  describe_object_addr_region: {
    printer: 'mm/kasan/report.c describe_object_addr()',
    releases: 'since 4.13; `freed`, `allocated` since 6.2',
    examples: [' freed 64-byte region [ffff88003d1e8000, ffff88003d1e8040)', ' 64-byte region [ffff88003d1e8000, ffff88003d1e8040)'],
    start: /(?:freed |allocated )?\d+-byte region \[/,
    fields: { state: words, size: int, low: hex, high: hex },
    reads: [/^(?:(?<state>freed|allocated) )?(?<size>\d+)-byte region \[(?<low>[0-9a-f]+), (?<high>[0-9a-f]+)\)/],
  },
  object_err_kasan: {
    printer: 'mm/kasan/report.c print_object(), until 4.12',
    releases: '4.8 to 4.12',
    examples: ['Object at ffff88003d1e8000, in cache kmalloc-64 size: 64'],
    start: /Object at (?=[0-9a-f]{8,16}, in cache)/,
    fields: { object: hex, cache: words, size: int },
    reads: [/Object at (?<object>[0-9a-f]+), in cache (?<cache>\S+)(?: size: (?<size>\d+))?/],
  },
  print_address_description: {
    printer: 'mm/kasan/report.c print_address_description(): the variable or mapping is shown as if it were a frame',
    releases: 'since 4.13; the mapping since 6.1, on one line since 6.14',
    examples: [
      'The buggy address belongs to the variable:',
      'The buggy address belongs to stack of task java/30',
      'The buggy address belongs to the virtual mapping at',
      'The buggy address belongs to a 2-page vmalloc region starting at 0xffffc900003d1000 allocated at driver_xyz_fault+0x28/0x60',
      'The buggy address belongs to a vmalloc virtual mapping',
    ],
    start: /The buggy address belongs to (?:the variable|the virtual mapping|stack of task|a )/,
    stack: true,
    fields: { region: words },
    reads: [/belongs to (?:the |a )?(?<region>variable|virtual mapping|stack|vmalloc virtual mapping|\d+-page vmalloc region)/],
  },
  print_address_description_page: {
    printer: 'mm/kasan/report.c print_address_description()',
    releases: '`physical` since 5.19',
    examples: ['The buggy address belongs to the physical page:', 'The buggy address belongs to the page:'],
    start: /The buggy address belongs to the (?:physical )?page/,
    fields: { region: words },
    reads: [/belongs to the (?<region>(?:physical )?page)/],
  },
  print_address_description_mapping: {
    printer: 'mm/kasan/report.c print_address_description()',
    releases: '6.1 to 6.13',
    examples: [' [ffffc900003d1000, ffffc900003d3000) created by:'],
    start: /\[[0-9a-f]{8,16}, [0-9a-f]{8,16}\) created by:/,
  },
  print_address_stack_frame: {
    printer: 'mm/kasan/report_generic.c kasan_print_address_stack_frame()',
    releases: 'since 5.2; on one line until 6.0',
    examples: [
      ' and is located at offset 32 in frame:',
      'addr ffff88003d1e8010 is located in stack of task java/30 at offset 32 in frame:',
    ],
    start: anyOf('and is located at offset ', 'addr [0-9a-f]+ is located in stack of task '),
    fields: { offset: int },
    reads: [/ at offset (?<offset>\d+) in frame/],
  },
  print_decoded_frame_descr: {
    printer: 'mm/kasan/report_generic.c print_decoded_frame_descr()',
    releases: 'since 5.2',
    examples: ['This frame has 2 objects:', 'this frame has 1 object:', " [32, 48) 'buffer'"],
    start: anyOf('[Tt]his frame has ', String.raw`\[\d+, \d+\) '`),
  },
  print_track: {
    printer: 'mm/kasan/report.c print_track(), kasan_print_aux_stacks()',
    releases: 'CPU and time since 6.11; `Allocated:` and `PID = 30` 4.8 to 4.12; work creation since 5.13, `call_rcu()` before',
    examples: [
      'Allocated by task 30 on cpu 1 at 12.345678s:',
      'Freed by task 0:',
      'Allocated:',
      'Last potentially related work creation:',
      'Second to last potentially related work creation:',
      'Last call_rcu():',
    ],
    start: anyOf(
      '(?:Allocated|Freed) by(?: task|:)',
      '(?:Allocated|Freed):',
      '(?:Last|Second to last) potentially',
      String.raw`(?:Last|Second to last) call_rcu\(\):`,
    ),
    stack: true,
  },
  print_track_pid: {
    printer: 'mm/kasan/report.c print_track()',
    releases: '4.8 to 4.12',
    examples: ['PID = 30'],
    start: /PID = \d/,
  },
  print_track_none: {
    printer: 'mm/kasan/report.c print_track(), mm/kmsan/report.c kmsan_print_origin()',
    releases: 'since 4.8',
    examples: ['(stack is not available)'],
    start: /\(stack is not available\)/,
    fields: { none: words },
    reads: [/(?<none>stack is not available)/],
  },
  print_memory_metadata: {
    printer: 'mm/kasan/report.c print_memory_metadata()',
    releases: 'print_shadow_for_address() until 5.10',
    examples: ['Memory state around the buggy address:'],
    start: /Memory state around the buggy address/,
  },
  print_memory_metadata_row: {
    printer: 'mm/kasan/report.c print_memory_metadata()',
    examples: [
      ' ffff88003d1e7f00: 00 00 00 00 00 00 00 00 fc fc fc fc fc fc fc fc',
      '>ffff88003d1e8000: fa fb fb fb fb fb fb fb fc fc fc fc fc fc fc fc',
    ],
    start: /[> ]?[0-9a-f]{8,16}:(?: [0-9a-f]{2}){4}/,
    shape: 'detail',
  },
  tokenize_frame_descr: {
    printer: 'mm/kasan/report_generic.c tokenize_frame_descr(), get_address_stack_frame_info()',
    releases: '`KASAN internal error: ` until 6.0',
    examples: ['internal error: frame has invalid marker: 7', 'KASAN internal error: not a valid number: xyz'],
    start: /(?:KASAN )?internal error: (?:frame |not a valid)/,
  },
  print_memory_metadata_mark: {
    printer: 'mm/kasan/report.c print_memory_metadata()',
    examples: ['                   ^'],
    start: /\^+\s*$/,
    shape: 'detail',
  },
});
