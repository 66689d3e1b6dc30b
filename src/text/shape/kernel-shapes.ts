/**
 * What only a kernel prints, by form, where no prefix says that it did. A report's first line is known to the report stage; here it is
 * enough that a line cannot be anything else, so that the lines around it are looked at as a kernel's.
 */
const STRONG: readonly RegExp[] = [
  // a frame: symbol+0x1f/0x30, with whatever stands before it
  /^[ \t]*(?:\[?<?[\da-f]{8,16}>?\]?:? )?(?:\(?\?\)? ?|<EOI> ?|<IRQ> ?)?[\w.$]{2,200}\+0x[\da-f]+\/0x[\da-f]+/,
  /^[ \t]*(?:\([\da-f]{8}\) )?\[<[\da-f]{8,16}>\]/,
  // arm before 5.16 and since, mips, sparc
  /^[ \t]*(?:#\d+ )?[\w.]+ from [\w.]+\+0x[\da-f]+\/0x[\da-f]+/,
  /^(?:TPC|RPC|pc|lr|ra|epc|NIP|LR|PC is at|LR is at|EIP|RIP|ip|sp|psw|PC|SP|IP)\b ?:? ?(?:\d{4}:)?[[<(]?[\w.]+(?:\+0x|[\]>)])/,
  // two registers on a line, or one whose value has all its digits
  /^[ \t]*\$?[A-Za-z]{1,4} ?\d{0,2} *: (?:0x)?[\da-f]{8,16} +\$?[A-Za-z]{1,4} ?\d{0,2} *: (?:0x)?[\da-f]{8,16}/,
  /^[ \t]*(?:R[A-Z]{2}|E[A-Z]{2}|[rx]\d{1,2}|[CD]R\d|GPR\d\d|[gols]\d|a\d|t\d|BadVA|epc|Krnl (?:PSW|GPRS)) *: *[\da-f]{8,16}\b/,
  /^\$ ?\d{1,2} *: [\da-f]{8,16} [\da-f]{8,16}/,
  /^[ \t]*(?:Krnl )?Code: ?[<([]?[\da-f]{2,8}[>)\]]? /,
  /^(?:CPU|Pid): \d+(?:,| (?:UID: \d+ )?PID: \d+) [Cc]omm: /,
  /^(?:Call [Tt]race|Backtrace|Stack|Trace|Mem-Info|Mem abort info|Instruction DUMP|Register dump|Krnl Code):/,
  /^(?:Modules linked in|Hardware name|Tainted|Workqueue|pstate|Internal error|Oops|Krnl PSW|BadVA|PrId|Mem abort info) ?(?:\[#\d+\])?: ?/,
  /^(?:---\[ end |-{4,}\[ cut here \]-{4,}|={4,}$|Linux version \d+\.\d|Kernel command line: |Rebooting in \d+ sec)/,
  /^[ \t]{0,8}(?:Kernel panic - not syncing|(?:kernel|Kernel|KERNEL) (?:panic|Panic|PANIC) ?[-:]{0,3} ?(?:not syncing|NOT SYNCING))/,
  /^[ \t]{0,8}(?:-{0,3}\[ ?)?end Kernel panic - not syncing|^Uhhuh\. NMI received for|^Dazed and confused, but trying to continue/,
  /^(?:[\w-]+: )?(?:BUG: \w|Oops: |WARNING: (?:CPU: \d|[\w./-]+:\d+ at |possible |suspicious |bad |inconsistent |lock )|UBSAN: )/,
  /^INFO: (?:task \S+:\d+ blocked|rcu_|possible |suspicious |trying to register|lockdep |SLUB |Slab 0x|Object 0x|NMI handler)/,
  /^(?:CPU \d+ )?Unable to handle kernel |^general protection fault|^(?:invalid opcode|divide error|specification exception): /,
  /^kernel BUG at [\w./-]+:\d+|^watchdog: BUG: |^NMI watchdog: |^rcu: INFO: |^Out of memory: Kill|^Memory cgroup out of memory: /,
  /^\S{1,40} invoked oom-killer: |^oom-kill:constraint=|^oom_reaper: |^Killed process \d+ \(|^Free swap|^Node \d+ \w+ free:\d+kB/,
  /^\S{1,40}: page allocation (?:failure|stall)|^[\w-]+: (?:Killing '|I\/O error, dev )/,
  // file systems and devices that name themselves as nothing else does
  /^(?:EXT[234]-fs|XFS|BTRFS|F2FS-fs|JBD2|FAT-fs|NILFS|GFS2|ocfs2|SQUASHFS|UBIFS)\b[ :(]/,
  /^(?:Buffer I\/O error on dev|blk_update_request: |end_request: |print_req_error: )/,
  /^(?:ata\d+(?:\.\d\d)?|nvme\d+\w*|sd \d+:\d+:\d+:\d+|scsi (?:host)?\d+|usb \d+-[\d.]+|mmc\d+|pci \w{4}:\w\w:|pcieport \w{4}:): /,
  /^(?:nvme nvme\d+|sd \d+:\d+:\d+:\d+|usb \d+-[\d.]+|[\w-]+ [\da-f]{4}:[\da-f]{2}:[\da-f]{2}\.\d(?: [\w.@-]+)?): /,
  /^(?:device-mapper|md\/raid\d*:md\d+|bond\d+|br-?\w+|docker0|veth\w+|wlan\d|eth\d|en[ops]\w+|loop\d+|zram\d+|hub \d+-[\w.-]+:[\d.]+): [a-z(]/,
  /^(?:printk|clocksource|smpboot|x86\/\w+|e820|BIOS-e820|NVRM|IPVS|nf_conntrack|Bluetooth|perf|tsc|iommu|PM|PCI-DMA|EFI|efi|NUMA|SLUB|rcu): /,
  /^\[drm(?::\w+)?\] |^\w[\w.-]*\[\d+\]: segfault at |^traps: \S+\[\d+\]|^input: .* as \/devices\/|^Memory: \d+K\/\d+K available/,
  /^(?:ACPI|EDAC|PCI|DMAR|IPv6|NET|audit|random): |^\[Hardware Error\]: |^mce: |^\{\d+\}\[Hardware Error\]: /,
];

/** What kernels print on nearly every line, and others as well: `subject: text`, `driver 0000:00:1f.2: text`; what systemd says through it. */
const WEAK = /^systemd\[1\]: |^[A-Za-z][\w./-]{1,39}(?: [\w.:@#/-]{1,40}){0,2}(?: \([^)]{1,40}\))?: \S/;

/** A line that only a kernel prints. */
export const isKernelShape = (text: string): boolean => ANY.test(text);

const ANY = new RegExp(STRONG.map(({ source }) => source).join('|'));

/** A line as kernels print them, which says little for itself. */
export const looksLikeKernel = (text: string): boolean => WEAK.test(text);

/** Words of reports, wherever they stand. */
const MENTIONED =
  /\b(?:BUG: |Oops\b|Kernel panic|kernel BUG at|Call [Tt]race|oom-killer|Out of memory|soft lockup|blocked for more than)|\+0x[\da-f]+\/0x/;

/** Whether a line that is nobody's speaks of what a kernel reports. */
export const mentionsKernel = (text: string): boolean => MENTIONED.test(text);
