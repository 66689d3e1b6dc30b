import type { Reader } from '../dump/bytes.ts';
import type { Btf } from './btf.ts';
import { KIND } from './btf-kinds.ts';
import type { Member, MemberKind } from './types.ts';

/** Anonymous structures nest a few deep in kernels; types in a damaged BTF may contain themselves. */
const MAX_DEPTH = 12;

/** Bytes of a type. */
export function sizeOf(btf: Btf, typeId: number, wordSize: number, depth = 0): number {
  const id = btf.resolve(typeId);
  switch (btf.kind(id)) {
    case KIND.pointer:
      return wordSize;
    case KIND.array:
      return depth > MAX_DEPTH ? 0 : btf.extra(id, 2) * sizeOf(btf, btf.extra(id, 0), wordSize, depth + 1);
    case KIND.int:
    case KIND.struct:
    case KIND.union:
    case KIND.enum:
    case KIND.enum64:
    case KIND.float:
      return btf.sizeOrType(id);
    default:
      return 0;
  }
}

/** Where something lies: bits from the start of the structure asked, and its type. */
interface Place {
  readonly bits: number;
  readonly typeId: number;
  /** Bits of a bit-field, else 0. */
  readonly width: number;
}

export interface Machine {
  readonly wordSize: number;
  readonly reader: Reader;
}

/** @param path as {@link Types.member} takes it */
export function findMember(btf: Btf, typeId: number, path: string, machine: Machine): Member | undefined {
  let place: Place | undefined = { bits: 0, typeId, width: 0 };
  for (const part of path.split('.')) {
    const [name = '', ...indices] = part.split('[');
    const found: Place | undefined = name === '' ? place : memberNamed(btf, btf.resolve(place.typeId), name, 0);
    if (!found) return undefined;
    place = name === '' ? place : { ...found, bits: place.bits + found.bits };
    for (const index of indices) {
      place = element(btf, place, Number.parseInt(index, 10), machine);
      if (!place) return undefined;
    }
  }
  return memberAt(btf, place, machine);
}

function element(btf: Btf, { bits, typeId }: Place, index: number, { wordSize }: Machine): Place | undefined {
  const id = btf.resolve(typeId);
  if (btf.kind(id) !== KIND.array || !(index >= 0 && index < Math.max(1, btf.extra(id, 2)))) return undefined;
  const of = btf.extra(id, 0);
  return { bits: bits + 8 * index * sizeOf(btf, of, wordSize), typeId: of, width: 0 };
}

/** Looks into anonymous members where they stand, as C does. */
function memberNamed(btf: Btf, id: number, name: string, depth: number): Place | undefined {
  if (depth > MAX_DEPTH || !isComposite(btf.kind(id))) return undefined;
  const wanted = btf.stringOffset(name);
  for (let i = 0; i < btf.vlen(id); i++) {
    const nameAt = btf.extra(id, 3 * i);
    const place = placeOf(btf, id, i);
    // a module's strings may repeat the kernel's
    if (nameAt !== 0 && (nameAt === wanted || btf.string(nameAt) === name)) return place;
    if (nameAt !== 0) continue;
    const inner = memberNamed(btf, btf.resolve(place.typeId), name, depth + 1);
    if (inner) return { ...inner, bits: inner.bits + place.bits };
  }
  return undefined;
}

const isComposite = (kind: number): boolean => kind === KIND.struct || kind === KIND.union;

function placeOf(btf: Btf, id: number, i: number): Place {
  const offset = btf.extra(id, 3 * i + 2);
  const typeId = btf.extra(id, 3 * i + 1);
  // with kind_flag the upper byte is the width of a bit-field
  return btf.flag(id) ? { bits: offset & 0xffffff, typeId, width: offset >>> 24 } : { bits: offset, typeId, width: 0 };
}

/** The members of a structure as it lists them. */
export function* membersOf(btf: Btf, typeId: number, machine: Machine): Generator<{ name: string; member: Member }> {
  const id = btf.resolve(typeId);
  if (!isComposite(btf.kind(id))) return;
  for (let i = 0; i < btf.vlen(id); i++) {
    yield { name: btf.string(btf.extra(id, 3 * i)), member: memberAt(btf, placeOf(btf, id, i), machine) };
  }
}

const KINDS: Readonly<Record<number, MemberKind>> = {
  [KIND.int]: 'int',
  [KIND.pointer]: 'pointer',
  [KIND.array]: 'array',
  [KIND.struct]: 'struct',
  [KIND.union]: 'union',
  [KIND.enum]: 'enum',
  [KIND.enum64]: 'enum',
  [KIND.float]: 'float',
};

function memberAt(btf: Btf, { bits, typeId, width }: Place, machine: Machine): Member {
  const id = btf.resolve(typeId);
  const kind = btf.kind(id);
  const size = sizeOf(btf, id, machine.wordSize);
  const isArray = kind === KIND.array;
  const inner = isArray ? btf.resolve(btf.extra(id, 0)) : kind === KIND.pointer ? btf.resolve(btf.sizeOrType(id)) : id;
  const isSigned = kind === KIND.int ? ((btf.extra(id, 0) >>> 24) & 1) === 1 : kind === KIND.enum && btf.flag(id);
  const field = width > 0 && kind === KIND.int ? storage(bits, width, size, machine.reader) : undefined;
  return {
    offset: field?.offset ?? Math.floor(bits / 8),
    size: field?.size ?? size,
    kind: KINDS[kind] ?? 'other',
    isSigned,
    bits: field && { shift: field.shift, width },
    length: isArray ? btf.extra(id, 2) : undefined,
    elementSize: isArray ? sizeOf(btf, inner, machine.wordSize) : undefined,
    typeName: NAMELESS.has(btf.kind(inner)) ? '' : btf.name(inner),
    typeId,
  };
}

const NAMELESS: ReadonlySet<number> = new Set([0, KIND.pointer, KIND.array, KIND.funcProto]);

/** The unit of the declared type that holds a bit-field, or eight bytes where it reaches over one. Big-endian bits count from the top. */
function storage(bits: number, width: number, declared: number, reader: Reader): { offset: number; size: number; shift: number } {
  const unit = Math.max(1, declared) * 8;
  const size = (bits % unit) + width <= unit ? unit : 64;
  const within = bits % size;
  return { offset: (bits - within) / 8, size: size / 8, shift: reader.order === 'big' ? size - within - width : within };
}
