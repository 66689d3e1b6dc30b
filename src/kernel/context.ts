import type { Machine } from '../dump/dump.ts';
import type { Kernel } from '../memory/kernel.ts';
import type { KnownMemory } from '../memory/known.ts';
import type { Symbols } from '../symbols/symbols.ts';
import type { Types } from '../types/types.ts';
import { type Cpus, readCpus } from './cpus.ts';
import type { Losses } from './losses.ts';
import { type Objects, Struct } from './struct.ts';

/** A dumped kernel with its symbols and types: what every question about its objects starts from. */
export class KernelContext implements Objects {
  #cpus: Cpus | undefined;
  readonly #moduleTypes = new Map<string, Types | undefined>();

  constructor(
    /** The dump, its notes, VMCOREINFO, translation. */
    readonly kernel: Kernel,
    readonly memory: KnownMemory,
    readonly symbols: Symbols,
    readonly types: Types,
    readonly losses: Losses,
    /** Types of a module by its name. */
    readonly typesOf: (module: string) => Types | undefined,
  ) {}

  get machine(): Machine {
    return this.kernel.machine;
  }

  get cpus(): Cpus {
    this.#cpus ??= readCpus(this.memory, this.symbols);
    return this.#cpus;
  }

  /** Whether an address can be of the kernel's memory: the upper half, but for s390x, whose kernel has an address space of its own. */
  isKernelAddress(address: bigint): boolean {
    return this.machine === 's390x' ? address >= 0x1000n : address >> BigInt(8 * this.memory.wordSize - 1) === 1n;
  }

  struct(type: string | number, address: bigint): Struct {
    return new Struct(this, type, address);
  }

  /** The same kernel with a module's types beside its own; undefined where the module has no such type, or is not loaded. */
  inModule(module: string, type: string): KernelContext | undefined {
    const types = this.#moduleTypes.has(module) ? this.#moduleTypes.get(module) : this.typesOf(module);
    this.#moduleTypes.set(module, types);
    if (types?.idOf(type) === undefined) return undefined;
    return new KernelContext(this.kernel, this.memory, this.symbols, types, this.losses, this.typesOf);
  }

  /** A global variable, whose type BTF does not have. */
  variable(symbol: string, type: string): Struct | undefined {
    const address = this.symbols.address(symbol);
    return address === undefined ? undefined : this.struct(type, address);
  }

  /** A per-CPU variable on one CPU. */
  perCpu(symbol: string, type: string, cpu: number): Struct | undefined {
    const variable = this.symbols.address(symbol);
    const address = variable === undefined ? undefined : this.cpus.address(variable, cpu);
    return address === undefined ? undefined : this.struct(type, address);
  }

  /** A variable that is a number of 4 bytes. */
  u32(symbol: string): number | undefined {
    const at = this.symbols.address(symbol);
    return at === undefined ? undefined : this.memory.u32(at);
  }

  /** A variable of a word: a pointer, a long. */
  word(symbol: string): bigint | undefined {
    const at = this.symbols.address(symbol);
    return at === undefined ? undefined : this.memory.word(at);
  }
}
