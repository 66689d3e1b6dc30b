/**
 * Numbers of a report that can be: counts are not negative and fit 2^53. A counter that fell below zero is printed as 2^64 minus
 * something by %lu; computing with it would make nonsense of every sum, so it is quoted in `odd` and left out.
 */
export interface NumberReader {
  readonly odd: string[];
  /** A count of pages, kB, bytes, blocks. */
  count(text: string | undefined, what: string): number | undefined;
  /** A value that may be negative: order, errno, oom_score_adj. */
  signed(text: string | undefined, what: string): number | undefined;
}

export function numberReader(): NumberReader {
  const odd: string[] = [];
  const read = (text: string | undefined, what: string, from: number): number | undefined => {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= from) return value;
    odd.push(`${what}: ${text}`);
    return undefined;
  };
  return {
    odd,
    count: (text, what) => read(text, what, 0),
    signed: (text, what) => read(text, what, Number.MIN_SAFE_INTEGER),
  };
}
