import { atLeast, type KernelRelease } from '../kernel-release.ts';

/**
 * The combinations that have a name of their own, largest first, as include/trace/events/mmflags.h lists them for %pGg:
 * a name is used when all its bits are set, and takes them away. Members are names of bits.ts.
 */
export function gfpCombinations(release: KernelRelease): readonly (readonly [name: string, members: readonly string[]])[] {
  // 4.4: WAIT became two bits; before, GFP_ATOMIC was __GFP_HIGH alone and GFP_NOWAIT had no bit of its own
  const split = atLeast(release, [4, 4]);
  const reclaim = split ? ['DIRECT_RECLAIM', 'KSWAPD_RECLAIM'] : ['WAIT'];
  const kernel = [...reclaim, 'IO', 'FS'];
  const user = [...kernel, 'HARDWALL'];
  const movable = [...user, 'HIGHMEM', 'MOVABLE'];
  const huge = [...movable, 'COMP', 'NOMEMALLOC', 'NOWARN'];
  // 4.9: GFP_TRANSHUGE_LIGHT does no reclaim at all, GFP_TRANSHUGE only the direct one
  const light = huge.filter((bit) => !bit.endsWith('RECLAIM'));
  const transhuge = atLeast(release, [4, 9])
    ? [['GFP_TRANSHUGE', [...light, 'DIRECT_RECLAIM']] as const, ['GFP_TRANSHUGE_LIGHT', light] as const]
    : [['GFP_TRANSHUGE', [...huge, 'NORETRY', ...(split || !atLeast(release, [2, 6, 38]) ? [] : ['NO_KSWAPD'])]] as const];
  return [
    ...transhuge,
    ['GFP_HIGHUSER_MOVABLE', movable],
    ['GFP_HIGHUSER', [...user, 'HIGHMEM']],
    ['GFP_USER', user],
    ...(atLeast(release, [4, 14]) ? [] : [['GFP_TEMPORARY', [...kernel, 'RECLAIMABLE']] as const]),
    ...(atLeast(release, [4, 5]) ? [['GFP_KERNEL_ACCOUNT', [...kernel, 'ACCOUNT']] as const] : []),
    ['GFP_KERNEL', kernel],
    ['GFP_NOFS', [...reclaim, 'IO']],
    // 6.3: without __GFP_ATOMIC (2973d8229b78)
    ['GFP_ATOMIC', ['HIGH', ...(split ? ['KSWAPD_RECLAIM'] : []), ...(split && !atLeast(release, [6, 3]) ? ['ATOMIC'] : [])]],
    ['GFP_NOIO', reclaim],
    // 6.8: 16f5dfbc851b made GFP_NOWAIT quiet
    ...(split ? [['GFP_NOWAIT', ['KSWAPD_RECLAIM', ...(atLeast(release, [6, 8]) ? ['NOWARN'] : [])]] as const] : []),
    ['GFP_DMA', ['DMA']],
    ['GFP_DMA32', ['DMA32']],
  ];
}
