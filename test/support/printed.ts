// Whether the text of some records says a value of an event: as it is printed, or in the words that it is translated from.
import { rustName } from '../../grammars/call-trace/rust-name.ts';

type Value = string | number | boolean;

/** A path without its numbers: `stacks.*.frames.*.symbol`. */
const shapeOf = (path: string): string => path.replace(/\.\d+(?=\.|$)/g, '.*');

/** A number in which the CPU says what was done and why it failed. */
const CODE = /error_code\(|\bOops\b|\bESR\b|\bTRAP:|\bcause: |\berror [0-9a-f]+\b/;

/** What the kernel prints for a value that we call otherwise: by the path or its end, then the value; `''` any value. */
const WORDS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  // a mark, or that it is missing
  reliable: { true: /^(?![^\n]*(?:\? |\(unreliable\)))/m, false: /\?(?: |$)|\(unreliable\)|^ *\(\[</m },
  inlined: { true: /\(inlined\)|\[inline\]/ },
  // SysRq f asks for no block
  sysrq: { true: /order=-1/ },
  context: {
    task: /<(?:TASK|EOI|EOE)>|<\/\w+>/,
    irq: /<IRQ>/,
    softirq: /<SOFTIRQ>/,
    nmi: /<NMI>/,
    exception: /<[#A-Z_]+>/,
  },
  // print_circular_bug_header(), print_usage_bug() and their like
  // print_cpu_stall_info(): `RCU GP kthread last ran on offline CPU 2`
  label: { 'where RCU GP kthread last ran': /RCU GP kthread last ran/ },
  role: {
    wanted: /is trying to |is freeing memory|takes:|just changed the state/,
    held: /\bhold|is freeing memory|this lock (?:took|was taken)|no more locks|^ *#\d+: /m,
    chain: /-> #\d/,
  },
  globalOom: { true: /global_oom/ },
  allUnreclaimable: { true: /all_unreclaimable\? yes/, false: /all_unreclaimable\? no/ },
  unable: { true: /unable to reap/ },
  sharesMemory: { true: /sharing same memory/ },
  ioWait: { true: /blocked in I\/O wait/ },
  frozen: { true: /\bfrozen\b/, false: /: exception (?![^\n]*\bfrozen\b)/ },
  locksShown: { true: /Showing all locks/ },
  unstuck: { true: /\bunstuck\b|CSD lock[^\n]*released the lock/ },
  ended: { true: /[Ss]tall ended/ },
  // the words of the details for what the head of an RCU stall says
  type: { detected: /detected stalls? on CPUs/, tasks: /on tasks:/ },
  oomKillAllocatingTask: { true: /oom_kill_allocating_task/ },
  what: { reclaim: /task failed order:/, vmap: /vmalloc|vmap/, slab: /SLU?B: Unable to allocate/ },
  'fault.access': { execute: new RegExp(`instruction fetch|${CODE.source}`), '': CODE },
  'fault.address': { '0x0': /\(null\)/ },
  address: { '0x0': /\(null\)/ },
  ip: { '0x0': /\(null\)/ },
  'fault.cause': { 'use-after-free': /use after free/, '': CODE },
  // functions that are one place under several names (event/stall/symbols.ts ALIASES)
  'culprit.symbol': { synchronize_rcu: /synchronize_s?rcu|synchronize_sched/, smp_call_function: /smp_call_function_/ },
  // the mask, where the release has no names beside it (before 4.7)
  'gfpFlags.*': { '': /(?:gfp_mask=|gfp=|mode:)0x/ },
};

/** What stands between the parts of a value, and what is put there before the value is sought in the text. */
const MARKS: Readonly<Record<string, readonly [mark: RegExp, instead: string]>> = {
  // the instruction that faulted
  'code.bytes': [/[<>()]/g, ''],
  // `[0x05:0x00.0]` of Intel's IOMMU, 5.15–6.0
  'details.device': [/0x/g, ''],
  // `    [20] Unsupported Request    (First)`
  'details.error': [/\[ *\d+\] */g, ''],
  // `node=(null)`
  'details.flags.*': [/[()]/g, ''],
  // `ata7.00`, `do_IRQ: 1.55`
  'details.link': [/\./g, ' '],
  'details.vector': [/\./g, ' '],
  // `kubepods-burstable-pod9f3c1d70_….slice`
  'oom.cgroup.pod': [/_/g, '-'],
};

/** Lists that the kernel prints with ranges. */
const LISTED = /^details\.\w*cpus\.\*$/;

/** Numbers that the kernel prints in hex without saying so. */
const HEX = /^details\.(?:preemptCount|vector)$/;

/** Numbers that the kernel prints in another unit: what the value is multiplied by. */
const UNITS: Readonly<Record<string, readonly number[]>> = { seconds: [1000, 1e9], pgtablesKb: [1024] };

/** @param path where the value stands in the event */
export function isPrinted(path: string, value: Value, text: string): boolean {
  const shape = shapeOf(path);
  const last = shape.slice(shape.lastIndexOf('.', shape.endsWith('.*') ? shape.length - 3 : undefined) + 1);
  const words = own(WORDS, shape) ?? own(WORDS, last);
  if (words !== undefined && (own(words, `${value}`) ?? words[''])?.test(text)) return true;
  if (typeof value === 'boolean') return false;
  const marks = own(MARKS, shape);
  const shown = marks === undefined ? text : `${text.replace(...marks)} ${text}`;
  // what is said of a number that none of ours holds: which, in our words, and its digits
  if (shape === 'oom.doubts.*') return shown.includes(`${value}`.split(': ').at(-1) ?? '');
  if (LISTED.test(shape) && isInRange(Number(value), shown)) return true;
  if (HEX.test(shape) && hasHex(`0x${Number(value).toString(16)}`, text)) return true;
  if (shape === 'details.device' && hasRequester(`${value}`, text)) return true;
  if (typeof value === 'number')
    return [1, ...(own(UNITS, last) ?? [])].some((factor) => hasNumber(value * factor, shown)) || hasSize(value, shown);
  // the stack of a task's dump goes by the task's name; `CPU1:` of sysrq l
  const name = last === 'label' ? value.replace(/^task /, '').replace(/^CPU (?=\d+$)/, 'CPU') : value;
  return isHex(value) ? hasHex(value, shown) : plain(shown).includes(plain(name)) || isRust(value, shown);
}

/** A log may call something `constructor`. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

/** A function of Rust is printed under its mangled name. */
const isRust = (value: string, text: string): boolean =>
  text.split(/[\s+]/).some((word) => word.startsWith('_R') && rustName(word) === value);

/** Blanks and case are the only freedom that a text has. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/: /g, ':').replace(/ ?, ?/g, ',').trim().toLowerCase();

const isHex = (value: string): boolean => /^0x[0-9a-f]+$/.test(value);

/** With or without `0x` and leading zeros. */
const hasHex = (value: string, text: string): boolean =>
  new RegExp(`(?<![0-9a-f])0*${value.replace(/^0x0*(?=.)/, '')}(?![0-9a-f])`, 'i').test(text.replace(/0x/gi, ' '));

const SIZES: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** `1.40 GiB`: three digits of the bytes, as string_get_size() prints them. */
const hasSize = (bytes: number, text: string): boolean =>
  [...text.matchAll(/([\d.]+) ([KMG]iB)/g)].some(
    ([, size, unit]) => Math.abs(bytes / (Number(size) * (SIZES[unit ?? ''] ?? 0)) - 1) < 0.01,
  );

/** AER's `id=00e4` for 0000:00:1c.4, until 4.17. */
function hasRequester(pciFunction: string, text: string): boolean {
  const [, bus = '', device = '', fn = ''] = /^0000:(\w\w):(\w\w)\.(\d)$/.exec(pciFunction) ?? [];
  const id = Number.parseInt(bus, 16) * 256 + Number.parseInt(device, 16) * 8 + Number(fn);
  return text.includes(`id=${id.toString(16).padStart(4, '0')}`);
}

/** `4-7` */
const isInRange = (value: number, text: string): boolean =>
  [...text.matchAll(/(?<![\w.])(\d+)-(\d+)(?![\w.])/g)].some(([, first, last]) => Number(first) <= value && value <= Number(last));

/** In decimal or in hex, with any leading zeros, or without the one before a point. */
function hasNumber(value: number, text: string): boolean {
  const digits =
    String(Math.abs(value))
      .replace(/^0(?=\.)/, '')
      .replace('.', String.raw`\.`) + (Number.isInteger(value) ? '' : '0*');
  const hex = Number.isInteger(value) ? `|0x0*${Math.abs(value).toString(16)}(?![0-9a-f])` : '';
  // more digits than a double holds
  if ((text.match(/\d+\.\d{15,}/g) ?? []).some((number) => Number(number) === Math.abs(value))) return true;
  return new RegExp(`(?<![0-9.])(?:0*${digits}(?:\\.0*)?(?![0-9])${hex})`, 'i').test(text);
}
