import type { Family } from '../family.ts';
import { block } from './block.ts';
import { boot } from './boot.ts';
import { bug } from './bug.ts';
import { bus } from './bus.ts';
import { filesystem } from './filesystem.ts';
import { interrupt } from './interrupt.ts';
import { leak } from './leak.ts';
import { lock } from './lock.ts';
import { memory } from './memory.ts';
import { net } from './net.ts';
import { oom } from './oom.ts';
import { oops } from './oops.ts';
import { panic } from './panic.ts';
import { platform } from './platform.ts';
import { ras } from './ras.ts';
import { sanitizer } from './sanitizer.ts';
import { slab } from './slab.ts';
import { stall } from './stall.ts';
import { user } from './user.ts';

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
