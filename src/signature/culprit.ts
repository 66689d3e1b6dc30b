import { copied } from '../../grammars/common/copied.ts';
import type { Frame, Stack } from '../event/event.ts';
import type { Machinery, Naming } from '../event/facts/draft.ts';
import { named } from '../event/symbols.ts';
import { bareSymbol } from './bare-symbol.ts';
import { DEFAULT_MACHINERY, EXCEPTIONS, ON_OWN_ACCOUNT } from './exceptions.ts';
import { roleInTree } from './roles/table.ts';

/** What is known of a function. */
interface Known {
  readonly kinds: ReadonlySet<Machinery>;
  /** Skipped where a report does not say otherwise. */
  readonly skipped: boolean;
}

const known = new Map<string, Known>();

/** The kinds of machinery that a symbol belongs to. */
export const machineryOf = (symbol: string): ReadonlySet<Machinery> => knownOf(symbol).kinds;

function knownOf(symbol: string): Known {
  const bare = bareSymbol(symbol);
  return known.get(bare) ?? learn(bare);
}

function learn(bare: string): Known {
  const role = ON_OWN_ACCOUNT.test(bare) ? 'own' : roleInTree(bare);
  const kinds = new Set<Machinery>(role === 'own' ? [] : EXCEPTIONS.filter((e) => e.pattern.test(bare)).map((e) => e.role));
  if (role !== undefined && role !== 'own') kinds.add(role);
  if (known.size > 20_000) known.clear();
  const learnt = { kinds, skipped: skips(DEFAULT_SKIP, kinds) };
  known.set(copied(bare), learnt);
  return learnt;
}

function skips(skip: ReadonlySet<Machinery>, kinds: ReadonlySet<Machinery>): boolean {
  for (const kind of kinds) if (skip.has(kind)) return true;
  return false;
}

/** The frames to look through when a report names none: where the CPU was, then its first trace. */
export function defaultFrames(at: Frame | undefined, stacks: readonly Stack[] | undefined): Frame[] {
  const first = stacks?.[0];
  const frames: Frame[] = at === undefined ? [] : [at];
  for (const stack of stacks ?? []) {
    if (stack.label === first?.label && stack.cpu === first?.cpu) for (const frame of stack.frames) frames.push(frame);
  }
  return frames;
}

const DEFAULT_SKIP: ReadonlySet<Machinery> = new Set(DEFAULT_MACHINERY);

function skippedFor({ skip, keep }: Naming): ReadonlySet<Machinery> {
  if (skip === undefined && keep === undefined) return DEFAULT_SKIP;
  const kinds = keep === 'all' ? [] : DEFAULT_MACHINERY.filter((kind) => !keep?.includes(kind));
  return new Set([...kinds, ...(skip ?? [])]);
}

/** Who is guilty, and why. */
export interface Culprit {
  readonly frame: Frame | undefined;
  /** In a few words: what was passed over on the way to it. */
  readonly why: string | undefined;
  /** The next best, most likely first: at most four. */
  readonly others: readonly Frame[];
}

/**
 * The guilty frame: the first reliable one with a name that is somebody's own code, as the roles of functions have it. Inlined callees are
 * named by symbolisers only and do not count. Where there is none: what was handed an object, then unreliable frames, then what merely acts.
 */
export function findCulprit(frames: readonly Frame[], naming: Naming): Culprit {
  const skip = skippedFor(naming);
  const isMachinery = ({ symbol = '' }: Frame): boolean => {
    const { kinds, skipped } = knownOf(symbol);
    return skip === DEFAULT_SKIP ? skipped : skips(skip, kinds);
  };
  // Offset 0 below the top is the function behind one that never returned (panic()), not the one that called.
  const candidates = frames.filter((f, i) => f.symbol !== undefined && f.inlined !== true && (i === 0 || f.offset !== 0) && !isBeyond(f));
  const reliable = candidates.filter((f) => f.reliable !== false);
  const own = reliable.filter((f) => !isMachinery(f));
  const found = registrant(own, reliable) ?? own[0];
  const first = layerUnder(found, reliable, isMachinery) ?? found;
  if (first !== undefined && !isEntry(first)) {
    const frame = naming.overflow ? deepest(own) : first;
    return {
      frame,
      why: naming.why ?? reasonFor(frame, candidates, naming),
      others: naming.others ?? [...nextBest(frame, own, reliable), ...behind(frame, frames), ...waitOf(naming)],
    };
  }
  const other = naming.beside?.find((f) => f.symbol !== undefined && f.reliable !== false && !isMachinery(f));
  if (other !== undefined && !isEntry(other)) return { frame: other, why: 'it took the locks the other way round', others: [] };
  const handed = reliable.find((f) => hasOnly(f, LAYERS));
  if (handed !== undefined) return { frame: handed, why: "no subsystem's own code is on the stack", others: [] };
  if (first !== undefined) return { frame: first, why: 'nothing but the start of a thread is on the stack', others: [] };
  const unsure = candidates.find((f) => f.reliable === false && !isMachinery(f));
  if (unsure !== undefined) return { frame: unsure, why: 'the unwinder is not sure of this frame, and there is no better', others: [] };
  const acting = reliable.find((f) => hasOnly(f, ACTING));
  return { frame: acting, why: acting === undefined ? undefined : "no caller's frame is on the stack", others: [] };
}

