import type { NewIn, Share, ShareOf } from './fleet.ts';
import type { ReadInput } from './input.ts';

/** A release in parts that compare: numbers as numbers, `-rc3` before the release itself. */
const partsOf = (release: string): (number | string)[] =>
  (release.replace(/-rc(\d+)/, '~$1').match(/\d+|~|[^\d~.+-]+/g) ?? []).map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : part));

/** Orders releases by version: `6.1.0-9` before `6.1.0-28`, `6.2-rc3` before `6.2`. */
export function compareReleases(a: string, b: string): number {
  const [x, y] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const order = comparePart(x[i], y[i]);
    if (order !== 0) return order;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePart(a: number | string | undefined, b: number | string | undefined): number {
  if (a === b) return 0;
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x - y;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** A release candidate is before the end of the name, words are after it, numbers last. */
const rank = (part: number | string | undefined): number => (part === '~' ? 0 : part === undefined ? 1 : typeof part === 'string' ? 2 : 3);

/**
 * The last word of a release: `amd64`, `x86_64`, `generic`, empty where there is none. Kernels of one flavour follow each other;
 * 5.15 of one machine's distribution is not what came before 6.1 of another's.
 */
export const flavourOf = (release: string): string =>
  /[-.+]([a-z]\w*)$/i.exec(release.replace(/-g[0-9a-f]{7,40}$/, '').replace(/-rc\d+$/, ''))?.[1] ?? '';

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
