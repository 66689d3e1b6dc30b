import { BOOT } from './boot/lines.ts';
import { BUG_HEADS } from './bug/heads.ts';
import { leak } from './bug/leak-lines.ts';
import { bug } from './bug/lines.ts';
import { memory } from './bug/page-lines.ts';
import { panic } from './bug/panic-lines.ts';
import { sanitizer } from './bug/sanitizer-lines.ts';
import { slab } from './bug/slab-lines.ts';
import type { Family } from './common/family.ts';
import { adapt } from './common/legacy.ts';
import { block } from './hardware/block/lines.ts';
import { bus } from './hardware/bus/lines.ts';
import { filesystem } from './hardware/filesystem/lines.ts';
import { gpu } from './hardware/gpu/lines.ts';
import { PLATFORM_HEADS } from './hardware/heads/platform.ts';
import { interrupt } from './hardware/interrupt/lines.ts';
import { iommu } from './hardware/iommu/lines.ts';
import { platform } from './hardware/lines/platform.ts';
import { net } from './hardware/net/lines.ts';
import { ras } from './hardware/ras/lines.ts';
import { user } from './hardware/user/lines.ts';
import { LOCK } from './lock/lines.ts';
import { oom } from './oom/family.ts';
import { OOPS, OOPS_LINES } from './oops/lines.ts';
import { STALL, WATCHDOGS } from './stall/lines.ts';
import { trace } from './trace/lines.ts';

const CHECKS = [...BUG_HEADS, ...OOPS_LINES];

/** Every family that the classifier knows. A new one is a table here and a line in this list. */
export const FAMILIES: readonly Family[] = [
  BOOT,
  OOPS,
  // until 6.4 the watchdog of hard lockups warned where it does not panic
  { ...adapt(bug, CHECKS), also: [WATCHDOGS.watchdog_hardlockup_check] },
  adapt(panic, CHECKS),
  adapt(sanitizer, CHECKS),
  adapt(slab, CHECKS),
  adapt(memory, CHECKS),
  adapt(leak, CHECKS),
  LOCK,
  STALL,
  oom,
  ras,
  bus,
  iommu,
  gpu,
  adapt(platform, PLATFORM_HEADS),
  interrupt,
  block,
  filesystem,
  net,
  user,
  trace,
];
