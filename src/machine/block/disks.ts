import type { KernelContext } from '../../kernel/context.ts';
import { list } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import { hex, type Known, row } from '../row.ts';
import { inFlight, type Request } from './requests.ts';

/** A row of `dev -d`: a disk and its requests in flight. */
export interface DiskRow {
  readonly major: number;
  readonly disk: string;
  readonly gendisk: string;
  readonly name: string;
  readonly queue: string;
  readonly total: number;
  readonly read: number;
  readonly write: number;
}

interface Disk {
  readonly gendisk: Struct;
  readonly name: string | undefined;
  readonly queue: Struct | undefined;
  /** In flight; undefined where its queue is not in the dump. */
  readonly requests: readonly Request[] | undefined;
}

export function diskRows(kernel: KernelContext): Known<DiskRow>[] {
  return disks(kernel).map(({ gendisk, name, queue, requests }) =>
    row<DiskRow>({
      major: gendisk.num('major'),
      disk: name,
      gendisk: hex(gendisk.address),
      name,
      queue: hex(queue?.address),
      total: requests?.length,
      read: requests?.filter(({ isWrite }) => !isWrite).length,
      write: requests?.filter(({ isWrite }) => isWrite).length,
    }),
  );
}

/** Whole disks; of a partition the disk has the queue. */
function disks(kernel: KernelContext): Disk[] {
  const found = new Map<bigint, Struct>();
  for (const device of blockDevices(kernel)) {
    const disk = diskOf(kernel, device);
    if (disk) found.set(disk.address, disk);
  }
  return [...found.values()].map((gendisk) => {
    const queue = gendisk.follow('queue', 'request_queue');
    return { gendisk, name: gendisk.text('disk_name'), queue, requests: queue && inFlight(kernel, queue) };
  });
}

/** Devices of the class `block`, partitions too. */
function* blockDevices(kernel: KernelContext): Generator<Struct> {
  const devices = subsystem(kernel)?.at('klist_devices.k_list');
  const nodes = list(kernel, devices, { what: 'the list of block devices', type: 'device_private', member: 'knode_class.n_node' });
  for (const { address } of nodes) {
    const device = kernel.struct('device_private', address).follow('device', 'device');
    if (device) yield device;
  }
}

/** class.p up to 6.3; since 6.4 (7b884b7f24b4) the subsys_private on class_kset's list whose class it is. */
function subsystem(kernel: KernelContext): Struct | undefined {
  const block = kernel.variable('block_class', 'class');
  if (!block || block.has('p')) return block?.follow('p', 'subsys_private');
  const set = kernel.word('class_kset');
  if (set === undefined) return undefined;
  const members = list(kernel, kernel.struct('kset', set).at('list'), {
    what: 'the list of device classes',
    type: 'subsys_private',
    member: 'subsys.kobj.entry',
  });
  for (const each of members) if (each.ptr('class') === block.address) return each;
  return undefined;
}

function diskOf(kernel: KernelContext, device: Struct): Struct | undefined {
  const { types } = kernel;
  // since 5.11 (0d02129e76ed) the device is part of a block_device
  const inBlock = types.member('block_device', 'bd_device')?.offset;
  if (inBlock !== undefined) {
    const block = device.as('block_device', -inBlock);
    // a byte of __bd_flags since 6.10 (1116b9fa15c0)
    const partition = block.has('bd_partno')
      ? block.num('bd_partno')
      : (block.num('__bd_flags.counter') ?? block.num('__bd_flags') ?? 0) & 0xff;
    return partition === 0 ? block.follow('bd_disk', 'gendisk') : undefined;
  }
  const inPart = types.member('hd_struct', '__dev')?.offset;
  const part0 = types.member('gendisk', 'part0')?.offset;
  if (inPart === undefined || part0 === undefined) return undefined;
  const part = device.as('hd_struct', -inPart);
  return part.num('partno') === 0 ? part.as('gendisk', -part0) : undefined;
}