/**
 * The innermost layer on the stack, where what called the layers only passes calls on (a system call, a page fault): it handed them no
 * object of its own, so what they tripped over is theirs.
 */
function layerUnder(found: Frame | undefined, reliable: readonly Frame[], isMachinery: (frame: Frame) => boolean): Frame | undefined {
  if (found?.symbol === undefined || !PASSES_ON.test(bareSymbol(found.symbol))) return undefined;
  return reliable.slice(0, reliable.indexOf(found)).find((f) => isMachinery(f) && hasOnly(f, CALLED));
}
/** What was handed an object, as against helpers and containers. */
const HANDED: ReadonlySet<string> = new Set(['device-core', 'object']);
/** What a file or a mapping may have for its calls: a cipher as well, whose socket only passes them on. */
const CALLED: ReadonlySet<string> = new Set([...HANDED, 'helper']);
/** Calls whatever a file or a mapping has for it. */
const PASSES_ON = named(
  String.raw`_*(?:x64|ia32|arm64|s390x?|riscv|se|do)_sys_\w+|SyS_\w+|SYSC_\w+|ksys_\w+`,
  String.raw`vfs_(?:read|write|readv|writev|iter_read|iter_write|ioctl|fsync_range|fallocate)|iterate_dir|do_writepages|new_sync_(?:read|write)|do_iter_(?:read|write|readv_writev)\w*|__fput`,
  'do_vfs_ioctl|legacy_get_tree|vfs_get_tree|mount_fs',
  String.raw`_*handle_mm_fault|handle_pte_fault|_*do_(?:fault|read_fault|cow_fault|shared_fault|fault_around|pte_missing|wp_page)`,
);

/**
 * A driver that its bus binds or unbinds, or a module's start or end, that tells a subsystem so: what the subsystem then trips over is
 * what the driver handed it. Where the subsystem's function itself complains or faults, it stands innermost and is named.
 */
function registrant([registry, driver]: readonly Frame[], reliable: readonly Frame[]): Frame | undefined {
  if (registry === undefined || driver === undefined || registry === reliable[0] || !REGISTRY.test(registry.symbol ?? '')) return undefined;
  const at = reliable.indexOf(driver);
  const caller = reliable[at + 1];
  if (caller?.symbol === undefined || reliable[at - 1] !== registry || partOf(registry) === partOf(driver)) return undefined;
  const bus = BINDS.test(bareSymbol(caller.symbol)) && partOf(caller) !== partOf(driver);
  return bus || machineryOf(caller.symbol).has('device-core') ? driver : undefined;
}
const REGISTRY = /(?:^|_)(?:un|de)?register(?:_|$)/;
/** `pci_device_remove`, `virtio_dev_probe`, and what calls a module's own start and end. */
const BINDS = /_(?:probe|remove|unbind)(?:_|$)|^do_one_initcall$|sys_delete_module$/;
/** `hso_probe` and `hso_unregister` are of one driver, `tty_unregister_device` is not. */
const partOf = ({ symbol }: Frame): string | undefined => /[a-z0-9]+/i.exec(symbol ?? '')?.[0];

const isEntry = (frame: Frame): boolean => machineryOf(frame.symbol ?? '').has('entry');
function hasOnly(frame: Frame, roles: ReadonlySet<string>): boolean {
  for (const role of machineryOf(frame.symbol ?? '')) if (!roles.has(role)) return false;
  return true;
}

/** Why this frame: what stands directly above it, and what that does for its caller. */
function reasonFor(frame: Frame | undefined, frames: readonly Frame[], naming: Naming): string | undefined {
  if (frame === undefined) return undefined;
  if (naming.overflow) return 'it recurs, or is the operation that ran the stack out';
  const at = frames.indexOf(frame);
  const above = frames.slice(0, at).findLast((f) => f.reliable !== false);
  if (above?.symbol === undefined) return 'the innermost frame';
  const role = [...machineryOf(above.symbol)][0];
  return `${bareSymbol(above.symbol)} above it ${(role && WORDS[role]) ?? 'is passed over'}`;
}

