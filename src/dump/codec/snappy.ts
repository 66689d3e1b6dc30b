/**
 * Decodes one snappy block without framing (google/snappy format_description.txt).
 * @param size bytes the block must decode to
 * @param enough after how many bytes to stop, where its beginning is all that is wanted
 * @returns undefined where the block is damaged
 */
export function decodeSnappy(input: Buffer, size: number, enough = Number.POSITIVE_INFINITY): Buffer | undefined {
  let ip = 0;
  let declared = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = input[ip++];
    if (byte === undefined || shift > 28) return undefined;
    declared += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (declared !== size) return undefined;
  const output = Buffer.allocUnsafe(size);
  let op = 0;
  while (ip < input.length) {
    if (op >= enough) return output.subarray(0, op);
    const tag = input[ip++]!;
    const kind = tag & 3;
    if (kind === 0) {
      let count = (tag >> 2) + 1;
      if (count > 60) {
        const bytes = count - 60; // 1 to 4 bytes of length follow
        if (ip + bytes > input.length) return undefined;
        count = input.readUIntLE(ip, bytes) + 1;
        ip += bytes;
      }
      if (ip + count > input.length || op + count > size) return undefined;
      input.copy(output, op, ip, ip + count);
      ip += count;
      op += count;
      continue;
    }
    const offsetBytes = kind === 1 ? 1 : kind === 2 ? 2 : 4;
    if (ip + offsetBytes > input.length) return undefined;
    const low = input.readUIntLE(ip, offsetBytes);
    ip += offsetBytes;
    const count = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const offset = kind === 1 ? ((tag >> 5) << 8) | low : low;
    if (offset === 0 || offset > op || op + count > size) return undefined;
    for (let i = 0; i < count; i++, op++) output[op] = output[op - offset]!; // may overlap: a run repeats itself
  }
  return op === size ? output : undefined;
}
