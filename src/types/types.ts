/** What a member holds, past typedefs and qualifiers. */
export type MemberKind = 'int' | 'pointer' | 'array' | 'struct' | 'union' | 'enum' | 'float' | 'other';

/** Where a member lies in its structure. */
export interface Member {
  /** Bytes from the start of the structure; of a bit-field those of its storage unit. */
  readonly offset: number;
  /** Bytes; of a bit-field those of its storage unit. */
  readonly size: number;
  readonly kind: MemberKind;
  readonly isSigned: boolean;
  /** Of a bit-field: the value is `(unit >> shift) & ((1 << width) - 1)`, in either byte order. */
  readonly bits?: { readonly shift: number; readonly width: number } | undefined;
  /** Of an array. */
  readonly length?: number | undefined;
  /** Bytes of an array's element. */
  readonly elementSize?: number | undefined;
  /** Name of the structure, union or enum that it is, has as elements, or points to; '' where it has none. */
  readonly typeName: string;
  /** Of the member itself: what further questions start from. */
  readonly typeId: number;
}

/** A member as a structure lists it. */
export interface Field {
  /** '' for an anonymous structure or union. */
  readonly name: string;
  readonly member: Member;
}

/**
 * Types of a dumped kernel. A type is named as in C without its keyword: `task_struct`, `atomic_t`; ids are BTF's. Nothing throws;
 * what the kernel does not have is undefined.
 */
export interface Types {
  readonly count: number;
  /** Bytes. Beware of structures that end in an array declared longer than it is (kmem_cache): read up to the last member used. */
  size(type: string): number | undefined;
  /**
   * A member by path, through anonymous structures and unions, nested ones and arrays: `__state`, `thread_info.cpu`, `node_zones[1].name`.
   */
  member(type: string | number, path: string): Member | undefined;
  has(type: string | number, path: string): boolean;
  /** All members in their order. */
  fields(type: string | number): readonly Field[];
  /** Value of an enumerator; of an anonymous enum too. */
  enumerator(type: string, name: string): number | undefined;
  enumerators(type: string): ReadonlyMap<string, number>;
  /** As in C: `struct list_head *`, `unsigned int [4]`. */
  describe(typeId: number): string;
  /** Type of a per-CPU variable, by its symbol; undefined where BTF has no section of them (before pahole 1.22). */
  variableType(symbol: string): number | undefined;
  /** The id of a structure, union, typedef, enum or int. */
  idOf(type: string): number | undefined;
  names(): Iterable<string>;
}
