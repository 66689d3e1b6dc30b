import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { diskOfBlockDevice, requestAt } from './in-flight.ts';
import type { Wait } from './wait.ts';

const SECTOR = 512;
/** The largest block of a file system. */
const MAX_BLOCK = 1 << 20;

/** A wait for a bit: of a buffer (its state is the word waited on) where what is there looks like one, else of something else. */
export function bufferWait(kernel: KernelContext, entry: Struct): Omit<Wait, 'task' | 'in'> | undefined {
  const word = entry.ptr('key.flags');
  const bit = entry.num('key.bit_nr');
  const state = kernel.types.member('buffer_head', 'b_state')?.offset;
  if (!word || state === undefined) return undefined;
  const buffer = kernel.struct('buffer_head', word - BigInt(state));
  const size = buffer.num('b_size');
  const block = buffer.num('b_blocknr');
  const device = buffer.follow('b_bdev', 'block_device');
  const disk = diskOfBlockDevice(device);
  const name = disk?.text('disk_name');
  const isBuffer =
    size !== undefined && size >= SECTOR && size <= MAX_BLOCK && (size & (size - 1)) === 0 && name !== undefined && /^[\w-]+$/.test(name);
  if (!isBuffer || block === undefined || !disk) return { for: 'queue', address: word };
  const sector = (block * size) / SECTOR;
  const start = device?.has('bd_start_sect') ? (device.num('bd_start_sect') ?? 0) : 0; // of a partition, since 5.11
  return {
    for: 'buffer',
    address: buffer.address,
    bit: [...kernel.types.enumerators('bh_state_bits')].find(([, value]) => value === bit)?.[0],
    sector,
    path: name,
    request: requestAt(kernel, disk, sector + start),
  };
}
