import type { NewIn, Share, ShareOf } from './fleet.ts';
import type { ReadInput } from './input.ts';
import { compareReleases, flavourOf } from './release-order.ts';

/**
 * The release that a signature is new in: the first it was seen on, where the fleet has inputs of earlier releases of that flavour.
 * @param seen releases of the signature
 * @param all how many inputs the fleet has of every release
 * @param inputs the fleet's; one may be from several releases
 */
export function newIn(seen: readonly ShareOf[], all: readonly Share[], inputs: readonly Pick<ReadInput, 'releases'>[]): NewIn | undefined {
  const [first] = [...seen].sort((a, b) => compareReleases(a.name, b.name));
  if (first === undefined) return undefined;
  const flavour = flavourOf(first.name);
  const earlier = all
    .filter(({ name }) => flavourOf(name) === flavour && compareReleases(name, first.name) < 0)
    .sort((a, b) => compareReleases(a.name, b.name));
  const before = earlier.at(-1);
  if (before === undefined) return undefined;
  const names = new Set(earlier.map(({ name }) => name));
  return { ...first, before, earlier: inputs.filter(({ releases }) => releases.some((name) => names.has(name))).length };
}
