import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** What is said when all is said: behind the end of a trace, until the machine restarts. */
export const TAIL = lines({
  make_task_dead: {
    printer: 'kernel/exit.c make_task_dead()',
    releases: 'do_exit() until 5.16; `with preempt_count` alone until 5.19',
    examples: [
      'note: insmod[241] exited with irqs disabled',
      'note: my prog[241] exited with preempt_count 1',
      'Fixing recursive fault but reboot is needed!',
    ],
    start: anyOf('note: ', 'Fixing recursive fault'),
    shape: 'tail',
  },
  dump_kernel_offset: {
    printer: 'arch/x86/kernel/setup.c dump_kernel_offset(), arch/arm64/kernel/setup.c arm64_panic_block_dump()',
    releases: 'since 3.14; arm64 since 4.6, with features and memory limit since 4.17 and 4.20',
    examples: [
      'Kernel Offset: 0x1a000000 from 0xffffffff81000000 (relocation range: 0xffffffff80000000-0xffffffffbfffffff)',
      'Kernel Offset: disabled',
      'PHYS_OFFSET: 0x40000000',
      'CPU features: 0x000,00000000,00003c00',
      'Memory Limit: none',
    ],
    start: anyOf('Kernel Offset', 'PHYS_OFFSET', 'CPU features', 'Memory Limit'),
    shape: 'tail',
  },
  vpanic_reboot: {
    printer: 'kernel/panic.c vpanic()',
    examples: ['Rebooting in 10 seconds..', 'Press Stop-A (L1-A) from sun keyboard or send break'],
    start: anyOf('Rebooting', 'Press '),
    shape: 'tail',
  },
  panic_try_force_cpu: {
    printer: 'kernel/panic.c panic_try_force_cpu(), vpanic()',
    releases: 'since 7.0',
    examples: ['panic: Redirecting from CPU 3 to CPU 0 for crash kernel.', 'panic: target CPU 0 is offline, continuing on CPU 3'],
    start: /panic: (?:Redirect(?:ing|ed) from|target|failed to redirect to) CPU \d/,
    shape: 'tail',
  },
  machine_halt: {
    printer: 'arch/powerpc/kernel/setup-common.c machine_hang(), arch/arm64/kernel/process.c machine_restart()',
    examples: ['System Halted, OK to turn off power', 'Reboot failed -- System halted'],
    start: /System Halted, OK|Reboot failed -- /,
    shape: 'tail',
  },
  vpanic_end: {
    printer: 'kernel/panic.c vpanic()',
    releases: 'since 3.13; `]---` since 4.4',
    examples: ['---[ end Kernel panic - not syncing: Fatal exception ]---'],
    start: /---\[ end Kernel panic/,
    shape: 'tail',
  },
  smp_send_stop: {
    printer: 'arch/arm64/kernel/smp.c smp_send_stop(), arch/x86/kernel/smp.c native_stop_other_cpus()',
    examples: ['SMP: stopping secondary CPUs', 'SMP: failed to stop secondary CPUs 1,3', 'Shutting down cpus with NMI'],
    start: anyOf('SMP: stopping', 'SMP: failed to stop', 'Shutting down cpus'),
    shape: 'tail',
  },
  ftrace_dump: {
    printer: 'kernel/trace/trace.c ftrace_dump_one()',
    examples: [
      'Dumping ftrace buffer:',
      '   (ftrace buffer empty)',
      '# WARNING: FUNCTION TRACING IS CORRUPTED',
      'Bad dumping mode, switching to all CPUs dump',
    ],
    start: anyOf(
      'Dumping ftrace',
      String.raw`\(ftrace buffer`,
      '# WARNING: FUNCTION TRACING',
      '# +MAY BE MISSING FUNCTION',
      'Bad dumping mode',
    ),
    shape: 'tail',
  },
  machine_kexec: {
    printer: 'arch/arm64/kernel/machine_kexec.c machine_crash_shutdown(), machine_kexec(); arm and loongarch crash_smp_send_stop()',
    releases: '`Will call new kernel at` on mips and riscv',
    examples: [
      'Starting crashdump kernel...',
      'Bye!',
      'Will call new kernel at 80123456',
      'Sending IPI to other cpus...',
      'Non-crashing CPUs did not react to IPI',
    ],
    start: anyOf('Starting crashdump', 'Bye', 'Will call new kernel at', 'Sending IPI to other [Cc][Pp][Uu]s', 'Non-crashing CPUs did not'),
    shape: 'tail',
  },
  arch_trigger_all_cpu_backtrace: {
    printer: 'arch/x86/kernel/apic/hw_nmi.c arch_trigger_all_cpu_backtrace()',
    releases: 'until 4.5',
    examples: ['Sending NMI to all CPUs:', 'sending NMI to all CPUs:'],
    start: /[Ss]ending NMI to all/,
    shape: 'tail',
  },
  drm_fb_helper_panic: {
    printer: 'drivers/gpu/drm/drm_fb_helper.c drm_fb_helper_panic()',
    releases: 'until 3.16',
    examples: ['drm_kms_helper: panic occurred, switching back to text console'],
    start: /drm_kms_helper: panic/,
    shape: 'tail',
  },
});
