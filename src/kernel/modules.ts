import { readModuleSymbols } from '../symbols/module-symbols.ts';
import type { ModuleImage, ModuleSymbols } from '../symbols/symbols.ts';
import { list } from './list.ts';
import { type Objects, Struct } from './struct.ts';

type Ranges = ModuleImage['ranges'];

/** More kinds of memory than a module has (mod_mem_type, 7 of them in 6.4). */
const MAX_KINDS = 16;

/** The loaded modules with their memory. @param head of the list: the symbol `modules` */
export function readModules(objects: Objects, head: bigint | undefined): ModuleImage[] {
  return [...list(objects, head, { what: 'the list of modules', type: 'module', member: 'list' })].map((module) => image(objects, module));
}

function image(objects: Objects, module: Struct): ModuleImage {
  const ranges = moduleRanges(module);
  let symbols: ModuleSymbols | undefined;
  const name = module.text('name') ?? '';
  return {
    name,
    address: module.address,
    ranges,
    symbols() {
      symbols ??= symbolsOf(objects, module, name, ranges);
      return symbols;
    },
  };
}

/** Where a module's code and data lie, text first. */
function moduleRanges(module: Struct): Ranges {
  if (module.has('mem')) {
    // 6.4 ac3b43283923: a range for each kind of memory, text first
    const kinds = Math.min(module.member('mem')?.length ?? 0, MAX_KINDS);
    return Array.from({ length: kinds }, (_, i) => range(module, `mem[${i}]`, i === 0 || i === INIT_TEXT)).filter(isThere);
  }
  // 4.5 to 6.3: one layout, text at its beginning; before, module_core
  const size = module.num('core_layout.size');
  const base = module.ptr('core_layout.base');
  const text = module.num('core_layout.text_size') ?? size;
  if (base === undefined || size === undefined || text === undefined) return [];
  const core: Ranges = [
    { base, size: text, isText: true },
    { base: base + BigInt(text), size: size - text, isText: false },
  ];
  const init = range(module, 'init_layout', true);
  return init.size > 0 ? [...core, init] : core;
}

/** MOD_INIT_TEXT of enum mod_mem_type. */
const INIT_TEXT = 4;

const isThere = ({ size, base }: Ranges[number]): boolean => size > 0 && base !== 0n;

const range = (module: Struct, path: string, isText: boolean): Ranges[number] => ({
  base: module.ptr(`${path}.base`) ?? 0n,
  size: module.num(`${path}.size`) ?? 0,
  isText,
});

function symbolsOf(objects: Objects, module: Struct, name: string, ranges: Ranges): ModuleSymbols {
  // 4.5 8244062ef1e5: mod_kallsyms; `kallsyms` points to that in use
  const tables = module.follow('kallsyms', 'mod_kallsyms') ?? new Struct(objects, 'mod_kallsyms', 0n);
  return readModuleSymbols(objects.memory, {
    module: name,
    symtab: tables.ptr('symtab') ?? 0n,
    count: tables.num('num_symtab') ?? 0,
    strtab: tables.ptr('strtab') ?? 0n,
    holds: (address) => ranges.some(({ base, size }) => address >= base && address < base + BigInt(size)),
  });
}
