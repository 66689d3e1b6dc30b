import type { Event, Frame } from '../event/event.ts';
import { bareSymbol } from '../signature/bare-symbol.ts';
import { machineryOf } from '../signature/culprit.ts';

/** Ways into the kernel and through its generic layers: that two stacks share these says nothing. */
const GENERIC =
  /^(?:_*(?:x64|ia32|arm64|s390x?|riscv|se|do)?_?sys_|__do_sys_|ksys_|do_syscall|syscall_|invoke_syscall|el[01]|vfs_|do_iter|new_sync_|do_sync_|proc_reg_|call_(?:read|write)_iter|kthread|ret_from_|worker_thread|process_(?:one|scheduled)|entry_|asm_|exc_|common_|handle_mm|do_user_addr|do_(?:page_)?fault|exit_to_user|cpu_startup|do_idle|default_idle|start_secondary|secondary_|rest_init|start_kernel|x86_64_start|run_ksoftirqd|smpboot_thread|__do_softirq|handle_softirqs|irq_exit|do_exit|do_group_exit|make_task_dead|get_signal|path_openat|do_filp_open|do_sys|filemap_|generic_)/;

/** A wait for a lock that sleeps or spins. */
const LOCK_WAIT =
  /^(?:_*mutex_lock|__mutex_lock|mutex_lock|__ww_mutex|rwsem_down|rwbase_|down(?:_|$)|__down|__rwsem|rt_mutex|rtlock|percpu_down|__percpu|_raw_\w*lock|queued_\w*lock|native_queued|__pv_queued|do_raw_spin|arch_spin|osq_lock|lock_sock|__lock_sock|folio_lock|__folio_lock|lock_page|__lock_page|lock_buffer|__lock_buffer)/;

/** All frames that the kernel was sure of. */
function reliableFrames(event: Event): Frame[] {
  const stacks = (event.stacks ?? []).flatMap((stack) => stack.frames).filter((frame) => frame.reliable !== false);
  return event.at === undefined ? stacks : [event.at, ...stacks];
}

/** Modules whose code was running; empty for what is built in. */
function modulesOf(event: Event): Set<string> {
  const names = reliableFrames(event).map((frame) => frame.module);
  return new Set([...names, event.culprit?.module].filter((name) => name !== undefined));
}

/** Functions that say what was going on: no machinery, no ways in. */
function ownFunctions(event: Event): Set<string> {
  const names = new Set<string>();
  for (const { symbol } of reliableFrames(event)) {
    if (symbol === undefined) continue;
    const name = bareSymbol(symbol);
    if (!GENERIC.test(name) && !LOCK_WAIT.test(name) && machineryOf(name).size === 0) names.add(name);
  }
  return names;
}

/** The function that is to blame, without compiler suffixes. */
export const culpritOf = (event: Event): string | undefined =>
  event.culprit?.symbol === undefined ? undefined : bareSymbol(event.culprit.symbol);

/** Whether the two blame one function of one module. */
export const sameCulprit = (a: Event, b: Event): boolean =>
  culpritOf(a) !== undefined && culpritOf(a) === culpritOf(b) && a.culprit?.module === b.culprit?.module;

/** Whether the function that one blames stands in the other's stack. */
export function onOnePath(a: Event, b: Event): boolean {
  const [x, y] = [culpritOf(a), culpritOf(b)];
  return (x !== undefined && !GENERIC.test(x) && ownFunctions(b).has(x)) || (y !== undefined && !GENERIC.test(y) && ownFunctions(a).has(y));
}

/** How many of its own functions the one shares with the other. */
export function sharedFunctions(a: Event, b: Event): number {
  const names = ownFunctions(b);
  return [...ownFunctions(a)].filter((name) => names.has(name)).length;
}

/** Whether code of one module was running in both. */
export function sharesModule(a: Event, b: Event): boolean {
  const names = modulesOf(b);
  return names.size > 0 && [...modulesOf(a)].some((name) => names.has(name));
}

/** Whether a function matching the pattern stands in a reliable frame. */
export const isIn = (event: Event, pattern: RegExp): boolean =>
  reliableFrames(event).some(({ symbol }) => symbol !== undefined && pattern.test(symbol));

/** Whether the task or CPU waits for a lock. */
export const waitsForLock = (event: Event): boolean => isIn(event, LOCK_WAIT);
