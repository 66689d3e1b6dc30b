import type { Format } from './formats.ts';

/** What is deliberately not recognised, and why. A rule is about the call, its function, its file or the kind of message. */
const IGNORED: readonly (readonly [reason: string, test: (format: Format) => boolean])[] = [
  [
    'for those who debug the code itself',
    ({ level, conditions, text }) => level === 'debug' || conditions.some(isDebugging) || VERBOSE.test(text),
  ],
  ['said while the kernel starts, about its own set-up', ({ place }) => /__init\b|__init_\w+\b|__meminit\b|__cpuinit\b/.test(place.head)],
  ['the level says that nothing is wrong', ({ level }) => level === 'info' || level === 'notice'],
  [
    'answers a control file, a parameter or a system call: who asked gets an error',
    ({ place, file }) => CONTROL.test(place.name) || /^mm\/nommu/.test(file),
  ],
  ['answers kexec_load(): who asked gets an error', ({ place }) => KEXEC.test(place.name)],
  [
    'a program or a setting uses what is going to be removed',
    ({ format }) => /deprecated|obsolete|removal|will go away|near future/i.test(format),
  ],
  [
    'a self test or torture test of the kernel',
    ({ place, conditions }) => /self_?test|torture/i.test(place.name) || conditions.some((c) => /SELF_?TEST/.test(c)),
  ],
  [
    'a resource was refused: the caller gets an error, and a failed allocation has a report of its own',
    ({ format, file }) => isCore(file) && REFUSED.test(format),
  ],
  ['a setting, device or request is not taken as it was given', ({ format, file }) => isCore(file) && NOT_TAKEN.test(format)],
  ['advice: the kernel works, perhaps slower', ({ format, file }) => isCore(file) && ADVICE.test(format)],
  ["tells of a taint, which every report's header tells again", ({ format }) => TAINT.test(format)],
  ['a program did what it may not do, and was told so by a signal', ({ format }) => PROGRAM.test(format)],
  ['the leak detector about itself', ({ file, level }) => file === 'mm/kmemleak.c' && level === 'warn'],
  ['shows what was asked for: any text at all', ({ text }) => /^(?:xyz)+[0-9a-f]*$/.test(text.trim())],
];

/** What a driver cannot do is often the trouble itself. */
const isCore = (file: string): boolean => !/^(?:drivers|net|block|fs\/[^/]+\/)/.test(file);
/** Functions behind sysfs, procfs, sysctl, parameters, swapon() and mounts. */
const CONTROL = new RegExp(
  [
    String.raw`(?:_store|_write|_sysctl|_param|_setup|_cmdline|_handler)$`,
    String.raw`^(?:param_|proc_|setup_|parse_|__parse_)\w+`,
    String.raw`^(?:swapon|read_swap_header|swap_cluster_setup_bad_slot|setup_swap_\w+|freeze_super|thaw_super\w*|vfs_get_tree)$`,
    String.raw`^(?:tracing_set_\w+|trace_parse_\w+|__symbol_get|arm_syscall|arch_(?:un)?register_cpu|safe_usermode)$`,
  ].join('|'),
);
const KEXEC =
  /^(?:crash_load_segments|arch_crash_\w+|machine_kexec_(?:prepare|load)|kexec_\w+|arch_kexec_\w+|map_efi_systab|sanity_check_segment_list|kimage_\w+)$/;
const REFUSED = new RegExp(
  String.raw`\b(?:[Uu]nable to|[Ff]ailed to|[Cc]ould not|[Cc]ouldn't|[Cc]an ?not|[Cc]an't|Interrupted when|Error) ` +
    String.raw`(?:(?:de|re|re-)?(?:alloc|creat|regist|request|add|attach|start|set ?up|init|insert|reserve|find)\w*)|allocation (?:of|failed)|failed with error|failed for`,
);
const NOT_TAKEN = new RegExp(
  [
    String.raw`\b(?:[Ii]gnor(?:ed|ing)|[Uu]nsupported|unknown\. skipped|not (?:supported|allowed|implemented|available|compatible)|isn't supported)\b`,
    String.raw`\b(?:out of range|must use|multiple arena|not on the command line|[Oo]verrid(?:den|ing)|disabled due to|blacklisted|invalid option|Not compatible)\b`,
  ].join('|'),
);
const ADVICE = new RegExp(
  [
    'consider |[Ii]ncrease |performance impact|please (?:compile|evaluate|report)|Please (?:report|evaluate|upgrade)|submit a report|hogged CPU',
    'LIMIT|skipping incompatible|suspiciously returned|has both|does not implement|not updated to|used emulated|per-cpu alignment|zero slice',
    'being used\\. Allocating|DEBUG kernel|unsafe for production|NOTICE NOTICE|is marked as UNUSED|no longer affine|Overriding affinity|BIOS bug|Stale I[SR]R',
    'name exceeds|uses trigger mode|did not update eff|fixing up|Fixing up to|re-enabled by firmware|Inconsistent .* siblings|Spectre|[Ee]mulat\\w+ failed|limit of|Keeping one slot',
  ].join('|'),
);
const PROGRAM =
  /pretending it's a NOP|[Uu]nrecognized (?:altivec|spe) instruction|fetch the user instruction|vm86|Page fault in user mode with/;
const TAINT = /taint|license|quality is unknown|not compiled with retpoline|non-GPL/i;
/** lockdep with its verbose classes, unwinders that dump what they met. */
const VERBOSE =
  /^\n?(?:new class|hash chain already|new hash chain|marked lock as|acquire class|unwind stack type)|^\n(?:new|hash|marked|acquire)/;
const isDebugging = (condition: string): boolean =>
  /^(?:0|DEBUG|\w+_DEBUG|DEBUG_\w+|VERBOSE_?\w*)$|defined\((?!CONFIG)\w*DEBUG\w*\)/.test(condition) && !condition.startsWith('CONFIG');

/** Why a message is deliberately not recognised; undefined where it is not. */
export const ignored = (format: Format): string | undefined => IGNORED.find(([, test]) => test(format))?.[0];
