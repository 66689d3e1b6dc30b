/** One step of an LZ77 encoding: so many literal bytes, then a copy from `distance` back. */
export interface Step {
  readonly literals: Buffer;
  /** 0: no copy, the last step. */
  readonly length: number;
  readonly distance: number;
}

/** Greedy matches of at least `minimum` bytes over a hash of four: enough to exercise every copy instruction, no more. */
export function findMatches(
  input: Buffer,
  options: { readonly minimum: number; readonly maxDistance: number; readonly maxLength: number },
): Step[] {
  const seen = new Map<number, number>();
  const steps: Step[] = [];
  let start = 0;
  let at = 0;
  while (at + 4 <= input.length) {
    const key = options.minimum >= 4 ? input.readUInt32LE(at) : input.readUIntLE(at, 3);
    const before = seen.get(key);
    seen.set(key, at);
    if (before === undefined || at - before > options.maxDistance) {
      at++;
      continue;
    }
    let length = options.minimum;
    while (at + length < input.length && length < options.maxLength && input[before + length] === input[at + length]) length++;
    steps.push({ literals: input.subarray(start, at), length, distance: at - before });
    at += length;
    start = at;
  }
  if (start < input.length) steps.push({ literals: input.subarray(start), length: 0, distance: 0 });
  return steps;
}
