import type { Decoded, Disassembler, Machine } from '../../decode/code/disassembler.ts';
import type { Machine as DumpMachine } from '../../dump/dump.ts';
import type { KernelContext } from '../../kernel/context.ts';
import { hex } from '../../machine/row.ts';

/** A row of `dis`: an instruction. */
export interface DisRow {
  readonly address: string;
  /** The function that it is in, and the bytes from its start. */
  readonly symbol?: string | undefined;
  readonly offset?: number | undefined;
  readonly bytes: string;
  /** Intel order on x86; the target of a call or jump with its symbol. */
  readonly text: string;
}

/** Instruction sets by what a dump's machine is called. */
const MACHINES: Readonly<Partial<Record<DumpMachine, Machine>>> = {
  x86_64: 'x86-64',
  i386: 'i386',
  arm64: 'arm64',
  arm: 'arm',
  riscv64: 'riscv64',
  ppc64: 'ppc64',
};
/** The largest functions of a kernel have some 30 KiB. */
const MAX_BYTES = 1 << 16;
const LONGEST = 16;

export interface DisRange {
  readonly from: bigint;
  /** Instructions at most. */
  readonly count?: number | undefined;
  /** Exclusive; without it the end of the function. */
  readonly to?: bigint | undefined;
}

/** @returns instructions of the kernel's code as it lay in memory, or the reason why there are none */
export function disRows(
  kernel: Pick<KernelContext, 'machine' | 'memory' | 'symbols'>,
  disassembler: Disassembler,
  range: DisRange,
): DisRow[] | string {
  const machine = MACHINES[kernel.machine];
  if (machine === undefined) return `code of ${kernel.machine} is not disassembled`;
  const { from, count = Number.POSITIVE_INFINITY } = range;
  const found = kernel.symbols.at(from);
  const rest = found?.size === undefined ? undefined : found.size - found.offset;
  const wanted =
    range.to !== undefined ? Number(range.to - from) : count < Number.POSITIVE_INFINITY ? count * LONGEST : (rest ?? 64 * LONGEST);
  const code = codeAt(kernel, from, Math.min(MAX_BYTES, Math.max(0, wanted)));
  if (code.length === 0) return `the code at ${hex(from)} is not in the dump`;
  const rows: DisRow[] = [];
  for (let at = 0; at < code.length && rows.length < count; ) {
    const one = disassembler.at(machine, code, at);
    if (!one || at + one.size > code.length) break;
    rows.push(rowOf(kernel, from, at, one, code));
    at += one.size;
  }
  return rows;
}

/** As much of the code as is there, page by page. */
function codeAt({ memory }: Pick<KernelContext, 'memory'>, from: bigint, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let done = 0; done < length; ) {
    const at = from + BigInt(done);
    const take = Math.min(length - done, memory.pageSize - Number(at % BigInt(memory.pageSize)));
    const part = memory.bytes(at, take);
    if (!part) break;
    parts.push(part);
    done += take;
  }
  return Buffer.concat(parts);
}

function rowOf(kernel: Pick<KernelContext, 'symbols'>, from: bigint, at: number, { size, text }: Decoded, code: Buffer): DisRow {
  const address = from + BigInt(at);
  const found = kernel.symbols.at(address);
  return {
    address: hex(address),
    ...(found && { symbol: found.name, offset: found.offset }),
    bytes: code.toString('hex', at, at + size),
    text: withTarget(kernel, from, text),
  };
}

/** A direct branch, in the words of capstone; its target counts from the first byte that was given. */
const BRANCH = /^((?:j\w+|call|loop\w*|bl?|b\.\w+|c\.j|jal?|cbn?z|tbn?z)\b[^[\]]*?)#?(-?0x[0-9a-f]+|-?\d+)$/;

function withTarget({ symbols }: Pick<KernelContext, 'symbols'>, from: bigint, text: string): string {
  const m = BRANCH.exec(text);
  if (!m) return text;
  const [, before = '', number = '0'] = m;
  const distance = number.startsWith('-') ? -BigInt(number.slice(1)) : BigInt(number);
  const target = BigInt.asUintN(64, from + distance);
  const found = symbols.at(target);
  if (!found) return `${before}${hex(target)}`;
  return `${before}${hex(target)} <${found.name}${found.offset > 0 ? `+${found.offset}` : ''}>`;
}
