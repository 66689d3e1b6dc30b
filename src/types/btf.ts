import type { Reader } from '../dump/bytes.ts';
import { KIND, wordsBehind } from './btf-kinds.ts';

const MAGIC = 0xeb9f;
const HEADER = 24;
/** Every type takes three words at least. */
const TYPE_WORDS = 3;

/**
 * BTF: the kernel's types (Documentation/bpf/btf.rst). Type 0 is void; those of a module go on where the kernel's end, and so do
 * their strings.
 */
export class Btf {
  /** Types, void included, those of the base too. */
  readonly count: number;
  /** Why not all could be read. */
  readonly problem: string | undefined;
  readonly #words: Uint32Array;
  readonly #starts: Uint32Array;
  /** Of structures, unions, enums, typedefs, ints and variables the offset of the name, else 0: what a name is searched in. */
  readonly #names: Uint32Array;
  readonly #strings: Buffer;
  /** Of names that were asked: each search goes through a megabyte. */
  readonly #offsets = new Map<string, number | undefined>();
  readonly #base: Btf | undefined;
  readonly #first: number;
  readonly #firstString: number;

  private constructor(words: Uint32Array, strings: Buffer, base: Btf | undefined) {
    this.#words = words;
    this.#strings = strings;
    this.#base = base;
    this.#first = base?.count ?? 1;
    this.#firstString = base?.stringBytes ?? 0;
    const most = Math.floor(words.length / TYPE_WORDS);
    const starts = new Uint32Array(most);
    const names = new Uint32Array(most);
    let at = 0;
    let i = 0;
    let problem: string | undefined;
    while (at + TYPE_WORDS <= words.length) {
      const info = words[at + 1]!;
      const kind = (info >>> 24) & 0x1f;
      const behind = wordsBehind(kind, info & 0xffff);
      if (behind === undefined || at + TYPE_WORDS + behind > words.length) {
        problem = behind === undefined ? `type ${this.#first + i} is of the unknown kind ${kind}` : 'the last type is cut';
        break;
      }
      starts[i] = at;
      if (NAMED.has(kind)) names[i] = words[at]!;
      i++;
      at += TYPE_WORDS + behind;
    }
    this.count = this.#first + i;
    this.problem = problem;
    this.#starts = starts.subarray(0, i);
    this.#names = names.subarray(0, i);
  }

  /** @returns a reason where it is not BTF. */
  static of(bytes: Buffer, reader: Reader, base?: Btf): Btf | string {
    if (bytes.length < HEADER || reader.u16(bytes, 0) !== MAGIC || bytes[2] !== 1) return 'no BTF header';
    const headerSize = reader.u32(bytes, 4);
    const section = (at: number): Buffer => {
      const start = headerSize + reader.u32(bytes, at);
      return bytes.subarray(Math.min(start, bytes.length), Math.min(start + reader.u32(bytes, at + 4), bytes.length));
    };
    const types = section(8);
    // a copy that is aligned, in the order of this machine: all of the section is words
    const words = new Uint32Array(types.length >> 2);
    const raw = Buffer.from(words.buffer);
    types.copy(raw, 0, 0, raw.length);
    if ((reader.order === 'big') !== HOST_IS_BIG) raw.swap32();
    return new Btf(words, section(16), base);
  }

  /** Of all strings, those of the base included. */
  get stringBytes(): number {
    return this.#firstString + this.#strings.length;
  }

  kind(id: number): number {
    return (this.#word(id, 1) >>> 24) & 0x1f;
  }

  vlen(id: number): number {
    return this.#word(id, 1) & 0xffff;
  }

  /** kind_flag: of structures that offsets carry bit-field sizes, of enums that values are signed. */
  flag(id: number): boolean {
    return this.#word(id, 1) >>> 31 === 1;
  }

  /** Bytes of a structure, union, int, enum, float; of others the type that they refer to. */
  sizeOrType(id: number): number {
    return this.#word(id, 2);
  }

  name(id: number): string {
    return this.string(this.#word(id, 0));
  }

  /** The n-th word behind the three of every type. */
  extra(id: number, n: number): number {
    return this.#word(id, TYPE_WORDS + n);
  }

  string(offset: number): string {
    if (offset < this.#firstString) return this.#base?.string(offset) ?? '';
    const at = offset - this.#firstString;
    const end = this.#strings.indexOf(0, at);
    return end < 0 || end - at > MAX_NAME ? '' : this.#strings.toString('latin1', at, end);
  }

  /** Where a name stands among the strings: each stands there once, so that names are compared as numbers. */
  stringOffset(name: string): number | undefined {
    if (this.#offsets.has(name)) return this.#offsets.get(name);
    const at = this.#strings.indexOf(`\0${name}\0`, 0, 'latin1');
    const offset = this.#base?.stringOffset(name) ?? (at < 0 ? undefined : this.#firstString + at + 1);
    this.#offsets.set(name, offset);
    return offset;
  }

  /** The first type of that name and one of those kinds; that of the base comes first. */
  find(name: string, kinds: readonly number[]): number | undefined {
    for (const id of this.findAll(name)) if (kinds.includes(this.kind(id))) return id;
    return undefined;
  }

  *findAll(name: string): Generator<number> {
    if (this.#base) yield* this.#base.findAll(name);
    const offset = this.stringOffset(name);
    if (offset === undefined) return;
    for (let i = this.#names.indexOf(offset); i >= 0; i = this.#names.indexOf(offset, i + 1)) yield this.#first + i;
  }

  /** Past typedefs and qualifiers; a chain that loops ends in void. */
  resolve(id: number): number {
    for (let guard = 0; guard < 64; guard++) {
      const kind = this.kind(id);
      if (!TRANSPARENT.has(kind)) return id;
      id = this.sizeOrType(id);
    }
    return 0;
  }

  /** All names of structures, unions, enums and typedefs, for completion. */
  *names(): Generator<string> {
    for (let i = 0; i < this.#names.length; i++) if (this.#names[i] !== 0) yield this.string(this.#names[i]!);
  }

  #word(id: number, at: number): number {
    if (id < this.#first) return this.#base && id > 0 ? this.#base.#word(id, at) : 0;
    const start = this.#starts[id - this.#first];
    return start === undefined ? 0 : (this.#words[start + at] ?? 0);
  }
}

const MAX_NAME = 512;
const HOST_IS_BIG = new Uint8Array(new Uint32Array([1]).buffer)[0] === 0;
const NAMED: ReadonlySet<number> = new Set([
  KIND.int,
  KIND.struct,
  KIND.union,
  KIND.enum,
  KIND.enum64,
  KIND.typedef,
  KIND.var,
  KIND.float,
  KIND.dataSection,
]);
const TRANSPARENT: ReadonlySet<number> = new Set([KIND.typedef, KIND.volatile, KIND.const, KIND.restrict, KIND.typeTag]);
