import { BLOCK_RULES } from './block/rules.ts';
import { hardwareBuilder } from './build.ts';
import { BUS_RULES } from './bus.ts';
import { FILESYSTEM_RULES } from './filesystem/rules.ts';
import { GPU_RULES } from './gpu.ts';
import { INTERRUPT_RULES } from './interrupt.ts';
import { IOMMU_RULES } from './iommu.ts';
import { NET_RULES } from './net.ts';
import { PLATFORM_RULES } from './platform.ts';
import { RAS_RULES } from './ras.ts';
import { USB_RULES } from './usb.ts';
import { USER_RULES } from './user.ts';

/** What the rows of each family mean. */
export const RULES = {
  ras: RAS_RULES,
  bus: BUS_RULES,
  iommu: IOMMU_RULES,
  gpu: GPU_RULES,
  platform: PLATFORM_RULES,
  interrupt: INTERRUPT_RULES,
  block: BLOCK_RULES,
  filesystem: FILESYSTEM_RULES,
  net: NET_RULES,
  usb: USB_RULES,
  user: USER_RULES,
} as const;

/** Family name → builder, one for each table of grammars/hardware. */
export const HARDWARE_BUILDERS = {
  ras: hardwareBuilder('hardware-error', RULES.ras),
  bus: hardwareBuilder('hardware-error', RULES.bus),
  iommu: hardwareBuilder('hardware-error', RULES.iommu),
  gpu: hardwareBuilder('hardware-error', RULES.gpu),
  platform: hardwareBuilder('hardware-error', RULES.platform),
  interrupt: hardwareBuilder('irq-error', RULES.interrupt),
  block: hardwareBuilder('block-error', RULES.block),
  filesystem: hardwareBuilder('filesystem-error', RULES.filesystem),
  net: hardwareBuilder('netdev-watchdog', RULES.net),
  usb: hardwareBuilder('hardware-error', RULES.usb),
  user: hardwareBuilder('user-fault', RULES.user),
} as const;
