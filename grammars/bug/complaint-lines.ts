import { int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';

/** What the kernel finds wrong with itself without a WARN: pr_err() and its like, a stack behind most of them. */
export const COMPLAINTS = lines({
  ex_handler_msr: {
    printer: 'arch/x86/mm/extable.c ex_handler_msr()',
    releases: 'since 4.6; ex_handler_rdmsr_unsafe() until 5.16',
    examples: [
      'unchecked MSR access error: WRMSR to 0x48 (tried to write 0x0000000000000004) at rIP: 0xffffffff8100a1b2 (native_write_msr+0x6/0x30)',
      'unchecked MSR access error: RDMSR from 0x852 at rIP: 0xffffffff8100a1b2 (native_read_msr+0x6/0x30)',
    ],
    start: /unchecked MSR access error: /,
    opens: [{ form: 'complaint', literals: ['unchecked MSR access error: '] }],
    fields: { what: words, access: words, msr: words },
    reads: [
      new RegExp(
        String.raw`^(?<what>unchecked MSR access error): (?<access>RDMSR|WRMSR) (?:from|to) (?<msr>0x[0-9a-f]+)` +
          String.raw`.* at rIP: \S+ \((?<frame>[^\s+]+\+0x[0-9a-f]+\/0x[0-9a-f]+)(?: (?<module>\[[^\]]+\]))?\)`,
      ),
      /^(?<what>unchecked MSR access error): (?<access>RDMSR|WRMSR) (?:from|to) (?<msr>0x[0-9a-f]+)/,
      /^(?<what>unchecked MSR access error)/,
    ],
  },
  __div0: {
    printer: 'arch/arm/kernel/traps.c __div0()',
    examples: ['Division by zero in kernel.'],
    opens: [{ form: 'complaint', literals: ['Division by zero in kernel.'] }],
    fields: { what: words },
    reads: [/^(?<what>Division by zero in kernel)/],
  },
  kmalloc_fix_flags: {
    printer: 'mm/slab_common.c kmalloc_fix_flags()',
    releases: 'since 4.4',
    examples: ['Unexpected gfp: 0x2 (__GFP_HIGHMEM). Fixing up to gfp: 0xcc0 (GFP_KERNEL). Fix your code!'],
    start: /Unexpected gfp: 0x/,
    opens: [{ form: 'complaint', literals: ['Unexpected gfp: 0x'] }],
    fields: { what: words, flags: words },
    reads: [/^(?<what>Unexpected gfp): 0x[0-9a-f]+ \((?<flags>[^)]*)\)/, /^(?<what>Unexpected gfp)/],
  },
  dio_warn_stale_pagecache: {
    printer: 'mm/filemap.c dio_warn_stale_pagecache()',
    releases: 'since 4.15; fs/iomap and fs/direct-io.c until 5.15',
    examples: ['Page cache invalidation failure on direct I/O.  Possible data corruption due to collision with buffered I/O!'],
    opens: [{ form: 'complaint', literals: ['Page cache invalidation failure on direct I/O.'] }],
    fields: { what: words },
    reads: [/^(?<what>Page cache invalidation failure on direct I\/O)/],
  },
  dio_warn_stale_pagecache_file: {
    printer: 'mm/filemap.c dio_warn_stale_pagecache()',
    examples: ['File: /srv/data.img PID: 77 Comm: java'],
    start: /File: [^\n]{1,4096} PID: \d+ Comm: /,
    fields: { file: words, pid: int, comm: words },
    reads: [/^File: (?<file>.*) PID: (?<pid>\d+) Comm: (?<comm>.*)/],
  },
  call_rcu: {
    printer: 'kernel/rcu/tree.c __call_rcu_common()',
    releases: 'since 5.14; where objects are debugged',
    examples: [
      'rcu: __call_rcu_common(): Double-freed CB 00000000a1b2c3d4->driver_xyz_free+0x0/0x20()!!!   slab kmalloc-64 start ffff888003d1e800',
    ],
    start: /(?:rcu: )?\w*call_rcu\w*\(\): Double-freed CB /,
    opens: [{ form: 'complaint', literals: ['Double-freed CB '], at: 'message' }],
    fields: { what: words, callback: words },
    reads: [/(?<what>Double-freed CB) .*?->(?<callback>[\w.]+)/, /(?<what>Double-freed CB)/],
  },
  resched_latency_warn: {
    printer: 'kernel/sched/debug.c resched_latency_warn()',
    releases: 'since 5.13',
    examples: ['sched: CPU 3 need_resched set for > 100000000 ns (25 ticks) without schedule'],
    start: /(?:sched: )?CPU \d+ need_resched set for > /,
    opens: [{ form: 'complaint', literals: ['sched: CPU '], test: (text) => text.includes(' need_resched set for > ') }],
    fields: { cpu: int, what: words, nanoseconds: int },
    reads: [/CPU (?<cpu>\d+) (?<what>need_resched set) for > (?<nanoseconds>\d+) ns/],
  },
  scx_log_sched_disable: {
    printer: 'kernel/sched/ext/ext.c scx_log_sched_disable(), scx_softlockup()',
    releases: 'since 6.12; sub-schedulers since 7.1',
    examples: [
      'sched_ext: BPF scheduler "simple" disabled (runtime error)',
      'sched_ext: BPF sub-scheduler "simple" disabled (runtime error)',
      'sched_ext: Soft lockup - CPU 3 stuck for 23s, disabling BPF scheduler',
      'sched_ext: Hard lockup - CPU 3, disabling BPF scheduler',
    ],
    start: /sched_ext: (?:BPF (?:sub-)?scheduler "[^"\n]*" disabled|(?:Soft|Hard) lockup - CPU)/,
    opens: [
      { form: 'complaint', literals: ['sched_ext: Soft lockup - CPU', 'sched_ext: Hard lockup - CPU'] },
      // taken out from user space: nothing went wrong
      { form: 'complaint', literals: ['sched_ext: BPF '], test: (text) => / disabled \((?!unregistered)/.test(text) },
    ],
    fields: { what: words, scheduler: words, reason: words, cpu: int },
    reads: [
      /^sched_ext: (?<what>BPF (?:sub-)?scheduler) "(?<scheduler>.*)" disabled \((?<reason>[^)]*)\)/,
      /^sched_ext: (?<what>(?:Soft|Hard) lockup) - CPU (?<cpu>\d+)/,
    ],
  },
  scx_exit_message: {
    printer: 'kernel/sched/ext/ext.c scx_log_sched_disable()',
    releases: 'since 6.12',
    examples: ['sched_ext: simple: runnable task stall (java[77] failed to run for 30.000s)'],
    start: /sched_ext: [^\s:]+: /,
  },
  page_outside_zone_boundaries: {
    printer: 'mm/page_alloc.c page_outside_zone_boundaries()',
    examples: ['page 0x3d1e8 outside node 0 zone Normal [ 0x100000 - 0x240000 ]'],
    start: /page 0x[0-9a-f]+ outside node \d+ zone /,
    opens: [{ form: 'complaint', literals: ['page 0x'], test: (text) => text.includes(' outside node ') }],
    fields: { what: words },
    reads: [/^page 0x[0-9a-f]+ (?<what>outside node \d+ zone \w+)/],
  },
  pgd_clear_bad: {
    printer: 'mm/pgtable-generic.c pgd_clear_bad(), arch/arm/kernel/traps.c __pgd_error()',
    examples: ['mm/pgtable-generic.c:50: bad pmd ffff888003d1e800(80000001234008e7)', 'mm/memory.c:30: bad pte 2b8c1234.'],
    start: /[^\s:]{1,60}\.[ch]:\d+: bad p[g4umt][de] /,
    opens: [
      {
        form: 'complaint',
        literals: ['bad pgd ', 'bad p4d ', 'bad pud ', 'bad pmd ', 'bad pte '],
        at: 'message',
        test: (text, at) => /^[^\s:]{1,60}\.[ch]:\d+: $/.test(text.slice(0, at)),
      },
    ],
    fields: { file: words, line: int, what: words },
    reads: [/^(?<file>[^\s:]+):(?<line>\d+): (?<what>bad p\w\w)/],
  },
  validate_slab_node: {
    printer: 'mm/slub.c validate_slab_node(), mm/page_owner.c dec_stack_record_count(), fs/dcache.c d_splice_alias_ops()',
    examples: [
      'SLUB kmalloc-64: 12 partial slabs counted but counter=13',
      'SLUB: kmalloc-64 12 slabs counted but counter=13',
      "VFS: Lookup of 'xyz' in fuse fuse would have caused loop",
    ],
    start: /SLUB:? [^\n]{1,80} slabs counted but counter=|VFS: Lookup of '[^\n]*' in [^\n]* would have caused loop/,
    opens: [
      { form: 'complaint', literals: ['SLUB'], test: (text) => text.includes(' slabs counted but counter=') },
      { form: 'complaint', literals: ["VFS: Lookup of '"], test: (text) => text.includes(' would have caused loop') },
    ],
    fields: { what: words },
    reads: [/(?<what>(?:partial )?slabs counted but counter)/, /(?<what>Lookup) of '.* (?:would have caused loop)/],
  },
});
