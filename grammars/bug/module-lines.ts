import { int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';

/** Assertions of file systems that are no part of the kernel: the thread that fails one prints its stack and never goes on. */
export const MODULE_ASSERTIONS = lines({
  spl_verify: {
    printer: 'OpenZFS include/os/linux/spl/sys/debug.h VERIFY() and its like',
    examples: [
      'VERIFY3(0 == xyz_hold(os, obj, &db)) failed (0 == 5)',
      'VERIFY(xyz_is_open(db)) failed',
      'ASSERT3U(a, <, b) failed (7 < 3)',
    ],
    start: /(?:VERIFY|ASSERT)\d?[A-Z]{0,4}\(/,
    opens: [
      { form: 'assert', literals: ['VERIFY', 'ASSERT'], test: (text) => /^(?:VERIFY|ASSERT)\d?[A-Z]{0,4}\(.*\) failed\b/.test(text) },
    ],
    fields: { message: words },
    reads: [/^(?<message>.*)$/],
  },
  spl_panic: {
    printer: 'OpenZFS module/os/linux/spl/spl-err.c spl_panic()',
    examples: ['PANIC at xyz_leaf.c:212:xyz_chunk_free()'],
    start: /PANIC at [\w.-]+:\d+:/,
    opens: [{ form: 'assert', literals: ['PANIC at '], test: (text) => /^PANIC at [\w.-]+:\d+:\w+\(\)/.test(text) }],
    fields: { file: words, line: int },
    reads: [/^PANIC at (?<file>[\w.-]+):(?<line>\d+):(?<frame>\w+)\(\)/],
  },
  spl_dumpstack: {
    printer: 'OpenZFS module/os/linux/spl/spl-err.c spl_dumpstack()',
    examples: ['Showing stack for process 4121'],
    start: /Showing stack for process \d/,
  },
  libcfs_assert: {
    printer: 'Lustre libcfs/include/libcfs/libcfs_private.h LASSERTF()',
    examples: ['LustreError: 8812:0:(xyz_cache.c:1187:xyz_make_ready()) ASSERTION( last > 0 ) failed: '],
    start: /LustreError: [\d:]+\([\w.-]+:\d+:\w+\(\)\) ASSERTION/,
    opens: [
      { form: 'assert', literals: ['LustreError: '], test: (text) => /^LustreError: [\d:]+\([\w.-]+:\d+:\w+\(\)\) ASSERTION\(/.test(text) },
    ],
    fields: { message: words },
    reads: [/(?<message>ASSERTION\(.*\) failed)/],
  },
  lbug_with_loc: {
    printer: 'Lustre libcfs/libcfs/debug.c lbug_with_loc()',
    examples: ['LustreError: 8812:0:(xyz_cache.c:1187:xyz_make_ready()) LBUG'],
    start: /LustreError: [\d:]+\([\w.-]+:\d+:\w+\(\)\) LBUG/,
    opens: [{ form: 'assert', literals: ['LustreError: '], test: (text) => /^LustreError: [\d:]+\([\w.-]+:\d+:\w+\(\)\) LBUG/.test(text) }],
    fields: { file: words, line: int },
    reads: [/\((?<file>[\w.-]+):(?<line>\d+):(?<frame>\w+)\(\)\) LBUG/],
  },
});
