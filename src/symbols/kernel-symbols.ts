import type { Kallsyms } from './kallsyms.ts';
import type { ModuleImage, SymbolAt, Symbols } from './symbols.ts';

/** Beyond the image's end no symbol reaches farther (drgn's bound). */
const MAX_REACH = 0x10000n;

/**
 * Symbols of the kernel, and of its modules once somebody asks for an address outside the kernel.
 * @param loadModules reads the list of modules; called once
 */
export function kernelSymbols(kallsyms: Kallsyms, loadModules: () => readonly ModuleImage[]): Symbols {
  return new KernelSymbols(kallsyms, loadModules);
}

class KernelSymbols implements Symbols {
  readonly build: object;
  readonly from: Symbols['from'];
  readonly count: number;
  readonly encoding: string;
  readonly #kallsyms: Kallsyms;
  readonly #loadModules: () => readonly ModuleImage[];
  #modules: readonly ModuleImage[] | undefined;
  readonly #known = new Map<string, bigint | undefined>();
  #text: readonly (readonly [start: bigint, end: bigint])[] | undefined;

  constructor(kallsyms: Kallsyms, loadModules: () => readonly ModuleImage[]) {
    this.#kallsyms = kallsyms;
    this.#loadModules = loadModules;
    this.build = kallsyms.names;
    this.from = kallsyms.from;
    this.count = kallsyms.names.count;
    this.encoding = kallsyms.addresses.table.encoding;
  }

  get hasData(): boolean {
    return this.address('init_task') !== undefined;
  }

  get modules(): readonly ModuleImage[] {
    if (this.#modules) return this.#modules;
    this.#modules = []; // while the list is being read nothing is asked of modules
    this.#modules = this.#loadModules();
    return this.#modules;
  }

  address(name: string): bigint | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    const { names, addresses } = this.#kallsyms;
    const index = names.indexOf(name);
    const address = index < 0 || index >= addresses.count ? undefined : addresses.at(index);
    this.#known.set(name, address);
    return address;
  }

  addresses(name: string): { readonly address: bigint; readonly module?: string | undefined }[] {
    const { names, addresses } = this.#kallsyms;
    const found: { address: bigint; module?: string }[] = [];
    for (let i = names.indexOf(name); i >= 0 && i < addresses.count; i = names.indexOf(name, i)) found.push({ address: addresses.at(i) });
    for (const module of this.modules) {
      const address = module.symbols().address(name);
      if (address !== undefined) found.push({ address, module: module.name });
    }
    return found;
  }

  at(address: bigint): SymbolAt | undefined {
    const module = this.#isOfKernel(address) ? undefined : this.moduleAt(address);
    return module ? module.symbols().at(address) : this.#ofKernel(address);
  }

  isText(address: bigint): boolean {
    this.#text ??= (
      [
        ['_stext', '_etext'],
        ['_sinittext', '_einittext'],
      ] as const
    ).flatMap(([from, to]) => {
      const start = this.address(from);
      const end = this.address(to);
      return start === undefined || end === undefined ? [] : [[start, end] as const];
    });
    if (this.#text.some(([start, end]) => address >= start && address < end)) return true;
    if (this.#isOfKernel(address)) return false;
    const inModule = this.moduleAt(address)?.ranges.find(({ base, size }) => address >= base && address < base + BigInt(size));
    return inModule?.isText ?? false;
  }

  moduleAt(address: bigint): ModuleImage | undefined {
    return this.modules.find(({ ranges }) => ranges.some(({ base, size }) => address >= base && address < base + BigInt(size)));
  }

  *all(): Generator<{ readonly name: string; readonly address: bigint; readonly letter: string }> {
    const { names, addresses } = this.#kallsyms;
    for (const i of addresses.ascending()) yield { name: names.name(i), address: addresses.at(i), letter: names.letter(i) };
  }

  #isOfKernel(address: bigint): boolean {
    const start = this.address('_text') ?? this.address('_stext');
    const end = this.address('_end');
    return start !== undefined && end !== undefined && address >= start && address < end;
  }

  #ofKernel(address: bigint): SymbolAt | undefined {
    const { names, addresses } = this.#kallsyms;
    const found = addresses.floor(address);
    if (!found) return undefined;
    const offset = address - found.start;
    if (offset >= MAX_REACH && !this.#isOfKernel(address)) return undefined;
    const size = found.next === undefined ? undefined : Number(found.next - found.start);
    return { name: names.name(found.index), offset: Number(offset), size };
  }
}
