import type { Reader } from '../dump/bytes.ts';
import type { Btf } from './btf.ts';
import { KIND } from './btf-kinds.ts';
import { describeType } from './describe.ts';
import { findMember, membersOf, sizeOf } from './members.ts';
import type { Field, Member, Types } from './types.ts';

/** Types out of BTF; what was asked once is kept. */
export class BtfTypes implements Types {
  readonly #members = new Map<string, Member | undefined>();
  readonly #ids = new Map<string, number | undefined>();
  readonly #enums = new Map<string, ReadonlyMap<string, number>>();

  constructor(
    readonly btf: Btf,
    readonly machine: { readonly wordSize: number; readonly reader: Reader },
  ) {}

  get count(): number {
    return this.btf.count - 1;
  }

  idOf(type: string): number | undefined {
    if (this.#ids.has(type)) return this.#ids.get(type);
    // several may share a name (static structures of different files): the first that has members
    let found: number | undefined;
    for (const id of this.btf.findAll(type)) {
      const kind = this.btf.kind(id);
      if (!TYPE_KINDS.includes(kind)) continue;
      found ??= id;
      if (this.btf.vlen(id) > 0 || kind === KIND.typedef || kind === KIND.int) {
        found = id;
        break;
      }
    }
    this.#ids.set(type, found);
    return found;
  }

  size(type: string): number | undefined {
    const id = this.idOf(type);
    return id === undefined ? undefined : sizeOf(this.btf, id, this.machine.wordSize);
  }

  member(type: string | number, path: string): Member | undefined {
    const key = `${type} ${path}`;
    if (this.#members.has(key)) return this.#members.get(key);
    const id = typeof type === 'number' ? type : this.idOf(type);
    const member = id === undefined ? undefined : findMember(this.btf, id, path, this.machine);
    this.#members.set(key, member);
    return member;
  }

  has(type: string | number, path: string): boolean {
    return this.member(type, path) !== undefined;
  }

  fields(type: string | number): readonly Field[] {
    const id = typeof type === 'number' ? type : this.idOf(type);
    return id === undefined ? [] : [...membersOf(this.btf, id, this.machine)];
  }

  enumerator(type: string, name: string): number | undefined {
    return this.enumerators(type).get(name);
  }

  enumerators(type: string): ReadonlyMap<string, number> {
    const known = this.#enums.get(type);
    if (known) return known;
    const id = this.btf.find(type, [KIND.enum, KIND.enum64]);
    const values = new Map<string, number>();
    const wide = id !== undefined && this.btf.kind(id) === KIND.enum64;
    for (let i = 0; id !== undefined && i < this.btf.vlen(id); i++) {
      const at = i * (wide ? 3 : 2);
      const low = this.btf.extra(id, at + 1);
      const value = wide ? low + this.btf.extra(id, at + 2) * 2 ** 32 : this.btf.flag(id) ? low | 0 : low;
      values.set(this.btf.string(this.btf.extra(id, at)), value);
    }
    this.#enums.set(type, values);
    return values;
  }

  describe(typeId: number): string {
    return describeType(this.btf, typeId);
  }

  variableType(symbol: string): number | undefined {
    const id = this.btf.find(symbol, [KIND.var]);
    return id === undefined ? undefined : this.btf.sizeOrType(id);
  }

  names(): Iterable<string> {
    return this.btf.names();
  }
}

const TYPE_KINDS: readonly number[] = [KIND.struct, KIND.union, KIND.typedef, KIND.enum, KIND.enum64, KIND.int, KIND.float];
