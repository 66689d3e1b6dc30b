import type { KernelContext } from '../../kernel/context.ts';
import { hex } from '../row.ts';

/** A row of `sym`. */
export interface SymRow {
  readonly address: string;
  readonly name: string;
  readonly offset: number;
  readonly module?: string | undefined;
}

/** Compilers split a function into parts, whose names say it. */
const SUFFIXES = ['.constprop.0', '.isra.0', '.part.0', '.cold', '.constprop.0.isra.0'];

/** What lies at an address, or where a name is: as it is, else with the suffixes that compilers give. */
export function symRows({ symbols }: Pick<KernelContext, 'symbols'>, what: string): SymRow[] {
  const address = addressOf(what);
  if (address !== undefined && !symbols.addresses(what).length) {
    const found = symbols.at(address);
    return found ? [{ address: hex(address), name: found.name, offset: found.offset, module: found.module }] : [];
  }
  for (const name of [what, ...SUFFIXES.map((suffix) => what + suffix)]) {
    const found = symbols.addresses(name);
    if (found.length > 0) return found.map(({ address, module }) => ({ address: hex(address), name, offset: 0, module }));
  }
  return [];
}

/** An address as people write it; undefined for a name. */
function addressOf(text: string): bigint | undefined {
  if (/^0x[0-9a-f]{1,16}$/i.test(text)) return BigInt(text);
  return /^[0-9a-f]{7,16}$/i.test(text) && /\d/.test(text) ? BigInt(`0x${text}`) : undefined;
}

/** An address, or that of a symbol with an optional offset (`jiffies`, `init_task+16`). */
export function locate({ symbols }: Pick<KernelContext, 'symbols'>, text: string): bigint | undefined {
  const address = addressOf(text);
  if (address !== undefined) return address;
  const [, name = '', offset = '0'] = /^([\w.$]+)(?:\+(0x[0-9a-f]+|\d+))?$/i.exec(text) ?? [];
  const found = symbols.addresses(name)[0]?.address;
  if (found !== undefined) return found + BigInt(offset);
  return /^[0-9a-f]{1,16}$/i.test(text) ? BigInt(`0x${text}`) : undefined; // short, as user addresses are
}
