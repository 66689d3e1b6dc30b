import { BLOCK_RULES } from './block.ts';
import { hardwareBuilder } from './build.ts';
import { BUS_RULES } from './bus.ts';
import { FILESYSTEM_RULES } from './filesystem.ts';
import { INTERRUPT_RULES } from './interrupt.ts';
import { MEMORY_RULES } from './memory.ts';
import { NET_RULES } from './net.ts';
import { PLATFORM_RULES } from './platform.ts';
import { USER_RULES } from './user.ts';

/** Family name → builder, one for each table of grammars/hardware. */
export const HARDWARE_BUILDERS = {
  ras: hardwareBuilder(MEMORY_RULES),
  bus: hardwareBuilder(BUS_RULES),
  platform: hardwareBuilder(PLATFORM_RULES),
  interrupt: hardwareBuilder(INTERRUPT_RULES),
  block: hardwareBuilder(BLOCK_RULES),
  filesystem: hardwareBuilder(FILESYSTEM_RULES),
  net: hardwareBuilder(NET_RULES),
  user: hardwareBuilder(USER_RULES),
} as const;