/** The next frames of subsystems' own code, what was passed over last though it may be more than a helper, and the innermost layer. */
function nextBest(frame: Frame | undefined, own: readonly Frame[], reliable: readonly Frame[]): Frame[] {
  if (frame === undefined) return [];
  const outer = own.slice(own.indexOf(frame) + 1).filter((f) => f.symbol !== frame.symbol && !isEntry(f));
  const above = reliable.slice(0, reliable.indexOf(frame));
  const last = above.findLast((f) => hasOnly(f, PASSED));
  const first = above.find((f) => hasOnly(f, HANDED));
  const passed = first === undefined || first === last ? [] : [first];
  return [...outer.slice(0, 1), ...(last === undefined ? [] : [last]), ...outer.slice(1, 2), ...passed];
}

/** The function behind a call above that never returned: other readers of stacks take it for the caller. */
function behind(frame: Frame | undefined, frames: readonly Frame[]): Frame[] {
  const at = frame === undefined ? -1 : frames.indexOf(frame);
  const before = at < 2 ? undefined : frames[at - 1];
  return before?.offset === 0 && before.symbol !== undefined && before.reliable !== false ? [before] : [];
}

const waitOf = ({ called }: Naming): readonly Frame[] =>
  called?.symbol !== undefined && machineryOf(called.symbol).size === 0 ? [called] : [];

/** Generic layers that carry out what their caller asked for on the object that it handed them. */
const LAYERS: ReadonlySet<string> = new Set(['container', 'helper', 'device-core', 'work', 'object']);
/** What acts for its caller, or checks what its caller does. */
const ACTING: ReadonlySet<string> = new Set([
  ...LAYERS,
  'sanitizer',
  'allocator',
  'lock',
  'list',
  'refcount',
  'string',
  'usercopy',
  'page',
  'slab',
]);
/** Passed over for the code that called it; a bug of its own would show there as well. */
const PASSED: ReadonlySet<string> = new Set([...LAYERS, 'allocator', 'page', 'usercopy']);

/** What a frame above the guilty one did, by its role. */
const WORDS: Readonly<Partial<Record<Machinery, string>>> = {
  sanitizer: 'checks memory for it',
  debugobjects: 'checks its objects',
  dump: 'prints the stack',
  warn: 'reports',
  panic: 'stops the machine',
  die: 'reports the fault',
  printk: 'prints',
  trap: 'is how the CPU enters the kernel on a fault',
  allocator: 'allocates or frees for it',
  slab: 'checks what it frees',
  page: 'frees or checks its pages',
  lock: 'takes or drops a lock for it',
  locking: 'takes or drops a lock for it',
  list: 'changes a list for it',
  refcount: 'counts or changes bits for it',
  string: 'copies or computes for it',
  usercopy: 'copies to or from a program for it',
  container: 'keeps its data',
  helper: 'is a helper of the library',
  'device-core': 'was handed its object',
  work: 'was handed its work or timer',
  object: 'was handed its inode or mapping',
  sched: 'waits for it',
  rcu: 'waits for a grace period for it',
  stall: 'reports the stall',
};

/** `sym+0x47d0/0x7d0`: the address only lies somewhere behind the symbol. */
const isBeyond = (f: Frame): boolean => typeof f.offset === 'number' && typeof f.size === 'number' && f.offset > f.size;

/** Entry points of operations: what a deep stack was about. Scanned from the innermost. */
const OPERATION = named(
  // system calls
  String.raw`__(?:x64|ia32|arm64|s390x?|riscv|se|do)_(?:compat_)?sys_\w+|SyS_\w+|SYSC_\w+|sys_\w+`,
  // what files, sockets and links do, each by its own function
  String.raw`(?!do_)\w*_(?:ioctl|mmap|write_iter|read_iter|release)`,
  String.raw`(?!do_)\w*_(?:setsockopt|getsockopt|sendmsg|recvmsg|bind|connect|listen|newlink|dellink|setlink)`,
  // work
  String.raw`wb_workfn|(?!do_)\w*_workfn`,
);

/**
 * What ran the stack out: a function that calls itself where the stack ended; else the operation below, as where it ended is chance; else
 * a function that recurs further out.
 */
function deepest(guilty: readonly Frame[]): Frame | undefined {
  const times = new Map<string | undefined, number>();
  for (const { symbol } of guilty) times.set(symbol, (times.get(symbol) ?? 0) + 1);
  const recurs = ({ symbol }: Frame): boolean => (times.get(symbol) ?? 0) >= 3;
  const first = guilty[0];
  if (first === undefined || recurs(first)) return first;
  return guilty.find(({ symbol = '' }) => OPERATION.test(bareSymbol(symbol))) ?? guilty.find(recurs) ?? first;
}
