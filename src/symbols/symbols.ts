/** An address as a symbol and what lies beyond it. */
export interface SymbolAt {
  readonly name: string;
  /** Bytes from the symbol's start. */
  readonly offset: number;
  /** Bytes to the next other symbol. */
  readonly size?: number | undefined;
  readonly module?: string | undefined;
}

/** A loaded module's memory and symbols. */
export interface ModuleImage {
  readonly name: string;
  /** Of its struct module. */
  readonly address: bigint;
  readonly ranges: readonly { readonly base: bigint; readonly size: number; readonly isText: boolean }[];
  /** Read when first asked. */
  symbols(): ModuleSymbols;
}

export interface ModuleSymbols {
  readonly count: number;
  address(name: string): bigint | undefined;
  at(address: bigint): SymbolAt | undefined;
  all(): Iterable<{ readonly name: string; readonly address: bigint }>;
}

/** Names and addresses of a dumped kernel. Nothing throws; what is not known is undefined. */
export interface Symbols {
  /** One object for all dumps of a build that this process reads: what hangs on the build alone is kept by it. */
  readonly build?: object | undefined;
  readonly from: 'vmcoreinfo' | 'scan';
  readonly count: number;
  readonly encoding: string;
  /** True where the kernel was built with CONFIG_KALLSYMS_ALL: variables have names too. */
  readonly hasData: boolean;
  /** Of a symbol of the kernel itself, by its whole name (suffixes like `.isra.0` are part of it). */
  address(name: string): bigint | undefined;
  /** Also in modules: all that have this name, the kernel's first. */
  addresses(name: string): readonly { readonly address: bigint; readonly module?: string | undefined }[];
  /** The symbol that an address lies in, of the kernel or of a module; of several that share an address the first, as the kernel prints it. */
  at(address: bigint): SymbolAt | undefined;
  /** Whether code may be there: the kernel's text, that of early boot (its return addresses stay on idle stacks), a module's. */
  isText(address: bigint): boolean;
  moduleAt(address: bigint): ModuleImage | undefined;
  readonly modules: readonly ModuleImage[];
  /** All of the kernel's own, ascending by address. */
  all(): Iterable<{ readonly name: string; readonly address: bigint; readonly letter: string }>;
}
