/** An estimate, and between what it lies in 95 of 100 cases. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const Z95 = 1.959964;

/** The share k of n with Wilson's interval, which holds for small numbers too. Undefined of nothing. */
export function share(k: number, n: number, z = Z95): Interval | undefined {
  if (n <= 0) return undefined;
  const p = k / n;
  const z2 = z * z;
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return { value: p, low: k === 0 ? 0 : Math.max(0, middle - half), high: k === n ? 1 : Math.min(1, middle + half) };
}

/**
 * How many times as frequent a thing is among n as among m others, where a and b have it. Half an input is added on both sides, so
 * that it is finite where nobody else has it (Walter 1975); the interval is that of its logarithm.
 */
export function ratio(a: number, n: number, b: number, m: number, z = Z95): Interval | undefined {
  if (n <= 0 || m <= 0) return undefined;
  const value = (a + 0.5) / (n + 0.5) / ((b + 0.5) / (m + 0.5));
  const spread = z * Math.sqrt(Math.max(0, 1 / (a + 0.5) - 1 / (n + 0.5) + 1 / (b + 0.5) - 1 / (m + 0.5)));
  return { value, low: value * Math.exp(-spread), high: value * Math.exp(spread) };
}

/**
 * The z of a 95 % interval that holds for all of so many comparisons at once (Bonferroni): of a hundred modules five would stand out by
 * chance. The normal quantile is Hastings' approximation (Abramowitz & Stegun 26.2.23), off by less than 0.00045.
 */
export function zFor(comparisons: number): number {
  const t = Math.sqrt(-2 * Math.log(0.025 / Math.max(1, comparisons)));
  return t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
}

/** What an interval of a ratio says. */
export type Judgement = 'more' | 'fewer' | 'no clear difference' | 'too few to say';

/** Fewer machines than this on either side, or with it, say nothing. */
const FEW = 5;

export function judge({ low, high }: Interval, a: number, n: number, b: number, m: number): Judgement {
  if (n < FEW || m < FEW || a + b < FEW) return 'too few to say';
  return low > 1 ? 'more' : high < 1 ? 'fewer' : 'no clear difference';
}
