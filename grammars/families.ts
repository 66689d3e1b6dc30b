import { boot } from './boot/lines.ts';
import { leak } from './bug/leak-lines.ts';
import { bug } from './bug/lines.ts';
import { memory } from './bug/page-lines.ts';
import { panic } from './bug/panic-lines.ts';
import { sanitizer } from './bug/sanitizer-lines.ts';
import { slab } from './bug/slab-lines.ts';
import type { Family } from './common/family.ts';
import { block } from './hardware/lines/block.ts';
import { bus } from './hardware/lines/bus.ts';
import { filesystem } from './hardware/lines/filesystem.ts';
import { interrupt } from './hardware/lines/interrupt.ts';
import { ras } from './hardware/lines/memory.ts';
import { net } from './hardware/lines/net.ts';
import { platform } from './hardware/lines/platform.ts';
import { user } from './hardware/lines/user.ts';
import { lock } from './lock/lines.ts';
import { oom } from './oom/lines.ts';
import { oops } from './oops/lines.ts';
import { stall } from './stall/lines.ts';

/** The kernel's banner: where one boot ends and the next begins. The assembler itself counts boots by it. */
export const BOOT: Family = boot;

/** Every family that the classifier knows. A new one is a file here and a line in this list. */
export const FAMILIES: readonly Family[] = [
  boot,
  oops,
  bug,
  panic,
  sanitizer,
  slab,
  memory,
  leak,
  lock,
  stall,
  oom,
  ras,
  bus,
  platform,
  interrupt,
  block,
  filesystem,
  net,
  user,
];
