import { isReadable, type VirtualMemory } from './virtual.ts';
import type { Vmcoreinfo } from './vmcoreinfo.ts';

export interface Utsname {
  readonly sysname: string;
  readonly nodename: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string;
}

const FIELD = 65;
/** The name stands at the beginning of its structure; a key that says otherwise is damaged. */
const MAX_OFFSET = 1024;

/**
 * new_utsname of the dumped kernel, at init_uts_ns + OFFSET(uts_namespace.name). The offset is exported since 5.11; before, the
 * name stands first, or behind a reference count of 4 bytes.
 * @returns undefined where the page cannot be read; a wrong translation shows in what it says
 */
export function readUtsname(memory: VirtualMemory, info: Vmcoreinfo): Utsname | undefined {
  const address = info.symbol('init_uts_ns');
  if (address === undefined) return undefined;
  const stated = info.offset('uts_namespace.name');
  const offset = stated !== undefined && stated <= MAX_OFFSET ? stated : undefined;
  const { bytes, state } = memory.read(address, (offset ?? 8) + 6 * FIELD);
  if (!isReadable(state)) return undefined;
  const at = offset ?? [0, 4, 8].find((o) => bytes.toString('latin1', o, o + 6) === 'Linux\0') ?? 0;
  const field = (i: number) => bytes.toString('latin1', at + i * FIELD, at + (i + 1) * FIELD).replace(/\0.*$/s, '');
  return { sysname: field(0), nodename: field(1), release: field(2), version: field(3), machine: field(4) };
}
