import type { Frame } from '../../event/event.ts';
import { printable } from './printable.ts';

/** A frame as the kernel writes it: `fault_null+0x5/0x20 [driver_xyz]`, with file, line and `[inline]` where the log has them. */
export function frameText(frame: Frame): string {
  const symbol = frame.symbol ?? frame.address ?? '?';
  const where = frame.offset === undefined ? '' : `+${hex(frame.offset)}${frame.size === undefined ? '' : `/${hex(frame.size)}`}`;
  const file = frame.file ? ` ${frame.file}${frame.line === undefined ? '' : `:${frame.line}`}` : '';
  const module = frame.module ? ` [${frame.module}]` : '';
  return printable(`${symbol}${where}${module}${file}${frame.inlined ? ' [inline]' : ''}`);
}

const hex = (value: number | string): string => (typeof value === 'number' ? `0x${value.toString(16)}` : value);
