import type { ReportNode } from '../../../grammars/common/nodes.ts';
import { shaped } from './shaped.ts';

/** Segments of user code on x86: the registers behind them are a program's. */
const USER_SEGMENT = /^00(?:23|33|2b|73)$/;
/** Registers that hold the program counter, by architecture. */
const PROGRAM_COUNTER = /^(?:RIP|EIP|IP|PC|pc|NIP|PSW|epc|ERA|TPC|IAOQ)$/;

export const isProgramCounter = (register: string): boolean => PROGRAM_COUNTER.test(register);
export const isUserSegment = (segment: string | undefined): boolean => segment !== undefined && USER_SEGMENT.test(segment);

/** Registers, and for each name the index of its line in the report. */
export interface Registers {
  readonly values: Record<string, string>;
  readonly names: readonly string[];
  readonly lines: readonly number[];
}

/**
 * The registers where the kernel stopped: the first value of each name. A user RIP begins the program's registers, an end of trace
 * the repetition (of oops #1, whatever this one's number); the kernel's come again behind an interrupt frame, and count if none did yet.
 */
export function collectRegisters(nodes: readonly ReportNode[]): Registers | undefined {
  const names: string[] = [];
  const values: string[] = [];
  const lines: number[] = [];
  const put = (name: string, hex: string, line: number): void => {
    if (names.includes(name)) return;
    names.push(name);
    values.push(hex);
    lines.push(line);
  };
  let user = false;
  let row = 0;
  for (const node of nodes) {
    if (node.type === 'text' && node.key === 'end-trace') break;
    if (node.type === 'pointer') {
      if (isProgramCounter(node.register)) user = isUserSegment(node.segment);
      if (!user && node.frame?.address !== undefined && node.frame.symbol === undefined) put(node.register, node.frame.address, node.line);
      continue;
    }
    if (node.type !== 'registers' || user) continue;
    let nth = 0;
    for (const [name, hex] of node.values) {
      const named = nameOf(name, nth, row);
      if (named !== undefined) put(named, hex, node.line);
      nth++;
    }
    const first = node.values[0]?.[0];
    row = isFirstRow(first) ? 4 : first === '' && row > 0 ? row + nth : row;
  }
  return names.length === 0 ? undefined : { values: shaped(names, values), names, lines };
}

/** s390 names the first of four rows: `Krnl GPRS:`, `User GPRS:`. */
const isFirstRow = (name: string | undefined): boolean => name === 'KrnlGPRS' || name === 'UserGPRS';

/** `GPR04` and its three successors are gpr4…gpr7; s390's rows count on; mips' `$ 0` likewise. `TRAP` and `REGS` are no registers. */
function nameOf(name: string, nth: number, row: number): string | undefined {
  const gpr = name.startsWith('GPR') ? /^GPR(\d\d)$/.exec(name)?.[1] : undefined;
  if (gpr !== undefined) return `gpr${Number(gpr) + nth}`;
  if (isFirstRow(name)) return `gpr${nth}`;
  if (name === '') return row > 0 ? `gpr${row + nth}` : undefined;
  const mips = name.startsWith('$') ? /^\$(\d+)$/.exec(name)?.[1] : undefined;
  if (mips !== undefined) return `$${Number(mips) + nth}`;
  return name === 'REGS' ? undefined : name;
}
