/** What compressed bytes may come to on the disk; zeros are holes there and count nothing. */
export interface Growth {
  /** Bytes that are always allowed. */
  readonly floor: number;
  /** Beyond those: how many times the size of the compressed file. */
  readonly ratio: number;
}

/** Logs that say one thing a million times reach 200 to 1 in xz; gzip's bombs are 1000 to 1, others have no end. */
export const GROWTH: Growth = { floor: 1 << 30, ratio: 300 };

/** Bytes that a compressed file of this size may come to. */
export const allowed = ({ floor, ratio }: Growth, size: number): number => Math.max(floor, ratio * size);
