// Another CPU's panic stops the rest by an interrupt: what they did until then is what a reader asks for.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Symbols } from '../../src/symbols/symbols.ts';
import type { Frame } from '../../src/unwind/stack.ts';
import { framesUntilStop } from '../../src/unwind/stopped.ts';

/** Frames by name; `name!` was interrupted, `name*` raised an exception. */
function stackOf(...names: readonly string[]): { symbols: Symbols; frames: Frame[] } {
  const frames = names.map(
    (name, i): Frame => ({
      ip: BigInt(16 * i + 8),
      sp: BigInt(i),
      kind: name.endsWith('!') ? 'interrupt' : name.endsWith('*') ? 'exception' : 'call',
      reliable: true,
    }),
  );
  const symbols = {
    at: (address: bigint) => ({ name: names[Number(address >> 4n)]!.replace(/[!*]/, ''), offset: 8 }),
  } as unknown as Symbols;
  return { symbols, frames };
}
const left = (...names: readonly string[]): string[] => {
  const { symbols, frames } = stackOf(...names);
  return framesUntilStop(symbols, frames).map(({ ip }) => names[Number(ip >> 4n)]!);
};

test('the interrupt that stopped it is left out, one that it was in itself is not', () => {
  const worked = ['xyz_poll!', 'handle_softirqs', 'asm_sysvec_apic_timer_interrupt', 'do_idle!'];
  for (const stop of [
    ['stop_this_cpu', '__sysvec_reboot', 'asm_sysvec_reboot'],
    ['crash_nmi_callback', 'exc_nmi', 'end_repeat_nmi'],
    ['local_cpu_stop', 'ipi_handler', 'el1h_64_irq'],
    ['handle_IPI', 'do_irq'],
    ['smp_handle_ext_call', 'ext_int_handler'],
  ])
    assert.equal(left(...stop, ...worked), worked, stop[0]);
});

test('a CPU that a watchdog found to hang is told by what it hung in', () => {
  const hung = ['xyz_poll!', 'xyz_work', 'process_one_work'];
  for (const found of [
    ['delay_tsc*', 'panic', 'watchdog_timer_fn', '__hrtimer_run_queues', 'asm_sysvec_apic_timer_interrupt'],
    ['panic', 'nmi_panic', 'watchdog_overflow_callback', 'perf_event_nmi_handler', 'end_repeat_nmi'],
    ['panic', 'print_cpu_stall', 'rcu_sched_clock_irq', 'update_process_times', 'el1h_64_irq'],
  ])
    assert.equal(left(...found, ...hung), hung, found[2]);
});

test('a CPU that nobody stopped keeps all its frames', () => {
  for (const frames of [
    ['xyz_irq', 'asm_common_interrupt', 'do_idle!'],
    ['stop_this_cpu', 'panic', 'xyz_work'],
    ['panic', 'oops_end', 'asm_exc_page_fault', 'watchdog_ops*', 'asm_common_interrupt', 'do_idle!'],
    ['xyz_poll', 'handle_IPI', 'do_irq', 'do_idle!'],
  ])
    assert.equal(left(...frames), frames);
});

test.run();
