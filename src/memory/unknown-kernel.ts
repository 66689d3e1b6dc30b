import type { Dump } from '../dump/dump.ts';
import type { Kernel } from './kernel.ts';
import { PhysicalMemory } from './physical.ts';
import { VirtualMemory } from './virtual.ts';
import { Vmcoreinfo } from './vmcoreinfo.ts';

/** Stands for a kernel of which only its log was found, by its shape: addresses are physical ones. */
export const unknownKernel = (dump: Dump, info = new Vmcoreinfo('')): Kernel => ({
  dump,
  machine: dump.machine ?? 'unknown',
  info,
  infoSource: 'note',
  infoPaddr: undefined,
  memory: new VirtualMemory(new PhysicalMemory(dump), Number, info.pageSize ?? 4096, dump.byteOrder ?? 'little', 8),
  walk: undefined,
  walkFrom: undefined,
  utsname: undefined,
  proven: false,
  warnings: ['nothing in the dump leads to its log: it was found by its shape (carved), and what is not there cannot be told'],
});
