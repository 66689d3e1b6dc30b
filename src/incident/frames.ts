import type { Event, Frame } from '../event/event.ts';
import { beginning } from '../event/symbols.ts';
import { bareSymbol } from '../signature/bare-symbol.ts';
import { machineryOf } from '../signature/culprit.ts';
import { both, type Shared } from './shared.ts';

/** Two stacks may share fewer functions by chance. */
const ENOUGH = 2;

/** Ways into the kernel and through its generic layers, which two unrelated stacks share. */
const GENERIC = beginning(
  // system calls: the architectures' wrappers, and what calls them
  '_*(?:x64|ia32|arm64|s390x?|riscv|se|do)?_?sys_|__do_sys_|ksys_|do_sys|syscall_|invoke_syscall|entry_',
  // exceptions, interrupts and page faults
  'el[01]|asm_|exc_|common_|handle_mm|do_user_addr|do_(?:page_)?fault|exit_to_user',
  // softirqs
  'run_ksoftirqd|__do_softirq|handle_softirqs|irq_exit',
  // where threads, idle tasks and the kernel itself begin
  'kthread|ret_from_|worker_thread|process_(?:one|scheduled)|smpboot_thread',
  'cpu_startup|do_idle|default_idle|start_secondary|secondary_|rest_init|start_kernel|x86_64_start',
  // where they end
  'do_exit|do_group_exit|make_task_dead|get_signal',
  // files of any file system
  'vfs_|do_iter|new_sync_|do_sync_|proc_reg_|call_(?:read|write)_iter|path_openat|do_filp_open|filemap_|generic_',
);

/** A wait for a lock that sleeps or spins. */
const LOCK_WAIT = beginning(
  // kernel/locking: mutexes, rw-semaphores, semaphores, locks of PREEMPT_RT
  '_*mutex_lock|__ww_mutex|rwsem_down|rwbase_|down(?:_|$)|__down|__rwsem|rt_mutex|rtlock|percpu_down|__percpu',
  // spinlocks
  String.raw`_raw_\w*lock|queued_\w*lock|native_queued|__pv_queued|do_raw_spin|arch_spin|osq_lock`,
  // sockets, folios and buffers
  'lock_sock|__lock_sock|folio_lock|__folio_lock|lock_page|__lock_page|lock_buffer|__lock_buffer',
);

/** A frame and its place in the event: in a stack, else `at`. */
interface Place {
  readonly frame: Frame;
  readonly stack?: number;
  readonly index?: number;
}

const pathOf = ({ stack, index }: Place): string => (stack === undefined ? 'at' : `stacks.${stack}.frames.${index}`);

/** All frames that the kernel was sure of. */
function* reliableFrames({ at, stacks = [] }: Event): Generator<Place> {
  if (at !== undefined) yield { frame: at };
  for (const [stack, { frames }] of stacks.entries())
    for (const [index, frame] of frames.entries()) if (frame.reliable !== false) yield { frame, stack, index };
}

/** Modules whose code was running, each with its path; empty for built-in code. */
function modulesOf(event: Event): Map<string, string> {
  const names = new Map<string, string>();
  for (const place of reliableFrames(event)) {
    const { module } = place.frame;
    if (module !== undefined && !names.has(module)) names.set(module, pathOf(place));
  }
  const blamed = event.culprit?.module;
  if (blamed !== undefined && !names.has(blamed)) names.set(blamed, 'culprit');
  return names;
}

/** Functions that show what was going on, without machinery and ways in, each with its place. */
function ownFunctions(event: Event): Map<string, Place> {
  const names = new Map<string, Place>();
  for (const place of reliableFrames(event)) {
    const { symbol } = place.frame;
    const name = symbol === undefined ? undefined : bareSymbol(symbol);
    if (name === undefined || names.has(name)) continue;
    if (!GENERIC.test(name) && !LOCK_WAIT.test(name) && machineryOf(name).size === 0) names.set(name, place);
  }
  return names;
}

/** The function that is to blame, without compiler suffixes. */
export const culpritOf = (event: Event): string | undefined =>
  event.culprit?.symbol === undefined ? undefined : bareSymbol(event.culprit.symbol);

/** Whether the two blame one function of one module. */
export const sameCulprit = (a: Event, b: Event): Shared | undefined =>
  culpritOf(a) !== undefined && culpritOf(a) === culpritOf(b) && a.culprit?.module === b.culprit?.module ? both('culprit') : undefined;

/** Where the function that one blames stands in the other's stack. */
export function onOnePath(a: Event, b: Event): Shared | undefined {
  const placeOf = (blamed: string | undefined, other: Event): Place | undefined =>
    blamed === undefined || GENERIC.test(blamed) ? undefined : ownFunctions(other).get(blamed);
  const inB = placeOf(culpritOf(a), b);
  if (inB !== undefined) return { from: ['culprit'], to: [pathOf(inB)] };
  const inA = placeOf(culpritOf(b), a);
  return inA === undefined ? undefined : { from: [pathOf(inA)], to: ['culprit'] };
}

/** The functions that both stacks show, where there are at least two. */
export function sharesFunctions(a: Event, b: Event): Shared | undefined {
  const theirs = ownFunctions(b);
  const from: string[] = [];
  const to: string[] = [];
  for (const [name, place] of ownFunctions(a)) {
    const other = theirs.get(name);
    if (other === undefined) continue;
    from.push(pathOf(place));
    to.push(pathOf(other));
    if (from.length === ENOUGH) return { from, to };
  }
  return undefined;
}

/** Whether code of one module was running in both. */
export function sharesModule(a: Event, b: Event): Shared | undefined {
  const theirs = modulesOf(b);
  if (theirs.size === 0) return undefined;
  for (const [name, path] of modulesOf(a)) {
    const other = theirs.get(name);
    if (other !== undefined) return { from: [path], to: [other] };
  }
  return undefined;
}

/** The first reliable frame of a function that matches the pattern, by its path. */
export function frameIn(event: Event, pattern: RegExp): string | undefined {
  for (const place of reliableFrames(event)) if (place.frame.symbol !== undefined && pattern.test(place.frame.symbol)) return pathOf(place);
  return undefined;
}

/** Where the task or CPU waits for a lock. */
export const waitsForLock = (event: Event): string | undefined => frameIn(event, LOCK_WAIT);
