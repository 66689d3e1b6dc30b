import { boot } from './boot/lines.ts';
import { LEAK } from './bug/leak-lines.ts';
import { BUG } from './bug/lines.ts';
import { MEMORY } from './bug/memory.ts';
import { PANIC } from './bug/panic-lines.ts';
import { SANITIZER } from './bug/sanitizer.ts';
import { SLUB } from './bug/slab.ts';
import type { Family } from './common/family.ts';
import { adapt } from './common/legacy.ts';
import { block } from './hardware/block/lines.ts';
import { bus } from './hardware/bus/lines.ts';
import { FILESYSTEM_HEADS } from './hardware/heads/filesystem.ts';
import { INTERRUPT_HEADS } from './hardware/heads/interrupt.ts';
import { PLATFORM_HEADS } from './hardware/heads/platform.ts';
import { iommu } from './hardware/iommu/lines.ts';
import { filesystem } from './hardware/lines/filesystem.ts';
import { interrupt } from './hardware/lines/interrupt.ts';
import { platform } from './hardware/lines/platform.ts';
import { net } from './hardware/net/lines.ts';
import { ras } from './hardware/ras/lines.ts';
import { usb } from './hardware/usb/lines.ts';
import { user } from './hardware/user/lines.ts';
import { LOCK } from './lock/lines.ts';
import { oom } from './oom/family.ts';
import { OOPS } from './oops/lines.ts';
import { STALL } from './stall/lines.ts';
import { trace } from './trace/lines.ts';

/** The kernel's banner: where one boot ends and the next begins. The assembler itself counts boots by it. */
export const BOOT: Family = adapt(boot, []);

/** Every family that the classifier knows. A new one is a table here and a line in this list. */
export const FAMILIES: readonly Family[] = [
  BOOT,
  OOPS,
  BUG,
  PANIC,
  SANITIZER,
  SLUB,
  MEMORY,
  LEAK,
  LOCK,
  STALL,
  oom,
  ras,
  bus,
  iommu,
  adapt(platform, PLATFORM_HEADS),
  adapt(interrupt, INTERRUPT_HEADS),
  block,
  adapt(filesystem, FILESYSTEM_HEADS),
  net,
  usb,
  user,
  trace,
];
