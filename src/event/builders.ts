import type { Report } from '../report/report.ts';
import { buildBug } from './bug/bug.ts';
import { buildLeak } from './bug/leak.ts';
import { buildMemory } from './bug/page.ts';
import { buildPanic } from './bug/panic.ts';
import { buildSanitizer } from './bug/sanitizer.ts';
import { buildSlab } from './bug/slab.ts';
import type { Draft } from './facts/draft.ts';
import { HARDWARE_BUILDERS } from './hardware/index.ts';
import { asNetdevWatchdog } from './hardware/net-warning.ts';
import { buildLock } from './lock/lock.ts';
import { buildOom } from './oom/build.ts';
import { buildOops } from './oops/oops.ts';
import { buildStall } from './stall/stall.ts';

/** What surrounds a report: what the builder may know besides its lines. */
export interface BuildContext {
  /** Kind of the event before it in the same boot, and whether it was a death (an oops) that a panic may follow. */
  readonly previous: Draft | undefined;
  /** Kernel release of the boot, where the log or the dump names one. */
  readonly release?: string | undefined;
}

export type Builder = (report: Report, context: BuildContext) => Draft | undefined;

/** Family name → builder. A family without one (boot) yields no event. */
export const BUILDERS: Readonly<Record<string, Builder>> = {
  oops: buildOops,
  bug: (report) => asNetdevWatchdog(report, buildBug(report)),
  panic: buildPanic,
  sanitizer: buildSanitizer,
  slab: buildSlab,
  memory: buildMemory,
  leak: buildLeak,
  lock: buildLock,
  stall: buildStall,
  oom: buildOom,
  ...HARDWARE_BUILDERS,
};
