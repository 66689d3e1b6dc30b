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
  ras: hardwareBuilder('memory', MEMORY_RULES),
  bus: hardwareBuilder('bus', BUS_RULES),
  platform: hardwareBuilder('platform', PLATFORM_RULES),
  interrupt: hardwareBuilder('interrupt', INTERRUPT_RULES),
  block: hardwareBuilder('block', BLOCK_RULES),
  filesystem: hardwareBuilder('filesystem', FILESYSTEM_RULES),
  net: hardwareBuilder('net', NET_RULES),
  user: hardwareBuilder('user', USER_RULES),
} as const;
