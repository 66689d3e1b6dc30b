import type { Kernel } from '../memory/kernel.ts';
import { type KnownMemory, knownMemory } from '../memory/known.ts';
import { type Kallsyms, readKallsyms, statedTables } from '../symbols/kallsyms.ts';
import { kernelSymbols } from '../symbols/kernel-symbols.ts';
import { scanForKallsyms } from '../symbols/scan.ts';
import type { Symbols } from '../symbols/symbols.ts';
import { Btf } from '../types/btf.ts';
import { BtfTypes } from '../types/btf-types.ts';
import { KernelContext } from './context.ts';
import { buildOf, type KnownKernel, keepKernel, knownKernel, movedSymbols } from './known-kernels.ts';
import { Losses } from './losses.ts';
import { moduleTypes } from './module-types.ts';
import { readModules } from './modules.ts';

/** How much of a kernel can be inspected: everything, its text symbols alone, nothing beyond the log. */
export type Inspectable =
  | { readonly tier: 'full'; readonly memory: KnownMemory; readonly symbols: Symbols; readonly context: KernelContext }
  | { readonly tier: 'text-symbols'; readonly reason: string; readonly memory: KnownMemory; readonly symbols: Symbols }
  | { readonly tier: 'none'; readonly reason: string; readonly memory: KnownMemory };

/**
 * Finds the kernel's own symbols and types in its memory. Never throws.
 * @param options.fresh reads them even where this process has read a dump of the same build before
 */
export function openInspectable(kernel: Kernel, { fresh = false }: { readonly fresh?: boolean } = {}): Inspectable {
  const memory = knownMemory(kernel.memory);
  const build = fresh ? undefined : buildOf(kernel);
  const known = knownKernel(build);
  const kallsyms = symbolsOf(kernel, memory, known);
  if (typeof kallsyms === 'string') return { tier: 'none', reason: kallsyms, memory };
  const losses = new Losses();
  let context: KernelContext | undefined;
  const symbols = kernelSymbols(kallsyms, () => (context ? readModules(context, symbols.address('modules')) : []));
  const types = known?.types ?? readTypes(memory, symbols, kallsyms);
  if (typeof types === 'string') return { tier: 'text-symbols', reason: types, memory, symbols };
  keep(build, kernel, kallsyms, types);
  context = new KernelContext(
    kernel,
    memory,
    symbols,
    types,
    losses,
    (name) => context && moduleTypes(context, types.btf, symbols.address('btf_modules'), name),
  );
  return { tier: 'full', memory, symbols, context };
}

/** Only what was read whole serves other dumps. */
function keep(build: string | undefined, { info }: Kernel, kallsyms: Kallsyms, types: BtfTypes): void {
  const stext = info.symbol('_stext');
  const isWhole = kallsyms.names.count === kallsyms.stated && types.btf.problem === undefined;
  if (isWhole && stext !== undefined) keepKernel(build, { kallsyms, stext, types });
}

/** From the cache where a dump of this build was read before, else from this dump. */
function symbolsOf({ info }: Kernel, memory: KnownMemory, known: KnownKernel | undefined): Kallsyms | string {
  const stext = info.symbol('_stext');
  const moved = known && stext !== undefined ? movedSymbols(known, stext) : undefined;
  if (moved && holds(memory, moved, 'init_task')) return moved;
  const tables = statedTables(memory, info) ?? scanForKallsyms(memory, info);
  return typeof tables === 'string' ? tables : readKallsyms(memory, tables, info);
}

/** Whether a dump holds more than its log: trimmed ones do not. */
function holds(memory: KnownMemory, { names, addresses }: Kallsyms, symbol: string): boolean {
  const index = names.indexOf(symbol);
  return index >= 0 && index < addresses.count && memory.word(addresses.at(index)) !== undefined;
}

const MAX_BTF = 64 << 20;

/** The kernel's types, or why there are none. @tested */
export function readTypes(memory: KnownMemory, symbols: Symbols, { names, addresses, stated }: Kallsyms): BtfTypes | string {
  const count = Math.min(names.count, addresses.count);
  // what is lost says nothing of how the kernel was built; text comes first in the table
  if (count < stated && (!symbols.hasData || symbols.address('__stop_BTF') === undefined))
    return `of kallsyms’ ${stated} symbols only ${count} are in the dump: those of its variables are not among them`;
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
