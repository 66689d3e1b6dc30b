import type { KnownMemory } from '../memory/known.ts';
import type { Member, Types } from '../types/types.ts';
import type { Losses } from './losses.ts';

/** What structures are read with. */
export interface Objects {
  readonly memory: KnownMemory;
  readonly types: Types;
  readonly losses: Losses;
}

/** Wrappers around a number: atomic_long_t holds a counter, refcount_t an atomic_t, kuid_t a val. */
const MAX_WRAPPERS = 4;

/**
 * A structure in the dump: its type and where it is. Members are read when asked, by path; undefined means unknown (its page is not in
 * the dump) or not there (this kernel's structure has no such member), which `losses` tells apart.
 */
export class Struct {
  constructor(
    readonly objects: Objects,
    /** Name, or BTF's id. */
    readonly type: string | number,
    readonly address: bigint,
  ) {}

  /** Whether this kernel's structure has the member: how versions are told apart. */
  has(path: string): boolean {
    return this.objects.types.has(this.type, path);
  }

  /** An integer, enum, bit-field, or a wrapper around one (atomic_t), as a double: exact up to 2^53. */
  num(path: string): number | undefined {
    const member = this.#number(path);
    const bytes = member && this.#bytes(member);
    return bytes && numberOf(this.objects, member, bytes);
  }

  /** The same in full. */
  big(path: string): bigint | undefined {
    const member = this.#number(path);
    const bytes = member && this.#bytes(member);
    if (!bytes) return undefined;
    const value = bigOf(this.objects, bytes);
    return member.isSigned ? BigInt.asIntN(8 * bytes.length, value) : value;
  }

  /** A pointer, 0n included; also of an integer that holds an address. */
  ptr(path: string): bigint | undefined {
    const member = this.#member(path);
    const bytes = member && this.#bytes(member);
    return bytes && bigOf(this.objects, bytes.subarray(0, this.objects.memory.wordSize));
  }

  /** A character array, or what a char pointer points to, up to its NUL, a character a byte: decode before showing it. */
  text(path: string): string | undefined {
    const member = this.#member(path);
    if (!member) return undefined;
    if (member.kind === 'pointer') {
      const at = this.ptr(path);
      if (at === undefined || at === 0n) return undefined;
      const text = cString(this.objects.memory, at);
      if (text === undefined) this.#lost(at, 1);
      return text;
    }
    const bytes = this.#bytes(member);
    if (!bytes) return undefined;
    const end = bytes.indexOf(0);
    return bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
  }

  /** Address of a member. */
  at(path: string): bigint | undefined {
    const member = this.#member(path);
    return member && this.address + BigInt(member.offset);
  }

  /** A structure or union within this one. */
  inner(path: string): Struct | undefined {
    const member = this.#member(path);
    return member && new Struct(this.objects, member.typeId, this.address + BigInt(member.offset));
  }

  /** The structure that a pointer points to; undefined for NULL. */
  follow(path: string, type?: string): Struct | undefined {
    const member = this.#member(path);
    const at = member && this.ptr(path);
    if (!member || at === undefined || at === 0n) return undefined;
    return new Struct(this.objects, type ?? member.typeName, at);
  }

  /** Another structure at a distance from this one: what it is part of (container_of), or lies in. */
  as(type: string | number, offset = 0): Struct {
    return new Struct(this.objects, type, this.address + BigInt(offset));
  }

  member(path: string): Member | undefined {
    return this.objects.types.member(this.type, path);
  }

  #member(path: string): Member | undefined {
    const member = this.objects.types.member(this.type, path);
    if (!member) this.objects.losses.member(this.type, path);
    return member;
  }

  #number(path: string): Member | undefined {
    let member = this.#member(path);
    let offset = 0;
    for (let i = 0; member && (member.kind === 'struct' || member.kind === 'union') && i < MAX_WRAPPERS; i++) {
      const first: Member | undefined = this.objects.types.fields(member.typeId)[0]?.member;
      offset += member.offset;
      member = first;
    }
    return member && { ...member, offset: member.offset + offset };
  }

  #bytes(member: Member): Buffer | undefined {
    const at = this.address + BigInt(member.offset);
    const bytes = this.objects.memory.bytes(at, member.size);
    if (!bytes) this.#lost(at, member.size);
    return bytes;
  }

  #lost(at: bigint, size: number): void {
    const { memory, losses } = this.objects;
    losses.page(at - (at % BigInt(memory.pageSize)), memory.why(at, size) ?? 'unmapped');
  }
}

function numberOf({ memory }: Objects, member: Member, bytes: Buffer): number {
  const { reader } = memory;
  if (member.bits) {
    const value = (bigOf({ memory }, bytes) >> BigInt(member.bits.shift)) & ((1n << BigInt(member.bits.width)) - 1n);
    return Number(member.isSigned ? BigInt.asIntN(member.bits.width, value) : value);
  }
  switch (bytes.length) {
    case 1:
      return member.isSigned ? bytes.readInt8(0) : bytes[0]!;
    case 2: {
      const v = reader.u16(bytes, 0);
      return member.isSigned ? (v << 16) >> 16 : v;
    }
    case 4: {
      const v = reader.u32(bytes, 0);
      return member.isSigned ? v | 0 : v;
    }
    default: {
      const v = bigOf({ memory }, bytes);
      return Number(member.isSigned ? BigInt.asIntN(8 * bytes.length, v) : v);
    }
  }
}

function bigOf({ memory: { reader } }: Pick<Objects, 'memory'>, bytes: Buffer): bigint {
  switch (bytes.length) {
    case 0:
      return 0n;
    case 1:
      return BigInt(bytes[0]!);
    case 2:
      return BigInt(reader.u16(bytes, 0));
    case 4:
      return BigInt(reader.u32(bytes, 0));
    default:
      return bytes.length < 8 ? 0n : reader.u64(bytes, 0);
  }
}

/** Longest string that is read: a path, a command line. */
const MAX_STRING = 4096;

/** A NUL-terminated string, a character a byte; cut at {@link MAX_STRING}, and where the dump has no more of it. */
function cString(memory: KnownMemory, address: bigint, most = MAX_STRING): string | undefined {
  let text = '';
  for (let at = address; text.length < most; ) {
    const take = Math.min(64 - Number(at & 63n), most - text.length);
    const bytes = memory.bytes(at, take);
    if (!bytes) return text === '' ? undefined : text;
    const end = bytes.indexOf(0);
    text += bytes.toString('latin1', 0, end < 0 ? take : end);
    if (end >= 0) break;
    at += BigInt(take);
  }
  return text;
}
