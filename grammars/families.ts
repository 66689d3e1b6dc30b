import { BOOT } from './boot/lines.ts';
import { LEAK } from './bug/leak-lines.ts';
import { BUG } from './bug/lines.ts';
import { MEMORY } from './bug/memory.ts';
import { PANIC } from './bug/panic-lines.ts';
import { SANITIZER } from './bug/sanitizer.ts';
import { SLUB } from './bug/slab.ts';
import type { Family } from './common/family.ts';
import { block } from './hardware/block/lines.ts';
import { bus } from './hardware/bus/lines.ts';
import { filesystem } from './hardware/filesystem/lines.ts';
import { gpu } from './hardware/gpu/lines.ts';
import { interrupt } from './hardware/interrupt/lines.ts';
import { iommu } from './hardware/iommu/lines.ts';
import { net } from './hardware/net/lines.ts';
import { platform } from './hardware/platform/lines.ts';
import { ras } from './hardware/ras/lines.ts';
import { usb } from './hardware/usb/lines.ts';
import { user } from './hardware/user/lines.ts';
import { LOCK } from './lock/lines.ts';
import { oom } from './oom/family.ts';
import { OOPS } from './oops/lines.ts';
import { STALL } from './stall/lines.ts';
import { trace } from './trace/lines.ts';

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
  gpu,
  platform,
  interrupt,
  block,
  filesystem,
  net,
  usb,
  user,
  trace,
];
