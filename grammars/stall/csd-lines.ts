import { int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';

/** kernel/smp.c: CPUs that do not do what another asked them to by an interrupt. */
export const CSD = lines({
  csd_lock_wait_toolong: {
    printer: 'kernel/smp.c csd_lock_wait_toolong()',
    releases: 'since 5.10',
    examples: [
      'smp: csd: Detected non-responsive CSD lock (#1) on CPU#2, waiting 5000000003 ns for CPU#05 driver_xyz_ipi+0x0/0x20(0x0).',
      'smp: csd: Continued non-responsive CSD lock (#1) on CPU#2, waiting 10000000007 ns for CPU#05 driver_xyz_ipi+0x0/0x20 [driver_xyz](0x0).',
    ],
    start: /smp: csd: (?:Detected|Continued) non-responsive/,
    opens: [{ form: 'csd', at: 'message', literals: ['csd: Detected non-responsive CSD lock', 'csd: Continued non-responsive CSD lock'] }],
    fields: { bug: int, detectedBy: int, nanoseconds: int, cpu: int, request: words },
    reads: [
      /CSD lock \(#(?<bug>\d+)\) on CPU#(?<detectedBy>\d+), waiting (?<nanoseconds>-?\d+) ns for CPU#(?<cpu>\d+) (?<request>[^\s+(]+)/,
    ],
  },
  csd_lock_wait_toolong_handling: {
    printer: 'kernel/smp.c csd_lock_wait_toolong(), csd_lock_print_extended() of 5.12 to 6.3',
    releases: 'since 5.10',
    examples: [
      'smp: \tcsd: CSD lock (#1) unresponsive.',
      'smp: \tcsd: CSD lock (#1) handling this request.',
      'smp: \tcsd: CSD lock (#1) handling prior driver_xyz_flush+0x0/0x40(0x0) request.',
      'smp: \tcsd: cnt(0000012): 0002->0005 ipi',
    ],
    start: /smp: \s*csd: (?:CSD lock \(#\d+\) (?:unresponsive|handling)|cnt)/,
    fields: { handling: words },
    reads: [/\(#\d+\) (?<handling>unresponsive|handling this request)/, /\(#\d+\) handling prior (?<handling>[^\s+(]+)/],
  },
  csd_lock_wait_toolong_resend: {
    printer: 'kernel/smp.c csd_lock_wait_toolong()',
    releases: 'since 5.10',
    examples: ['smp: csd: Re-sending CSD lock (#1) IPI from CPU#02 to CPU#05'],
    start: /smp: csd: Re-sending CSD lock/,
    opens: [{ form: 'csd-line', at: 'message', literals: ['csd: Re-sending CSD lock'] }],
  },
  csd_lock_wait_toolong_unstuck: {
    printer: 'kernel/smp.c csd_lock_wait_toolong()',
    releases: 'since 5.10',
    examples: ['smp: csd: CSD lock (#1) got unstuck on CPU#02, CPU#05 released the lock.'],
    start: /smp: csd: CSD lock \(#\d+\) got unstuck/,
    opens: [{ form: 'csd-line', at: 'message', literals: ['csd: CSD lock (#'] }],
    fields: { end: words },
    reads: [/ got (?<end>unstuck)/],
  },
});
