// Which part of the kernel's tree does what for its callers. The first pattern that fits a path counts; a path that none fits holds code of a
// subsystem's own. The names of the roles are those of src/signature/roles.
export const PATHS = [
  // what runs a program of BPF for whoever asks is no test of its own
  ['', /^net\/bpf\/test_run\.c/],
  // what is no kernel's running code
  [
    undefined,
    /^(?:tools|Documentation|samples|scripts|usr|certs)\/|^arch\/(?:um|[^/]+\/(?:boot|tools|um|realmode|purgatory|vdso|kvm|kernel\/pi))\/|^drivers\/firmware\/efi\/libstub\/|^mm\/nommu|selftest|(?:^|[/_])(?:test_|tests?\/|kunit)|[_-](?:test|tests|kunit)\.c$|kfence_test/,
  ],
  // a queue of timers or an iterator is itself what was damaged: it has no caller that handed it something
  ['', /^lib\/(?:timerqueue|iov_iter)\.c|^lib\/kunit\//],
  // what only buses, user space and the loader of firmware call: their bugs are their own
  [
    '',
    /^drivers\/usb\/core\/(?:hub|config|devio|devices|sysfs|quirks)\.c|^drivers\/base\/(?:firmware_loader\/|devcoredump\.c|devtmpfs\.c)/,
  ],
  // objects that anybody freed and nodes that nobody else holds: whoever comes by when they turn out to be damaged is a bystander
  ['', /^mm\/kasan\/quarantine\.c|^fs\/kernfs\//],
  // checkers that report what another did
  [
    'sanitizer',
    /^mm\/(?:kasan|kmsan|kfence)\/|^kernel\/kcsan\/|^lib\/(?:ubsan|stackdepot)\.c|^mm\/(?:kmemleak|page_owner|debug)\.c|^kernel\/(?:kcov|stacktrace)\.c|^include\/linux\/(?:kasan|kmsan|kcsan|kfence|instrumented|kmemleak)/,
  ],
  ['debugobjects', /^kernel\/dma\/debug\.[ch]|^lib\/debugobjects\.c|^include\/linux\/debugobjects/],
  ['dump', /^lib\/dump_stack\.c|^arch\/[^/]+\/kernel\/(?:dumpstack|stacktrace|unwind|stack)\w*\.c|^kernel\/(?:kallsyms|ksyms)/],
  ['warn', /^lib\/bug\.c|^include\/linux\/bug\.h|^include\/asm-generic\/bug/],
  ['panic', /^kernel\/(?:panic|crash_core|kexec_core)\.c/],
  // the way into the kernel, and what the CPU runs because of a fault
  [
    'trap',
    /^arch\/[^/]+\/(?:kernel\/(?:traps?|entry|head|irq|idt|alignment|unaligned|kgdb|kprobes|hw_breakpoint|doublefault|nmi|ptrace)[\w-]*|mm\/(?:fault|extable|tlb)\w*|entry\/\S+|lib\/extable\w*)\.[cS]/,
  ],
  ['trap', /^kernel\/entry\//],
  // allocators: they trip over what their callers damaged, or asked for
  [
    'allocator',
    /^mm\/(?:slab|slub|slob|slab_common|page_alloc|vmalloc|nommu|mempool|dmapool|percpu[\w-]*|util|page_frag\w*|show_mem|mempolicy|mmzone|page_isolation|zpool|maccess|gup|usercopy|swap|folio-compat|mmu_gather|early_ioremap)\.[ch]/,
  ],
  [
    'allocator',
    /^include\/linux\/(?:slab|gfp|mm|mm_inline|page\w*|percpu\w*|vmalloc|mmzone|pagemap|highmem\w*|huge_mm|mempool|dma-mapping)\.h|^lib\/(?:genalloc|devres|alloc_tag|percpu\w*)\.c/,
  ],
  // locks: taking a broken or freed lock is the taker's doing
  [
    'lock',
    /^kernel\/locking\/|^kernel\/trace\/trace_preemptirq|^lib\/(?:lockref|locking-\w+|dec_and_lock)\.c|^include\/(?:linux|asm-generic)\/\w*(?:lock|mutex|rwsem|semaphore|seqcount|preempt|irqflags|bottom_half|rcupdate)\w*\.h|^kernel\/rcu\/(?:update|srcu\w*)\.c|^mm\/mmap_lock\.c/,
  ],
  [
    'lock',
    /^arch\/[^/]+\/(?:kernel|lib)\/\w*(?:spinlock|qspinlock|locks)\w*\.[cS]|^arch\/[^/]+\/include\/asm\/\w*(?:lock|preempt|irqflags)\w*\.h/,
  ],
  ['printk', /^kernel\/printk\/|^include\/linux\/(?:printk|dev_printk|console)\.h|^lib\/dynamic_debug\.c/],
  // data structures and helpers
  [
    'list',
    /^lib\/(?:list_\w+|klist|llist|plist|rbtree)\.c|^include\/linux\/(?:list\w*|rculist\w*|llist|plist|klist|rbtree\w*|hashtable|timerqueue)\.h/,
  ],
  [
    'refcount',
    /^lib\/(?:refcount|ref_tracker|percpu-refcount|rcuref)\.c|^include\/(?:linux|asm-generic|vdso)\/(?:atomic\/|\w*(?:refcount|kref|atomic|bitops|rwonce|compiler|cmpxchg|ref_tracker)\w*)\S*\.h|^include\/asm-generic\/bitops\/|^arch\/[^/]+\/include\/asm\/(?:atomic|bitops|cmpxchg|rwonce)\w*/,
  ],
  [
    'string',
    /^lib\/(?:string\w*|vsprintf|hexdump|ctype|kstrtox|parser|crc\S*|crypto\/\S*|bitmap\w*|find_bit\w*|checksum|siphash|xxhash|sort|bsearch|math\/\S*|cpumask|hweight|memcpy_\w+|raid6\/\S*|zlib_\w+\/\S*|zstd\/\S*|lz4\/\S*|lzo\/\S*|842\/\S*|uuid|textsearch|ts_\w+|win_minmax|fortify_\w+)\.[ch]/,
  ],
  [
    'string',
    /^arch\/[^/]+\/(?:lib|crypto)\/|^arch\/[^/]+\/mm\/(?:cache|copypage|clear_page|flush|proc)[\w-]*\.S|^include\/linux\/(?:string|fortify-string|bitmap|find|cpumask|nodemask|hash|jhash|math64|siphash|xxhash|unaligned\S*)\w*\.h|^include\/(?:crypto|asm-generic)\//,
  ],
  [
    'usercopy',
    /^lib\/(?:usercopy|strn\w+_user)\.c|^include\/linux\/(?:uaccess|thread_info|ucopysize)\.h|^arch\/[^/]+\/include\/asm\/(?:uaccess|word-at-a-time|checksum)\w*\.h/,
  ],
  [
    'container',
    /^lib\/(?:xarray|radix-tree|idr|rhashtable|maple_tree|btree|assoc_array|interval_tree|generic-radix-tree|objagg|parman|sbitmap|scatterlist|sg_\w+|kfifo|flex_proportions|seq_buf|cpu_rmap|error-inject|irq_poll|dim\/\S*|dynamic_queue_limits|digsig|nlattr|net_utils|once|rcuref|glob|iomap\w*|iommu-helper|logic_\w+|lru_cache|group_cpus|earlycpio|cmdline|argv_split|base64)\.c/,
  ],
  [
    'container',
    /^include\/linux\/(?:xarray|radix-tree|idr|rhashtable\S*|maple_tree|scatterlist|sbitmap|kfifo|interval_tree\w*|generic-radix-tree|assoc_array\w*|seq_file|seq_buf|bvec|uio)\.h/,
  ],
  // layers that were handed an object: who handed it is to blame
  [
    'device-core',
    /^drivers\/base\/|^lib\/kobject\w*\.c|^fs\/sysfs\/|^fs\/kernfs\/(?!file)|^fs\/debugfs\/inode\.c|^fs\/proc\/(?:inode|generic|proc_net)\.c|^include\/linux\/(?:device|kobject|sysfs|kernfs|platform_device|devres)\S*\.h|^include\/linux\/device\//,
  ],
  [
    'device-core',
    /^drivers\/usb\/core\/|^include\/linux\/usb\S*\.h|^drivers\/(?:i2c\/i2c-core\S*|spi\/spi|clk\/clk|regulator\/core|pinctrl\/core|gpio\/gpiolib\w*|dma\/dmaengine|reset\/core|pwm\/core|phy\/phy-core|nvmem\/core|mailbox\/mailbox|of\/(?:base|property|address|irq|dynamic))\.c/,
  ],
  [
    'work',
    /^kernel\/(?:workqueue|kthread|task_work|irq_work|async|smpboot|notifier)\.c|^include\/linux\/(?:workqueue|kthread|timer|hrtimer|notifier)\.h/,
  ],
  // ciphers and hashes; the sockets of af_alg are a subsystem of their own
  ['helper', /^crypto\/(?!af_alg|algif_)/],
  // the page cache and inodes, handed over by their file system
  ['object', /^mm\/(?:filemap|truncate|readahead)\.c|^fs\/(?:inode|libfs|attr|seq_file)\.c|^include\/linux\/fs\.h/],
  // where a task that waits always is, and what looks in on CPUs: passed over only where the report is about waiting
  ['sched', /^kernel\/sched\/(?:wait\w*|swait|completion|clock)\.c|^kernel\/time\/sleep_timeout\.c/],
  ['rcu', /^kernel\/rcu\/(?:tree|tree_\w+|tiny|tasks|rcu|rcu_segcblist)\.[ch]/],
  [
    'stall',
    /^kernel\/(?:watchdog\w*|softirq|smp|hung_task|up|cpu_pm)\.c|^kernel\/irq\/|^kernel\/time\/(?:tick\S*|clockevents|timekeeping\w*|clocksource|sched_clock)\.c|^drivers\/(?:irqchip|clocksource)\//,
  ],
  // whatever else is written to be called by anybody, or inlined into its callers
  ['helper', /^lib\/|^include\/(?:linux|asm-generic|vdso)\/|^arch\/[^/]+\/include\//],
];

/** Where a name that the exceptions of src/signature fit is nevertheless somebody's own code. */
export const OWN =
  /^(?:drivers|sound|security|block|ipc|virt|io_uring)\/|^net\/(?!core\/)|^fs\/[^/]+\/|^arch\/[^/]+\/(?:kvm|platforms|mach-\w+|pci|net)\/|^kernel\/(?:bpf|trace|events|cgroup|power|livepatch)\//;

/** @returns the role of the functions of a file; undefined: code of its own; null: not looked at */
export function roleOf(path) {
  for (const [role, pattern] of PATHS) if (pattern.test(path)) return role === '' ? undefined : (role ?? null);
  return undefined;
}
