/**
 * Decodes one LZO1X block (Documentation/staging/lzo.rst in the kernel describes the instruction set).
 * @param size bytes the block must decode to
 * @param enough after how many bytes to stop, where its beginning is all that is wanted
 * @returns undefined where the block is damaged: it runs out of input, over its output or points before its start
 */
export function decodeLzo(input: Buffer, size: number, enough = Number.POSITIVE_INFINITY): Buffer | undefined {
  const output = Buffer.allocUnsafe(size);
  let ip = 0;
  let op = 0;
  // literals copied by the last instruction; 4 stands for "4 or more" and changes what codes 0..15 mean
  let state = 0;

  const literals = (count: number): boolean => {
    if (ip + count > input.length || op + count > size) return false;
    if (count < 16) for (let i = 0; i < count; i++) output[op + i] = input[ip + i]!;
    else input.copy(output, op, ip, ip + count);
    ip += count;
    op += count;
    return true;
  };
  const match = (distance: number, count: number): boolean => {
    if (distance > op || op + count > size) return false;
    for (let i = 0; i < count; i++, op++) output[op] = output[op - distance]!; // overlaps on purpose: a run repeats itself
    return true;
  };
  /** A length whose field was zero goes on in the following bytes: each zero is 255, the first other byte ends it. */
  const extended = (base: number): number => {
    let length = base;
    while (input[ip] === 0) {
      length += 255;
      ip++;
      if (length > size) return Number.POSITIVE_INFINITY;
    }
    return length + (input[ip++] ?? Number.POSITIVE_INFINITY);
  };

  const first = input[0];
  if (first === undefined) return undefined;
  if (first > 17) {
    ip = 1;
    if (!literals(first - 17)) return undefined;
    state = first - 17 < 4 ? first - 17 : 4;
  }
  while (ip < input.length) {
    if (op >= enough) return output.subarray(0, op);
    const code = input[ip++]!;
    let trailing: number;
    if (code >= 64) {
      const count = code >= 128 ? 5 + ((code >> 5) & 3) : 3 + ((code >> 5) & 1);
      const next = input[ip++];
      if (next === undefined || !match((next << 3) + ((code >> 2) & 7) + 1, count)) return undefined;
      trailing = code & 3;
    } else if (code >= 16) {
      const far = code < 32;
      const field = far ? code & 7 : code & 31;
      const count = 2 + (field === 0 ? extended(far ? 7 : 31) : field);
      if (ip + 2 > input.length) return undefined;
      const word = input.readUInt16LE(ip);
      ip += 2;
      const distance = far ? 16384 + ((code & 8) << 11) + (word >> 2) : (word >> 2) + 1;
      if (far && distance === 16384) return op === size ? output : undefined; // the end marker, 11 00 00
      if (!match(distance, count)) return undefined;
      trailing = word & 3;
    } else if (state === 0) {
      if (!literals(3 + (code === 0 ? extended(15) : code))) return undefined;
      state = 4;
      continue;
    } else {
      const next = input[ip++];
      if (next === undefined) return undefined;
      const short = (next << 2) + (code >> 2);
      if (!(state === 4 ? match(short + 2049, 3) : match(short + 1, 2))) return undefined;
      trailing = code & 3;
    }
    if (trailing > 0 && !literals(trailing)) return undefined;
    state = trailing;
  }
  return undefined;
}
