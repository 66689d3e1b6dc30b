import { Btf } from '../types/btf.ts';
import { BtfTypes } from '../types/btf-types.ts';
import type { Types } from '../types/types.ts';
import { list } from './list.ts';
import type { Objects } from './struct.ts';

/** BTF of one module; that of amdgpu has 2 MB. */
const MAX_BTF = 32 << 20;

/**
 * Types of a module, those of the kernel included (btf_modules, since 5.11 36e68442d1af).
 * @param head of the list of modules' BTF
 */
export function moduleTypes(objects: Objects, base: Btf, head: bigint | undefined, name: string): Types | undefined {
  for (const each of list(objects, head, { what: 'the list of modules’ types', type: 'btf_module', member: 'list' })) {
    if (each.follow('module', 'module')?.text('name') !== name) continue;
    const data = each.follow('btf', 'btf');
    const at = data?.ptr('data');
    const size = data?.num('data_size');
    if (!at || size === undefined || size > MAX_BTF) return undefined;
    const btf = Btf.of(objects.memory.table(at, size), objects.memory.reader, base);
    return typeof btf === 'string' ? undefined : new BtfTypes(btf, objects.memory);
  }
  return undefined;
}
