import { buildBug } from './bug/bug.ts';
import { buildLeak } from './bug/leak.ts';
import { buildMemory } from './bug/page.ts';
import { buildPanic } from './bug/panic.ts';
import { buildSanitizer } from './bug/sanitizer.ts';
import { buildSlab } from './bug/slab.ts';
import type { Builder } from './builder.ts';
import { HARDWARE_BUILDERS } from './hardware/index.ts';
import { asNetdevWatchdog } from './hardware/net-warning.ts';
import { buildLock } from './lock/lock.ts';
import { buildOom } from './oom/build.ts';
import { buildOops } from './oops/oops.ts';
import { buildStall } from './stall/stall.ts';
import { buildTrace } from './trace/trace.ts';

/** Family name → builder. A family without one (boot) yields no event. */
export const BUILDERS: ReadonlyMap<string, Builder> = new Map(
  Object.entries({
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
    trace: buildTrace,
    ...HARDWARE_BUILDERS,
  }),
);
