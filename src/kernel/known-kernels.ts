import type { Kernel } from '../memory/kernel.ts';
import type { Kallsyms } from '../symbols/kallsyms.ts';
import type { BtfTypes } from '../types/btf-types.ts';

/** What dumps of one build of a kernel share: names of symbols, their distances, types. */
export interface KnownKernel {
  readonly kallsyms: Kallsyms;
  /** Where _stext was when they were read: each boot moves the kernel (KASLR). */
  readonly stext: bigint;
  readonly types: BtfTypes;
}

/** Builds whose symbols and types are kept, some 8 MB each: the machines of a fleet run few. */
const KEPT = 2;
const kept = new Map<string, KnownKernel>();

/** What names a build for sure; undefined where the dump does not prove which kernel it is of. */
export function buildOf({ info, utsname, proven, machine }: Kernel): string | undefined {
  // some stable releases write a wrong BUILD-ID: the version string, which names the build's time, goes with it
  return proven && utsname ? [machine, utsname.release, utsname.version, info.get('BUILD-ID') ?? ''].join('\n') : undefined;
}

export const knownKernel = (build: string | undefined): KnownKernel | undefined => (build === undefined ? undefined : kept.get(build));

export function keepKernel(build: string | undefined, known: KnownKernel): void {
  if (build === undefined) return;
  if (kept.size >= KEPT && !kept.has(build)) kept.delete(kept.keys().next().value!);
  kept.set(build, known);
}

/** The symbols of another boot of the same build; undefined where addresses are stored as they are, and so differ from boot to boot. */
export function movedSymbols({ kallsyms, stext }: KnownKernel, to: bigint): Kallsyms | undefined {
  const { addresses } = kallsyms;
  return addresses.table.encoding === 'absolute' ? undefined : { ...kallsyms, addresses: addresses.moved(to - stext) };
}
