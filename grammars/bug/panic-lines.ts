import type { OldFamily as Family } from '../common/legacy.ts';

/** The machine stops: kernel/panic.c panic() (vpanic() since 6.16). What follows is dump_stack(), the other CPUs, the end line. */
export const panic: Family = {
  name: 'panic',
  openers: [
    { text: 'Kernel panic - not syncing', form: 'panic' },
    { text: 'Kernel panic: ', form: 'panic' }, // before 2.6.0, and some vendors' trees
    { text: 'kernel panic: ', form: 'panic', at: 'message' },
  ],
  forms: [{ name: 'panic', absorbs: ['panic/panic'] }],
  continues: (text) =>
    /^(?:CPU\d*: stopping|Internal error: panic|Attempted to|SMP: |Kernel |\s+\(exit|---\[ end|System halted|PANIC|Rebooting|tboot|Bad )/.test(
      text,
    ),
  closes: (text) => text.startsWith('---[ end Kernel panic'),
};
