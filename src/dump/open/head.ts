/** Bytes that are enough for every magic number (sadump has one at 4096). */
export const HEAD = 8192;
