import type { Symbols } from '../symbols/symbols.ts';
import { type Frame, lookupAddress } from './stack.ts';

/**
 * Where a CPU ends that another one stopped to panic or to dump: x86's stop_this_cpu and crash_nmi_callback, arm64's local_cpu_stop
 * (ipi_cpu_stop before 6.12), powerpc's crash_ipi_callback and nmi_stop_this_cpu.
 */
const STOPPED =
  /^(?:nmi_)?stop_this_cpu|^crash_(?:nmi|ipi)_callback|^kdump_nmi_callback|^(?:local|ipi)_cpu_(?:crash_)?stop|^ipi_stop|^smp_stop_cpu/;
/** Handlers of interprocessor interrupts that stop the CPU themselves: of arm, riscv and s390. A CPU is seen in them for nothing else. */
const STOPPING = /^(?:do_)?handle_IPI$|^smp_handle_ext_call$/;

/** Interrupts in which the kernel finds a CPU that hangs, and may panic: kernel/watchdog.c, kernel/rcu/tree.c, powerpc's own watchdog. */
const WATCHED = /^watchdog_|^rcu_sched_clock_irq$|^soft_nmi_interrupt$/;

/** A CPU's frames without those of the interrupt that stopped it, or in which it was found to hang: what it did until then. */
export function framesUntilStop(symbols: Symbols, frames: readonly Frame[]): readonly Frame[] {
  const interrupted = frames.findIndex(({ kind }, i) => i > 0 && kind !== 'call');
  if (frames[interrupted]?.kind !== 'interrupt') return frames;
  const names = frames.slice(0, interrupted).map((frame) => symbols.at(lookupAddress(frame))?.name ?? '');
  return STOPPING.test(names[0]!) || names.some((name) => STOPPED.test(name) || WATCHED.test(name)) ? frames.slice(interrupted) : frames;
}
