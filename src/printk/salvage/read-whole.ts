import { isReadable, type VirtualMemory } from '../../memory/virtual.ts';

/** All bytes of a buffer; NULs where a page is not in the dump. */
export function readWhole(memory: VirtualMemory, address: bigint, length: number): Buffer {
  const whole = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const at = address + BigInt(done);
    const take = Math.min(memory.pageSize - Number(at % BigInt(memory.pageSize)), length - done);
    const { bytes, state } = memory.read(at, take);
    if (isReadable(state)) bytes.copy(whole, done);
    done += take;
  }
  return whole;
}
