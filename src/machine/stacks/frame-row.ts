import type { Symbols } from '../../symbols/symbols.ts';
import { type Frame, type FrameKind, lookupAddress } from '../../unwind/stack.ts';
import { hex } from '../row.ts';

/** A frame as it is answered. */
export interface FrameRow {
  /** Absent in code without a symbol: a program of BPF, a module of a kernel whose modules have no names. */
  readonly symbol?: string | undefined;
  /** Bytes from the symbol's start to `ip`. */
  readonly offset?: number | undefined;
  readonly module?: string | undefined;
  readonly ip: string;
  /** Where the return address lies on the stack; of an interrupted frame its stack pointer. */
  readonly sp: string;
  readonly kind: FrameKind;
  /** False where it was found by searching, or lies above code without a rule to unwind by. */
  readonly reliable: boolean;
}

/** A return address belongs to the call before it, which may be the last instruction of its function. */
export function frameRow(symbols: Symbols, frame: Frame): FrameRow {
  const { ip, sp, kind, reliable } = frame;
  const at = lookupAddress(frame);
  const found = symbols.at(at);
  return {
    ...(found && { symbol: found.name, offset: found.offset + Number(ip - at) }),
    ...(found?.module !== undefined && { module: found.module }),
    ip: hex(ip),
    sp: hex(sp),
    kind,
    reliable,
  };
}
