import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import type { Member } from '../../types/types.ts';
import { hex, type Known, row } from '../row.ts';
import { symbolText } from '../symbol-text.ts';

/** A row of `struct`: a member, and what it holds where an address was given. */
export interface MemberRow {
  readonly offset: number;
  readonly size: number;
  /** Path within the structure; anonymous ones are shown with their own members. */
  readonly member: string;
  readonly type: string;
  readonly value: string;
}

const MAX_ROWS = 4096;
const MAX_DEPTH = 12;
/** Elements of an array of numbers that are shown. */
const MAX_ELEMENTS = 16;

/** @returns nothing where there is no such type or member */
export function memberRows(kernel: KernelContext, type: string, field: string | undefined, at: bigint | undefined): Known<MemberRow>[] {
  const whole = kernel.struct(type, at ?? 0n);
  const found = field === undefined ? undefined : whole.member(field);
  if (field !== undefined && !found) return [];
  const isLeaf = found && found.kind !== 'struct' && found.kind !== 'union';
  const base = found ? found.offset : 0;
  const inner = found ? kernel.struct(found.typeId, (at ?? 0n) + BigInt(found.offset)) : whole;
  const rows = isLeaf
    ? [memberRow(kernel, whole, field ?? '', field ?? '', found, 0, at)]
    : [...rowsOf(kernel, inner, base, at, field ? `${field}.` : '', 0)];
  if (rows.length > MAX_ROWS) kernel.losses.stop(`${rows.length - MAX_ROWS} members beyond the first ${MAX_ROWS}`);
  return rows.slice(0, MAX_ROWS);
}

function* rowsOf(
  kernel: KernelContext,
  struct: Struct,
  base: number,
  at: bigint | undefined,
  prefix: string,
  depth: number,
): Generator<Known<MemberRow>> {
  for (const { name, member } of kernel.types.fields(struct.type)) {
    if (name === '' && depth < MAX_DEPTH) {
      const inner = kernel.struct(member.typeId, struct.address + BigInt(member.offset));
      yield* rowsOf(kernel, inner, base + member.offset, at, prefix, depth + 1);
    } else yield memberRow(kernel, struct, name, `${prefix}${name}`, member, base, at);
  }
}

function memberRow(
  kernel: KernelContext,
  struct: Struct,
  path: string,
  shown: string,
  member: Member,
  base: number,
  at: bigint | undefined,
): Known<MemberRow> {
  return row<MemberRow>({
    offset: base + member.offset,
    size: member.size,
    member: shown,
    type: kernel.types.describe(member.typeId) + (member.bits ? ` : ${member.bits.width}` : ''),
    value: at === undefined ? null : memberValue(kernel, struct, path, member),
  });
}

function memberValue(kernel: KernelContext, struct: Struct, path: string, member: Member): string | undefined | null {
  switch (member.kind) {
    case 'pointer': {
      const pointer = struct.ptr(path);
      if (pointer === undefined) return undefined;
      return kernel.symbols.isText(pointer) ? `${hex(pointer)} <${symbolText(kernel, pointer)}>` : hex(pointer);
    }
    case 'int': {
      const value = struct.big(path);
      const number = struct.num(path);
      return value === undefined || number === undefined ? undefined : member.size === 8 && !member.bits ? String(value) : String(number);
    }
    case 'enum':
      return struct.num(path)?.toString();
    case 'array':
      return arrayOf(struct, path, member);
    case 'struct':
    case 'union':
      return isNumber(kernel, member) ? struct.num(path)?.toString() : null; // asked for by its own path
    default:
      return null;
  }
}

/** atomic_t and the like show their number. */
function isNumber(kernel: KernelContext, member: Member): boolean {
  const fields = kernel.types.fields(member.typeId);
  const [only] = fields;
  if (fields.length !== 1 || !only) return false;
  return only.member.kind === 'int' || (only.member.kind === 'struct' && isNumber(kernel, only.member));
}

function arrayOf(struct: Struct, path: string, { elementSize, length = 0, typeName }: Member): string | undefined | null {
  if (elementSize === 1 && typeName === 'char') {
    const text = struct.text(path);
    return text === undefined ? undefined : JSON.stringify(text);
  }
  const first = struct.member(`${path}[0]`);
  if (first?.kind !== 'int' && first?.kind !== 'pointer') return null;
  const values = Array.from({ length: Math.min(length, MAX_ELEMENTS) }, (_, i) =>
    first.kind === 'pointer' ? hex(struct.ptr(`${path}[${i}]`)) : struct.big(`${path}[${i}]`)?.toString(),
  );
  return values.includes(undefined) ? undefined : `{${values.join(', ')}${length > MAX_ELEMENTS ? ', …' : ''}}`;
}
