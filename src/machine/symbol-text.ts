import type { KernelContext } from '../kernel/context.ts';
import { hex } from './row.ts';

/** `name+0x10 [module]`, or the address where nothing lies there. */
export function symbolText({ symbols }: KernelContext, address: bigint): string {
  const found = symbols.at(address);
  if (!found) return hex(address);
  const { name, offset, module } = found;
  return `${name}${offset > 0 ? `+0x${offset.toString(16)}` : ''}${module ? ` [${module}]` : ''}`;
}
