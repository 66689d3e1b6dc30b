import { hex, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';
import { flagNames } from './page-lines.ts';

/** `BUG kmalloc-64 (Tainted: G B): Redzone overwritten`. */
const isSlab = (text: string): boolean => /^BUG [^\s:]\S* (?:\S+ )?\((?:Not tainted|Tainted: )/.test(text) || /^BUG \S.*\): /.test(text);

const OBJECT = { grammar: 'check', name: 'slab_object', mode: 'slab' } as const;

/** SLUB's and SLAB's own checks: mm/slub.c, mm/slab.c until 6.7, mm/slab_common.c. */
export const SLAB = lines({
  slab_bug: {
    printer: 'mm/slub.c slab_bug()',
    examples: [
      'BUG kmalloc-64 (Tainted: G    B      OE     ): Right Redzone overwritten',
      'BUG kmalloc-64 (Not tainted): Poison overwritten',
      'BUG xyz_req (Tainted: G           O      ---- T): Object already free',
    ],
    start: /BUG (?=[^\s:]+ (?:\S+ )?\()/,
    opens: [{ form: 'slub', literals: ['BUG '], test: isSlab }],
    fields: { cache: words, taint: words, what: words },
    reads: [
      /^BUG (?<cache>\S+) .{0,80}?\((?:Not tainted|Tainted: (?<taint>[A-Z][A-Z -]{0,40}?)) *\): (?<what>.*)/,
      /^BUG (?<cache>\S+) .{0,80}?\): (?<what>.*)/,
    ],
  },
  slab_error: {
    printer: 'mm/slab.c slab_error()',
    releases: 'until 6.7',
    examples: ["slab error in verify_redzone_free(): cache `kmalloc-64': double free detected"],
    opens: [{ form: 'slab', literals: ['slab error in '] }],
    fields: { cache: words, what: words },
    reads: [/slab error in (?<frame>\w+)\(\): cache [`'](?<cache>[^']*)': (?<what>.*)/],
  },
  check_poison_obj: {
    printer: 'mm/slab.c check_poison_obj(), cache_free_debugcheck()',
    releases: 'until 6.7; the taint in brackets since 2.6.3x',
    examples: [
      'Slab corruption (Not tainted): kmalloc-64 start=ffff88003d1e8000, len=64',
      'slab corruption: start=ffff88003d1e8000, len=64',
    ],
    start: /[Ss]lab corruption|cache_free_debugcheck/,
    opens: [
      { form: 'poison', literals: ['Slab corruption', 'slab corruption'] },
      { form: 'slab', literals: ['cache_free_debugcheck'] },
    ],
    fields: { what: words, cache: words },
    // the taint in brackets has a colon of its own; before it, the cache was not named
    reads: [/(?<what>[Ss]lab corruption)(?: \([^)\n]*\))?: (?!start=)(?<cache>\S+)/, /(?<what>[Ss]lab corruption)/],
  },
  kmem_cache_destroy: {
    printer: 'mm/slab_common.c kmem_cache_destroy()',
    releases: 'the caller since 5.18, as the message of a WARN',
    examples: ['kmem_cache_destroy xyz_req: Slab cache still has objects when called from driver_xyz_exit+0x28/0x60 [driver_xyz]'],
    start: /kmem_cache_destroy /,
    opens: [{ form: 'destroy', literals: ['kmem_cache_destroy '], test: (text) => text.includes('Slab cache still has objects') }],
    fields: { cache: words, what: words },
    reads: [
      /kmem_cache_destroy (?<cache>\S+): (?<what>Slab cache still has objects)(?: when called from (?<frame>[^\s+]+\+0x[0-9a-f]+\/0x[0-9a-f]+)(?: (?<module>\[[^\]]+\]))?)?/,
    ],
  },
  print_track: {
    printer: 'mm/slub.c print_track()',
    releases: '`INFO: ` until 5.13',
    examples: [
      'Allocated in driver_xyz_fault+0x28/0x60 [driver_xyz] age=12 cpu=1 pid=30',
      'Freed in kfree_link+0xf/0x20 age=12 cpu=1 pid=30',
    ],
    start: /(?:Allocated|Freed) in [^\n]*age=/,
    stack: true,
    rule: { grammar: 'check', name: 'track', mode: 'track' },
    fields: { what: words, age: int, onCpu: int, byPid: int },
  },
  print_track_info: {
    printer: 'mm/slub.c print_track()',
    releases: 'until 5.13; its frames are indented by a tab',
    examples: [
      'INFO: Allocated in driver_xyz_fault+0x28/0x60 age=12 cpu=1 pid=30',
      'INFO: Freed in driver_xyz_fault+0x28/0x60 [driver_xyz] age=12 cpu=1 pid=30',
    ],
    start: /INFO: (?:Freed|Allocated) in /,
    opens: [{ form: 'track', literals: ['INFO: Freed in ', 'INFO: Allocated in '] }],
    rule: { grammar: 'check', name: 'track', mode: 'track' },
    fields: { what: words, age: int, onCpu: int, byPid: int },
  },
  print_slab_info: {
    printer: 'mm/slub.c print_slab_info()',
    releases: '`INFO: ` until 5.13; the names of the flags since 5.15',
    examples: [
      'Slab 0x00000000a1b2c3d4 objects=16 used=3 fp=0x00000000d4c3b2a1 flags=0xfffffc0010200(slab|head|node=0)',
      'INFO: Slab 0xffffea00000f47a0 objects=16 used=3 fp=0xffff88003d1e8000 flags=0x200',
    ],
    start: /(?:INFO: )?Slab 0x/,
    rule: OBJECT,
    fields: { address: hex, objects: int, used: int, fp: hex, flags: hex, names: flagNames },
  },
  print_trailer: {
    printer: 'mm/slub.c print_trailer()',
    releases: '`INFO: ` until 5.13',
    examples: [
      'Object 0x00000000a1b2c3d4 @offset=1024 fp=0x0000000000000000',
      'INFO: Object 0xffff88003d1e8400 @offset=1024 fp=0xbbbbbbbbbbbbbbbb',
    ],
    start: /(?:INFO: )?Object 0x/,
    rule: OBJECT,
    fields: { address: hex, offset: int, fp: hex },
  },
  check_bytes_and_report: {
    printer: 'mm/slub.c check_bytes_and_report()',
    releases: 'before the report since 6.10, with what is overwritten; within it, with `INFO: ` until 5.13, before',
    examples: ['[Right Redzone overwritten] 0xffff88003d1e8440-0xffff88003d1e8440 @offset=1088. First byte 0x41 instead of 0xcc'],
    start: /\[[A-Za-z ]{1,24} overwritten\] 0x/,
    opens: [
      {
        form: 'bytes',
        literals: [
          '[Left Redzone',
          '[Right Redzone',
          '[kmalloc Redzone',
          '[Alignment padding',
          '[Object padding',
          '[Poison',
          '[End Poison',
        ],
        test: (text) => text.includes(' overwritten] 0x'),
      },
    ],
    rule: OBJECT,
    fields: { what: words, first: hex, last: hex, offset: int, byte: hex, expected: hex },
  },
  check_bytes_and_report_within: {
    printer: 'mm/slub.c check_bytes_and_report()',
    releases: 'until 6.9; `INFO: ` until 5.13',
    examples: [
      '0x00000000a1b2c3d4-0x00000000d4c3b2a1 @offset=1088. First byte 0x41 instead of 0xcc',
      'INFO: 0xffff88003d1e8440-0xffff88003d1e8440 @offset=1088. First byte 0x41 instead of 0xcc',
    ],
    start: /(?:INFO: )?0x[0-9a-f]+-0x[0-9a-f]+ @offset/,
    rule: OBJECT,
    fields: { first: hex, last: hex, offset: int, byte: hex, expected: hex },
  },
  slab_fix: {
    printer: 'mm/slub.c slab_fix()',
    examples: [
      'FIX kmalloc-64: Restoring Right Redzone 0x00000000a1b2c3d4-0x00000000d4c3b2a1=0xcc',
      'FIX xyz_req: Object at 0x00000000a1b2c3d4 not freed',
    ],
    start: /FIX /,
    fields: { fix: words },
    reads: [/^FIX [^\s:]+: (?<fix>.*)/],
  },
  print_section: {
    printer: 'mm/slub.c print_section(): print_hex_dump()',
    examples: [
      'Object   00000000a1b2c3d4: 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b  kkkkkkkkkkkkkkkk',
      'Redzone  00000000a1b2c3d4: bb bb bb bb bb bb bb bb                          ........',
      'Bytes b4 ffff88003d1e83f0: 00 00 00 00 00 00 00 00 5a 5a 5a 5a 5a 5a 5a 5a  ........ZZZZZZZZ',
    ],
    start: /(?:Object|Redzone|Padding|Bytes b4) +(?:ptr)?[0-9a-f]+:/,
  },
  print_objinfo: {
    printer: 'mm/slab.c print_objinfo(), check_poison_obj()',
    releases: 'until 6.7',
    examples: [
      'Redzone: 0x9f911029d74e35b/0x9f911029d74e35b',
      'Last user: [<ffffffff8155c1e2>](driver_xyz_fault+0x28/0x60)',
      'Prev obj: start=ffff88003d1e7fc0, len=64',
      'Single bit error detected. Probably bad RAM.',
      'Run memtest86+ or a similar memory test tool.',
    ],
    start: anyOf(
      'Redzone: ',
      'Last user: ',
      '(?:Prev|Next) obj: ',
      'Single bit error',
      'Run (?:memtest|a memory)',
      'kfree_debugcheck: ',
      'double free',
    ),
  },
  object_err: {
    printer: 'mm/slub.c object_err()',
    examples: ['Invalid pointer 0x00000000a1b2c3d4', 'object pointer: 0xffff88003d1e8000'],
    start: /Invalid pointer 0x|object pointer/,
  },
});
