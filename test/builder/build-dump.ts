import { type ElfOptions, elfCore } from './container/elf.ts';
import { type FileImage, fromBuffer } from './container/file-image.ts';
import { type FlattenOptions, flatten } from './container/flattened.ts';
import { type KdumpOptions, kdump } from './container/kdump.ts';
import { type LkcdOptions, lkcd } from './container/lkcd.ts';
import { avml, lime, rawImage, s390Standalone } from './container/raw.ts';
import { type SadumpOptions, sadump } from './container/sadump.ts';
import { type Wrapper, wrap } from './container/wrap.ts';
import { xenCore } from './container/xen.ts';
import { buildImage, type ImageOptions, type MemoryImage, type RingChoice } from './image/memory-image.ts';
import type { Machine } from './machine/machine.ts';
import { x86_64 } from './machine/x86_64.ts';
import type { ExpectedLog } from './ring/printk-call.ts';

export type ContainerOptions =
  | (ElfOptions & Outside)
  | (KdumpOptions & Outside)
  | ({ readonly kind: 'raw'; readonly base?: number; readonly hole?: number } & Outside)
  | ({ readonly kind: 'lime' } & Outside)
  | ({ readonly kind: 'avml' } & Outside)
  | ({ readonly kind: 'xen'; readonly machineShift?: number } & Outside)
  | (SadumpOptions & Outside)
  | (LkcdOptions & Outside)
  | ({ readonly kind: 's390'; readonly endMarker?: boolean } & Outside);

/** What may be put around any container. */
interface Outside {
  readonly flatten?: FlattenOptions;
  readonly wrap?: Wrapper;
}

export interface BuiltDump {
  /** One, or the members of a split set. */
  readonly files: readonly FileImage[];
  readonly expected: ExpectedLog;
  readonly image: MemoryImage;
}

export interface DumpOptions extends Partial<Omit<ImageOptions, 'ring'>> {
  readonly machine?: Machine;
  readonly ring?: RingChoice;
  readonly container?: ContainerOptions;
}

/** A few ordinary lines, for tests that care about something else. */
const SOME_LINES: RingChoice = {
  kind: 'lockless',
  calls: [
    { text: 'Linux version 6.1.0 (builder) #1 SMP', level: 5, caller: { task: 0 } },
    { text: 'Command line: BOOT_IMAGE=/vmlinuz ro', level: 6, caller: { task: 0 } },
    { text: 'pci 0000:00:1f.2: reg 0x10', level: 6, caller: { task: 1 }, subsystem: 'pci', device: '+pci:0000:00:1f.2' },
    { text: 'Kernel panic - not syncing: builder', level: 0, caller: { task: 1234 } },
  ],
};

/** One call for a dump: a machine, a log, a container; everything has a default. */
export function buildDump(options: DumpOptions = {}): BuiltDump {
  const { container, ...rest } = options;
  const image = buildImage({ ...rest, machine: options.machine ?? x86_64(), ring: options.ring ?? SOME_LINES });
  return { files: contain(image, container ?? { kind: 'elf' }), expected: image.expected, image };
}

/** The same image in a container; so that one image can be put into all of them. */
export function contain(image: MemoryImage, container: ContainerOptions): FileImage[] {
  const plain = inside(image, container);
  const flat = container.flatten ? plain.map((f) => flatten(f, container.flatten)) : plain;
  const by = container.wrap;
  return by ? flat.map((f) => wrap(f, by) ?? fromBuffer(Buffer.alloc(0))) : flat;
}

function inside(image: MemoryImage, c: ContainerOptions): FileImage[] {
  switch (c.kind) {
    case 'elf':
      return [elfCore(image, c)];
    case 'kdump':
      return kdump(image, c);
    case 'raw':
      return [rawImage(image, c.base, c.hole)];
    case 'lime':
      return [lime(image)];
    case 'avml':
      return [avml(image)];
    case 'xen':
      return [xenCore(image, c)];
    case 'sadump':
      return [sadump(image, c)];
    case 'lkcd':
      return [lkcd(image, c)];
    case 's390':
      return [s390Standalone(image, c)];
  }
}
