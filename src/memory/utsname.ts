import type { Dump } from '../dump/dump.ts';
import type { Translate } from './arch/architecture.ts';
import { chunksOfMemory } from './scan.ts';
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

/** Where the name may stand in init_uts_ns: OFFSET(uts_namespace.name) since 5.11; before, first, or behind a reference count. */
function nameOffsets(info: Vmcoreinfo): readonly number[] {
  const stated = info.offset('uts_namespace.name');
  return stated !== undefined && stated <= MAX_OFFSET ? [stated] : [0, 4, 8];
}

/** Virtual addresses at which the kernel's name may stand. */
function nameAddresses(info: Vmcoreinfo): readonly bigint[] {
  const address = info.symbol('init_uts_ns');
  return address === undefined ? [] : nameOffsets(info).map((offset) => address + BigInt(offset));
}

/** Names of one release in memory that are looked at: the kernel's own, and copies in processes and logs. */
const MAX_NAMES = 64;

/**
 * How far the kernel's name lies from where a formula puts it, in each place in memory where it may be: in the image a page's offset is
 * the same in virtual and in physical memory. One pass over memory.
 */
export function* nameShifts(dump: Dump, info: Vmcoreinfo, images: readonly Translate[]): Generator<number> {
  const wanted = nameAddresses(info).map((address) => ({ address, within: Number(address & 0xfffn) }));
  let found = 0;
  for (const { bytes, paddr } of wanted.length > 0 && images.length > 0 ? chunksOfMemory(dump) : []) {
    for (const { address, within } of wanted) {
      for (const at of findName(bytes, within, info.release)) {
        for (const image of images) {
          const expected = image(address);
          if (expected !== undefined) yield paddr + at - expected;
        }
        if (++found === MAX_NAMES) return;
      }
    }
  }
}

const SYSNAME = Buffer.from('Linux\0', 'latin1');

/** Places in a piece of memory that begins a page where a name of this release stands `within` bytes into a page. */
function* findName(bytes: Buffer, within: number, release: string | undefined): Generator<number> {
  for (let at = within; at + 3 * FIELD <= bytes.length; at += 4096) {
    if (bytes[at] !== SYSNAME[0] || !bytes.subarray(at, at + SYSNAME.length).equals(SYSNAME)) continue;
    if (fieldAt(bytes, at, 2) === release) yield at;
  }
}

const fieldAt = (bytes: Buffer, at: number, i: number): string =>
  bytes.toString('latin1', at + i * FIELD, at + (i + 1) * FIELD).replace(/\0.*$/s, '');

/**
 * new_utsname of the dumped kernel, at init_uts_ns.
 * @returns undefined where the page cannot be read; a wrong translation shows in what it says
 */
export function readUtsname(memory: VirtualMemory, info: Vmcoreinfo): Utsname | undefined {
  const address = info.symbol('init_uts_ns');
  if (address === undefined) return undefined;
  const offsets = nameOffsets(info);
  const { bytes, state } = memory.read(address, Math.max(...offsets) + 6 * FIELD);
  if (!isReadable(state)) return undefined;
  const at = offsets.find((o) => bytes.subarray(o, o + SYSNAME.length).equals(SYSNAME)) ?? offsets[0]!;
  const field = (i: number) => fieldAt(bytes, at, i);
  return { sysname: field(0), nodename: field(1), release: field(2), version: field(3), machine: field(4) };
}
