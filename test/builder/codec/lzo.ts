import { findMatches } from './matches.ts';

/** An LZO1X block. What an instruction may be depends on how many literals came before it: `state`, 4 meaning four or more. */
export function lzo1x(input: Buffer): Buffer {
  const steps = findMatches(input, { minimum: 3, maxDistance: 49151, maxLength: 4096 });
  const out: number[] = [];
  let state = 0;
  steps.forEach(({ literals, length, distance }, i) => {
    // One to three literals after a copy travel in that copy's low bits and were written with it.
    if (i === 0) state = firstLiterals(out, literals);
    else if (literals.length > 3) {
      literalRun(out, literals);
      state = 4;
    }
    if (length === 0) return;
    const next = steps[i + 1];
    const trailing = next && next.literals.length <= 3 ? next.literals.length : 0;
    copy(out, { length, distance, state, trailing });
    if (next && trailing) out.push(...next.literals);
    state = trailing;
  });
  out.push(0x11, 0, 0);
  return Buffer.from(out);
}

function firstLiterals(out: number[], literals: Buffer): number {
  if (literals.length === 0) return 0;
  if (literals.length <= 238) {
    out.push(literals.length + 17, ...literals);
    return Math.min(literals.length, 4);
  }
  literalRun(out, literals);
  return 4;
}

function literalRun(out: number[], literals: Buffer): void {
  const n = literals.length - 3;
  if (n <= 15) out.push(n);
  else extended(out, 0, n, 15);
  for (const byte of literals) out.push(byte);
}

/** A length that its field cannot hold: field 0, then zeros for 255 each, then the rest, never 0. */
function extended(out: number[], instruction: number, n: number, base: number): void {
  out.push(instruction);
  let rest = n - base;
  for (; rest > 255; rest -= 255) out.push(0);
  out.push(rest);
}

function copy(out: number[], c: { length: number; distance: number; state: number; trailing: number }): void {
  const d = c.distance - 1;
  if (c.length === 3 && c.state === 4 && c.distance > 2048 && c.distance <= 3072) {
    const far = c.distance - 2049;
    out.push(((far & 3) << 2) | c.trailing, far >> 2);
  } else if (c.length <= 4 && c.distance <= 2048) {
    out.push(64 | ((c.length - 3) << 5) | ((d & 7) << 2) | c.trailing, d >> 3);
  } else if (c.length <= 8 && c.distance <= 2048) {
    out.push(128 | ((c.length - 5) << 5) | ((d & 7) << 2) | c.trailing, d >> 3);
  } else if (c.distance <= 16384) {
    if (c.length - 2 <= 31) out.push(32 | (c.length - 2));
    else extended(out, 32, c.length - 2, 31);
    out.push(((d & 63) << 2) | c.trailing, d >> 6);
  } else {
    const far = c.distance - 16384;
    const instruction = 16 | (far >= 16384 ? 8 : 0);
    const low = far & 0x3fff;
    if (c.length - 2 <= 7) out.push(instruction | (c.length - 2));
    else extended(out, instruction, c.length - 2, 7);
    out.push(((low & 63) << 2) | c.trailing, low >> 6);
  }
}
