import { type HeadRule, head, stackHead } from '../call-trace/head.ts';

const FRAME = String.raw`(?<frame>[A-Za-z_.$<][^\s+]*(?: as [^\s+]+)*(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?)(?: (?<source>[^\s:]+:\d+))?(?: (?<module>\[[^\]]+\]))?`;
const re = (source: string) => new RegExp(source);

/** Heads of what the kernel's own checks print. */
export const BUG_HEADS: readonly HeadRule[] = [
  // kernel/panic.c __warn(): "WARNING: at F:L sym()" until 3.10, "WARNING: CPU: 0 PID: 1 at F:L sym" until 6.17, "WARNING: F:L at sym, CPU#0: comm/1" since.
  head(
    '__warn',
    /WARNING: (?=CPU: |at |\S+:\d+ (?:at )?\S)/,
    re(String.raw`WARNING: CPU: (?<cpu>\d+) PID: (?<pid>\d+) at (?<file>\S+):(?<line>\d+) ${FRAME}`),
    re(String.raw`WARNING: (?<file>\S+):(?<line>\d+) at ${FRAME}(?:, CPU#(?<cpu>\d+): (?<comm>.*)\/(?<pid>\d+))?`),
    re(String.raw`WARNING: at (?<file>\S+):(?<line>\d+) ${FRAME}`),
    re(String.raw`WARNING: CPU: (?<cpu>\d+) PID: (?<pid>\d+) at ${FRAME}`),
    /WARNING: CPU: (?<cpu>\d+) PID: (?<pid>\d+) at (?<file>\S+):(?<line>\d+)/,
  ),
  head('warning', /WARNING: /, /WARNING: (?<message>.*)/),
  // lib/bug.c __report_bug(): "kernel BUG at F:L!", "Kernel BUG at ADDR [verbose debug info unavailable]".
  head(
    'report_bug',
    /[Kk]ernel BUG (?:at|in) |BUG: failure at /,
    /(?:BUG|failure) (?:at|in) (?<file>[^\s:!]+):(?<line>\d+)/,
    /BUG at (?:\[?)(?<address>[0-9a-f]{8,16})/,
  ),
  // lib/list_debug.c __list_add_valid_or_report(), __list_del_entry_valid_or_report().
  head('__list_valid', /(?:list_add|list_del|hlist_\w+|slist_\w+) (?:corruption|double add)/, /(?<what>\w+ (?:corruption|double add))/),
  // mm/usercopy.c usercopy_abort(), report_usercopy() before 4.16.
  head(
    'usercopy_abort',
    /usercopy: [Kk]ernel memory |Bad or missing usercopy/,
    /[Kk]ernel memory (?<direction>exposure|overwrite) attempt (?<what>.*)/,
  ),
  // lib/refcount.c refcount_warn_saturate(); the message stands before WARNING since 4.x.
  head('refcount_warn_saturate', /refcount_t: /, /refcount_t: (?<message>.*)/),
  // lib/debugobjects.c debug_print_object().
  head('debug_print_object', /ODEBUG: /, /ODEBUG: (?<message>[\w ]+?) \(/, /ODEBUG: (?<message>.*)/),
  // mm/kasan/report.c print_error_description(), report_invalid_free(); "on address" before 4.13.
  head(
    'print_error_description',
    /BUG: KAS[Aa][Nn]: /,
    re(String.raw`BUG: KAS[Aa][Nn]: (?<what>[\w -]+?) in ${FRAME}(?: at addr (?<address>[0-9a-f]+))?`),
    /BUG: KAS[Aa][Nn]: (?<what>[\w -]+?) on address +\(?(?<address>[0-9a-f]+|null)/,
    /BUG: KAS[Aa][Nn]: (?<what>[\w -]+)/,
  ),
  head(
    'print_access',
    /(?:Read|Write) (?:of size|at addr) |Free of addr /,
    /(?<access>Read|Write) of size (?<size>\d+) at addr (?<address>[0-9a-f]+) by task (?<comm>.*)\/(?<pid>\d+)/,
    /(?<access>Read|Write) of size (?<size>\d+) by task (?<comm>.*)\/(?<pid>\d+)/,
    /(?<access>Read|Write|Free) (?:at|of) addr (?<address>[0-9a-f]+) by task (?<comm>.*)\/(?<pid>\d+)/,
    /(?<access>Read|Write) of size (?<size>\d+)(?: at addr (?<address>[0-9a-f]+))?/,
  ),
  // What the address lies in is shown as `sym+o/s`: one line that looks like a frame and is none.
  stackHead('print_address_description_owner', /The buggy address belongs to (?:the variable|the virtual mapping|stack of task)/),
  head(
    'print_address_description_cache',
    /(?:which belongs to the cache |The buggy address belongs to |Object at )/,
    /which belongs to the cache (?<cache>\S+)(?: of size (?<cacheSize>\d+))?/,
    /belongs to the (?<region>[a-z ]+)/,
    /in cache (?<cache>\S+)/,
  ),
  // mm/kmsan/report.c kmsan_report(); the tree before the merge in 6.1 prints alike.
  head('kmsan_report', /BUG: KMSAN: /, re(String.raw`BUG: KMSAN: (?<what>[\w-]+) in ${FRAME}`), /BUG: KMSAN: (?<what>[\w-]+)/),
  // kernel/kcsan/report.c print_report().
  head(
    'kcsan_report',
    /BUG: KCSAN: /,
    /BUG: KCSAN: (?<what>[\w :-]+?) in (?<first>[^\s+]+)(?:\+0x\S+)?(?: \[\S+\])?(?: \/ (?<second>[^\s+]+))?/,
  ),
  stackHead('kcsan_access', /(?:write|read|assert|race|interrupt|no-report)[\w() -]* to 0x|race at unknown/),
  // mm/kfence/report.c kfence_report_error().
  head(
    'kfence_report_error',
    /BUG: KFENCE: /,
    re(String.raw`BUG: KFENCE: (?<what>[a-z -]+?)(?: (?<access>read|write))? in ${FRAME}`),
    /BUG: KFENCE: (?<what>[a-z -]+)/,
  ),
  head(
    'kfence_object',
    /(?:Use-after-free|Out-of-bounds|Invalid|Corrupted) (?:read|write|free|memory|access)/,
    /(?:at|of) 0x(?<address>[0-9a-f]+)/,
  ),
  // lib/ubsan.c ubsan_prologue(): "Undefined behaviour in F:L:C" until 5.7, "shift-out-of-bounds in F:L:C" since.
  head('ubsan_prologue', /UBSAN: /, /UBSAN: (?<what>[\w -]+?) in (?<file>\S+?):(?<line>\d+)(?::\d+)?$/, /UBSAN: (?<what>[\w -]+)/),
  // mm/kmemleak.c print_unreferenced(); syzkaller's leak checker prints the first line.
  head('kmemleak', /BUG: memory leak/, /(?<leak>memory leak)/),
  head('print_unreferenced', /unreferenced object /, /unreferenced object (?<address>0x[0-9a-f]+) \(size (?<size>\d+)\)/),
  head('print_unreferenced_task', /comm "/, /comm "(?<comm>.*)", pid (?<pid>\d+), jiffies/),
  // mm/slub.c slab_bug(), slab_err(), object_err().
  head(
    'slab_bug',
    /BUG (?=[^\s:]+ (?:\S+ )?\()/,
    /BUG (?<cache>\S+) .{0,80}?\((?<taint>Not tainted|Tainted: [A-Z ]{1,40})[^)]{0,40}\): (?<what>.*)/,
  ),
  head(
    'slab_error',
    /slab error in |[Ss]lab corruption|cache_free_debugcheck/,
    /slab error in (?<frame>\w+)\(\): cache [`'](?<cache>[^']*)': (?<what>.*)/,
    /(?<what>[Ss]lab corruption)[^:]*: (?<cache>\S+)/,
  ),
  head(
    'kmem_cache_destroy',
    /kmem_cache_destroy /,
    /kmem_cache_destroy (?<cache>\S+): (?<what>Slab cache still has objects)(?: when called from (?<frame>[^\s+]+\+0x[0-9a-f]+\/0x[0-9a-f]+))?/,
  ),
  head(
    'print_track_lines',
    /INFO: (?:Freed|Allocated) in /,
    /INFO: (?<what>Freed|Allocated) in (?<frame>[^\s+]+\+0x[0-9a-f]+\/0x[0-9a-f]+)/,
  ),
  // mm/page_alloc.c bad_page(), mm/memory.c print_bad_pte(), kernel/fork.c check_mm().
  head(
    'bad_page',
    /(?:BUG: )?Bad page (?:state|map|cache) /,
    /Bad page (?<what>state|map|cache) in process (?<comm>.*?)(?: {2}pfn:(?<pfn>[0-9a-f]+)| {2}pte:|$)/,
  ),
  head('check_mm', /BUG: (?:Bad rss-counter state|non-zero [\w ]+)/, /BUG: (?<what>Bad rss-counter state|non-zero [\w ]+?)(?: mm:|: |$)/),
  head('bad_page_reason', /page dumped because: /, /because: (?<cause>.*)/),
  head('umount_check', /BUG: Dentry /, /\[unmount of (?<fs>[^\]]*)\]/),
  // kernel/panic.c panic(), vpanic() since 6.16; __stack_chk_fail() names the function, schedule_debug() the stack's end.
  head(
    'panic',
    /Kernel panic(?: - not syncing)?: ?|Kernel panic - not syncing/,
    re(String.raw`(?<reason>stack-protector: Kernel stack is corrupted in): ${FRAME}`),
    /Kernel panic(?: - not syncing)?: ?(?<reason>.*)/,
  ),
  head('other_bug', /BUG: /, /BUG: (?<what>.*)/),
  // Titles of stacks: mm/kasan print_track(), mm/kmsan, mm/kfence kfence_print_stack(), mm/slub.c print_track(), lib/debugobjects.
  stackHead(
    'print_track',
    /(?:Allocated|Freed) (?:by task|by:|in [^\n]*age=)|(?:Allocated|Freed):|(?:Last|Second to last) potentially|(?:kfence-#[^\n]* )?allocated by task|freed by task/,
  ),
  stackHead('kmsan_stack', /Uninit was |Local variable |Uninit created|Memory was |Uninit /),
  stackHead('page_owner', /page last (?:allocated|free)/),
];
