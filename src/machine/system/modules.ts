import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { hex, type Known, row, sum } from '../row.ts';

/** A row of `mod`. */
export interface ModuleRow {
  readonly module: string;
  readonly name: string;
  readonly base: string;
  readonly sizeBytes: number;
  readonly taint: string;
  readonly state: string;
  /** Who uses it. */
  readonly references: number;
}

/** enum module_state. */
const STATES = ['live', 'coming', 'going', 'unformed'];
/** Letters of module.taints (kernel/panic.c, those that modules may have). */
const TAINTS: readonly (readonly [bit: number, letter: string])[] = [
  [0, 'P'],
  [1, 'F'],
  [10, 'C'],
  [12, 'O'],
  [13, 'E'],
  [15, 'K'],
  [16, 'X'],
  [18, 'N'],
];

export function moduleRows(kernel: KernelContext): Known<ModuleRow>[] {
  return kernel.symbols.modules
    .map(({ address, name }) => ({ module: kernel.struct('module', address), name }))
    .map(({ module, name }) => {
      const { base, size } = extent(module);
      const taints = module.has('taints') ? module.num('taints') : null;
      const references = module.num('refcnt');
      return row<ModuleRow>({
        module: hex(module.address),
        name: name === '' ? undefined : name,
        base: hex(base),
        sizeBytes: size,
        taint:
          taints === null || taints === undefined
            ? taints
            : TAINTS.flatMap(([bit, letter]) => ((taints >> bit) & 1 ? letter : [])).join(''),
        state: STATES[module.num('state') ?? -1],
        // MODULE_REF_BASE: one reference is the module's own
        references: module.has('refcnt') ? (references === undefined ? undefined : Math.max(0, references - 1)) : null,
      });
    })
    .sort((a, b) => (BigInt(a.base ?? 0) < BigInt(b.base ?? 0) ? -1 : 1));
}

function extent(module: Struct): { readonly base: bigint | undefined; readonly size: number | undefined } {
  const kinds = module.member('mem')?.length;
  // 6.4 ac3b43283923: memory by kind, text first; what is freed after init has no size
  if (kinds === undefined) return { base: module.ptr('core_layout.base'), size: module.num('core_layout.size') };
  return {
    base: module.ptr('mem[0].base'),
    size: sum(Array.from({ length: Math.min(kinds, 16) }, (_, i) => module.num(`mem[${i}].size`))),
  };
}
