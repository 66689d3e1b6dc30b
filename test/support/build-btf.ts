/** Writes BTF out of declarations, in either byte order. Types are named by their place in the list, from 1. */
export type Declared =
  | { readonly kind: 'int'; readonly name: string; readonly size: number; readonly signed?: boolean }
  | { readonly kind: 'pointer' | 'const'; readonly to: number }
  | { readonly kind: 'typedef'; readonly name: string; readonly to: number }
  | { readonly kind: 'array'; readonly of: number; readonly length: number }
  | { readonly kind: 'struct' | 'union'; readonly name: string; readonly size: number; readonly members: readonly DeclaredMember[] }
  | { readonly kind: 'enum'; readonly name: string; readonly values: Readonly<Record<string, number>> };

/** Offsets and widths in bits. */
type DeclaredMember = readonly [name: string, type: number, offset: number, width?: number];

const KINDS = { int: 1, pointer: 2, array: 3, struct: 4, union: 5, enum: 6, typedef: 8, const: 10 } as const;

export function buildBtf(types: readonly Declared[], order: 'little' | 'big'): Buffer {
  let strings = '\0';
  const string = (name: string): number => {
    if (name === '') return 0;
    const known = strings.indexOf(`\0${name}\0`);
    if (known >= 0) return known + 1;
    strings += `${name}\0`;
    return strings.length - name.length - 1;
  };
  const words = types.flatMap((type) => wordsOf(type, string));
  const header = Buffer.alloc(24);
  const u32 = (b: Buffer, v: number, at: number) => (order === 'little' ? b.writeUInt32LE(v >>> 0, at) : b.writeUInt32BE(v >>> 0, at));
  if (order === 'little') header.writeUInt16LE(0xeb9f, 0);
  else header.writeUInt16BE(0xeb9f, 0);
  header[2] = 1;
  [24, 0, 4 * words.length, 4 * words.length, strings.length].forEach((v, i) => void u32(header, v, 4 + 4 * i));
  const body = Buffer.alloc(4 * words.length);
  words.forEach((v, i) => void u32(body, v, 4 * i));
  return Buffer.concat([header, body, Buffer.from(strings, 'latin1')]);
}

function wordsOf(type: Declared, string: (name: string) => number): number[] {
  const info = (vlen: number, flag = false): number => ((flag ? 0x80000000 : 0) | (KINDS[type.kind] << 24) | vlen) >>> 0;
  switch (type.kind) {
    case 'int':
      return [string(type.name), info(0), type.size, (type.signed ? 1 << 24 : 0) | (type.size * 8)];
    case 'pointer':
    case 'const':
      return [0, info(0), type.to];
    case 'typedef':
      return [string(type.name), info(0), type.to];
    case 'array':
      return [0, info(0), 0, type.of, 1, type.length];
    case 'enum': {
      const values = Object.entries(type.values);
      return [string(type.name), info(values.length, true), 4, ...values.flatMap(([name, value]) => [string(name), value])];
    }
    default: {
      const flag = type.members.some(([, , , width]) => width !== undefined);
      const members = type.members.flatMap(([name, of, offset, width = 0]) => [string(name), of, flag ? (width << 24) | offset : offset]);
      return [string(type.name), info(type.members.length, flag), type.size, ...members];
    }
  }
}
