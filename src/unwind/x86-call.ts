import type { KnownMemory } from '../memory/known.ts';

/** The longest call with a memory operand (opcode, ModRM, SIB, displacement of 4, a prefix). */
const LONGEST = 8;

/** Is a return address what x86 pushes: does a call end right before it? Bytes that happen to look like one are possible, not likely. */
export function isAfterCall(memory: KnownMemory, ip: bigint): boolean {
  const code = memory.bytes(ip - BigInt(LONGEST), LONGEST);
  if (code === undefined) return false;
  if (code[LONGEST - 5] === 0xe8) return true;
  for (let length = 2; length <= 7; length++) {
    if (code[LONGEST - length] === 0xff && indirectLength(code, LONGEST - length) === length) return true;
  }
  return false;
}

/** Where the direct call that ends at a return address goes; undefined where it is an indirect one. */
export function calledBefore(memory: KnownMemory, ip: bigint): bigint | undefined {
  const code = memory.bytes(ip - 5n, 5);
  return code?.[0] === 0xe8 ? BigInt.asUintN(memory.wordSize * 8, ip + BigInt(code.readInt32LE(1))) : undefined;
}

/** Bytes of a `call` with opcode ff: ModRM with /2, then what its addressing form takes. */
function indirectLength(code: Buffer, at: number): number | undefined {
  const modrm = code[at + 1];
  if (modrm === undefined || ((modrm >> 3) & 7) !== 2) return undefined;
  const mod = modrm >> 6;
  const rm = modrm & 7;
  if (mod === 3) return 2;
  const sib = rm === 4 ? 1 : 0;
  if (mod === 1) return 3 + sib;
  if (mod === 2) return 6 + sib;
  const noBase = rm === 5 || (sib === 1 && ((code[at + 2] ?? 0) & 7) === 5);
  return noBase ? 6 + sib : 2 + sib;
}
