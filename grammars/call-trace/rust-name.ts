/** Longest name that is made: generic arguments may repeat each other. */
const LONGEST = 400;
/** Looks at parts of a name: references back may nest. */
const STEPS = 500;

/** Letters of types without a path, Rust RFC 2603 "Types". */
const BASIC: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'i8',
    b: 'bool',
    c: 'char',
    d: 'f64',
    e: 'str',
    f: 'f32',
    h: 'u8',
    i: 'isize',
    j: 'usize',
    l: 'i32',
    m: 'u32',
    n: 'i128',
    o: 'u128',
    p: '_',
    s: 'i16',
    t: 'u16',
    u: '()',
    v: '...',
    x: 'i64',
    y: 'u64',
    z: '!',
  }),
);

/** What no reader of names knows, or no compiler wrote. */
class Unreadable extends Error {}

/** A name of Rust's second scheme (RFC 2603, `_R…`), read from left to right. */
class NameReader {
  #at = 0;
  #steps = 0;
  constructor(readonly text: string) {}

  #next(): string {
    if (++this.#steps > STEPS) throw new Unreadable();
    return this.text[this.#at++] ?? '';
  }

  #eat(char: string): boolean {
    if (this.text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  /** `_` is 0, `0_` 1, `a_` 11, `A_` 37. */
  #base62(): number {
    let value = 0;
    for (let char = this.#next(), first = true; char !== '_'; char = this.#next(), first = false) {
      const digit = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(char);
      if (digit < 0 || char === '') throw new Unreadable();
      value = first ? digit + 1 : (value - 1) * 62 + digit + 1;
    }
    return value;
  }

  #disambiguator(): number {
    return this.#eat('s') ? this.#base62() + 1 : 0;
  }

  #identifier(): { readonly name: string; readonly nth: number } {
    const nth = this.#disambiguator();
    if (this.#eat('u')) throw new Unreadable(); // Punycode: the kernel's names are ASCII
    const digits = /^\d{1,4}/.exec(this.text.slice(this.#at, this.#at + 4))?.[0];
    if (digits === undefined) throw new Unreadable();
    this.#at += digits.length;
    this.#eat('_');
    const name = this.text.slice(this.#at, this.#at + Number(digits));
    this.#at += Number(digits);
    if (name.length !== Number(digits)) throw new Unreadable();
    return { name, nth };
  }

  /** `inType`: generic arguments stand behind the name itself, and behind `::` where a value is named. */
  path(inType: boolean): string {
    const tag = this.#next();
    switch (tag) {
      case 'C':
        return this.#identifier().name;
      case 'M':
        this.#disambiguator();
        this.path(true);
        return `<${this.type()}>`;
      case 'X': {
        this.#disambiguator();
        this.path(true);
        const self = this.type();
        return `<${self} as ${this.path(true)}>`;
      }
      case 'Y': {
        const self = this.type();
        return `<${self} as ${this.path(true)}>`;
      }
      case 'N': {
        const space = this.#next();
        const outer = this.path(inType);
        const { name, nth } = this.#identifier();
        if (!/[A-Z]/.test(space)) return name === '' ? outer : this.#short(`${outer}::${name}`);
        const kind = space === 'C' ? 'closure' : space === 'S' ? 'shim' : space;
        return this.#short(`${outer}::{${kind}${name === '' ? '' : `:${name}`}#${nth}}`);
      }
      case 'I': {
        const outer = this.path(inType);
        return this.#short(`${outer}${inType ? '' : '::'}<${this.#list(() => this.#argument())}>`);
      }
      case 'B':
        return this.#back(() => this.path(inType));
      default:
        throw new Unreadable();
    }
  }

  type(): string {
    const tag = this.#next();
    const basic = BASIC.get(tag);
    if (basic !== undefined) return basic;
    switch (tag) {
      case 'A': {
        const of = this.type();
        return `[${of}; ${this.#constant()}]`;
      }
      case 'S':
        return `[${this.type()}]`;
      case 'T': {
        const parts = this.#list(() => this.type());
        return `(${parts})`;
      }
      case 'R':
      case 'Q':
        if (this.#eat('L')) this.#base62();
        return `${tag === 'R' ? '&' : '&mut '}${this.type()}`;
      case 'P':
        return `*const ${this.type()}`;
      case 'O':
        return `*mut ${this.type()}`;
      case 'B':
        return this.#back(() => this.type());
      default:
        this.#at--;
        return this.path(true);
    }
  }

  #argument(): string {
    if (this.#eat('L')) return this.#base62() === 0 ? "'_" : "'a";
    return this.#eat('K') ? this.#constant() : this.type();
  }

  #constant(): string {
    if (this.#eat('B')) return this.#back(() => this.#constant());
    if (this.#eat('p')) return '_';
    this.#next();
    const negative = this.#eat('n') ? '-' : '';
    const end = this.text.indexOf('_', this.#at);
    const digits = this.text.slice(this.#at, end);
    if (end < 0 || !/^[0-9a-f]{0,32}$/.test(digits)) throw new Unreadable();
    this.#at = end + 1;
    return `${negative}${digits.length > 12 ? `0x${digits}` : Number.parseInt(`0${digits}`, 16)}`;
  }

  #list(item: () => string): string {
    const items: string[] = [];
    while (!this.#eat('E')) items.push(item());
    return items.join(', ');
  }

  /** The same as at an earlier place, counted from behind `_R`. */
  #back(read: () => string): string {
    const from = this.#at;
    const to = this.#base62();
    if (to >= from - 1) throw new Unreadable();
    const after = this.#at;
    this.#at = to;
    const said = read();
    this.#at = after;
    return said;
  }

  #short(name: string): string {
    if (name.length > LONGEST) throw new Unreadable();
    return name;
  }
}

/** What the first scheme writes for characters that no symbol may have. */
const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({ SP: '@', BP: '*', RF: '&', LT: '<', GT: '>', LP: '(', RP: ')', C: ',' }),
);

/** `_ZN4core9panicking5panic17h0123456789abcdefE` */
function firstScheme(symbol: string): string | undefined {
  const parts: string[] = [];
  let rest = symbol.slice(3);
  while (!rest.startsWith('E')) {
    const length = /^\d{1,3}/.exec(rest)?.[0];
    if (length === undefined) return undefined;
    parts.push(rest.slice(length.length, length.length + Number(length)));
    rest = rest.slice(length.length + Number(length));
  }
  if (!/^h[0-9a-f]{16}$/.test(parts.at(-1) ?? '')) return undefined;
  const plain = (part: string): string =>
    part
      .replace(/^_(?=\$)/, '')
      .replace(/\$(\w+)\$/g, (all, code: string) => ESCAPES.get(code) ?? (/^u[0-9a-f]{2}$/.test(code) ? charOf(code) : all))
      .replaceAll('..', '::');
  return parts.slice(0, -1).map(plain).join('::');
}
const charOf = (code: string): string => String.fromCharCode(Number.parseInt(code.slice(1), 16));

/** A Rust function's path as rustc-demangle writes it, without hashes; any other name, and one that cannot be read, as it is. */
export function rustName(symbol: string): string {
  if (symbol.startsWith('_ZN')) return firstScheme(symbol) ?? symbol;
  if (!symbol.startsWith('_R')) return symbol;
  try {
    // the instantiating crate and the compilers' suffixes stand behind the path
    const name = new NameReader(symbol.slice(2)).path(false);
    return /^[\x21-\x7e ]+$/.test(name) ? name : symbol;
  } catch (error) {
    if (error instanceof Unreadable) return symbol;
    throw error;
  }
}
