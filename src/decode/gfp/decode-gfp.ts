import { atLeast, type KernelRelease } from '../kernel-release.ts';
import { GFP_ERAS, type GfpEra } from './bits.ts';
import { gfpCombinations } from './names.ts';

/** The table of a release: the last era that began by then, the first one for older kernels. */
function gfpEra(release: KernelRelease): GfpEra {
  return GFP_ERAS.findLast((era) => atLeast(release, era.since)) ?? GFP_ERAS[0]!;
}

/**
 * Names a GFP mask as the kernel of that release would (since 4.6 it prints the names itself, lib/vsprintf.c %pGg): combinations
 * first, then single `__GFP_` flags in bit order. Bits that the release does not define come last as one hex number.
 */
export function decodeGfpMask(mask: number, release: KernelRelease): string[] {
  const { bits } = gfpEra(release);
  const names: string[] = [];
  let left = mask >>> 0;
  for (const [name, members] of gfpCombinations(release)) {
    const value = members.reduce((sum, member) => sum | (bits[member] ?? 0), 0);
    if (value === 0 || (left & value) !== value) continue;
    names.push(name);
    left &= ~value;
  }
  for (const [name, bit] of Object.entries(bits).sort(([, a], [, b]) => a - b)) {
    if ((left & bit) === 0) continue;
    names.push(`__GFP_${name}`);
    left &= ~bit;
  }
  return left ? [...names, `0x${(left >>> 0).toString(16)}`] : names;
}

/** Single flags that printed or decoded names stand for in that release, without `__GFP_`: what reclaim may do, which zones. */
export function gfpMembers(names: readonly string[], release: KernelRelease): ReadonlySet<string> {
  const combinations = new Map(gfpCombinations(release));
  const members = new Set<string>();
  for (const name of names) {
    for (const member of combinations.get(name) ?? [name.replace(/^__GFP_/, '')]) members.add(member);
    if (name === '__GFP_RECLAIM') for (const half of ['DIRECT_RECLAIM', 'KSWAPD_RECLAIM']) members.add(half);
  }
  return members;
}
