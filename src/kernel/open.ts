import type { Kernel } from '../memory/kernel.ts';
import { type KnownMemory, knownMemory } from '../memory/known.ts';
import { readKallsyms, statedTables } from '../symbols/kallsyms.ts';
import { kernelSymbols } from '../symbols/kernel-symbols.ts';
import { scanForKallsyms } from '../symbols/scan.ts';
import type { Symbols } from '../symbols/symbols.ts';
import { Btf } from '../types/btf.ts';
import { BtfTypes } from '../types/btf-types.ts';
import { KernelContext } from './context.ts';
import { Losses } from './losses.ts';
import { readModules } from './modules.ts';

/** How much of a kernel can be inspected: everything, its text symbols alone, nothing beyond the log. */
export type Inspectable =
  | { readonly tier: 'full'; readonly memory: KnownMemory; readonly symbols: Symbols; readonly context: KernelContext }
  | { readonly tier: 'text-symbols'; readonly reason: string; readonly memory: KnownMemory; readonly symbols: Symbols }
  | { readonly tier: 'none'; readonly reason: string; readonly memory: KnownMemory };

/** Finds the kernel's own symbols and types in its memory. Never throws. */
export function openInspectable(kernel: Kernel): Inspectable {
  const memory = knownMemory(kernel.memory);
  const { info } = kernel;
  const tables = statedTables(memory, info) ?? scanForKallsyms(memory, info);
  const kallsyms = typeof tables === 'string' ? tables : readKallsyms(memory, tables, info);
  if (typeof kallsyms === 'string') return { tier: 'none', reason: kallsyms, memory };
  const losses = new Losses();
  let context: KernelContext | undefined;
  const symbols = kernelSymbols(kallsyms, () => (context ? readModules(context, symbols.address('modules')) : []));
  const types = readTypes(memory, symbols);
  if (typeof types === 'string') return { tier: 'text-symbols', reason: types, memory, symbols };
  context = new KernelContext(kernel, memory, symbols, types, losses);
  return { tier: 'full', memory, symbols, context };
}

const MAX_BTF = 64 << 20;

function readTypes(memory: KnownMemory, symbols: Symbols): BtfTypes | string {
  if (!symbols.hasData) return 'this kernel was built without CONFIG_KALLSYMS_ALL: its variables have no names';
  const start = symbols.address('__start_BTF');
  const stop = symbols.address('__stop_BTF');
  if (start === undefined || stop === undefined)
    return 'this kernel was built without CONFIG_DEBUG_INFO_BTF: its types are not in the dump';
  const length = stop - start;
  if (length <= 0n || length > BigInt(MAX_BTF)) return `the kernel's BTF cannot be of ${length} bytes`;
  const bytes = memory.table(start, Number(length));
  if (BigInt(bytes.length) < length) return `of the kernel's BTF only ${bytes.length} of ${length} bytes are in the dump`;
  const btf = Btf.of(bytes, memory.reader);
  if (typeof btf === 'string') return `the kernel's BTF cannot be read: ${btf}`;
  const types = new BtfTypes(btf, memory);
  if (!types.has('task_struct', 'comm')) return `the kernel's BTF has no task_struct${btf.problem ? ` (${btf.problem})` : ''}`;
  return types;
}
