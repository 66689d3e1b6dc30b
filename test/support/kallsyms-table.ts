/** Writes kallsyms' tables as scripts/kallsyms.c does, with tokens that are letters and a few pairs. */
export interface BuiltNames {
  readonly names: Buffer;
  readonly tokenTable: Buffer;
  readonly tokenOffsets: readonly number[];
}

const PAIRS = ['__', 'sys', 'task', 'lock', 'init', 'printk', 'Tst', 'Tsys'];

/** @param symbols letter and name, `Tschedule` */
export function buildNames(symbols: readonly string[], rule: 'uleb' | 'byte'): BuiltNames {
  const texts = Array.from({ length: 256 }, (_, i) => (i >= 0x20 && i < 0x7f ? String.fromCharCode(i) : (PAIRS[i - 0x80] ?? '')));
  const tokenOffsets: number[] = [];
  let table = '';
  for (const text of texts) {
    tokenOffsets.push(table.length);
    table += `${text}\0`;
  }
  const bytes: number[] = [];
  for (const symbol of symbols) {
    const tokens = tokensOf(symbol);
    if (rule === 'uleb' && tokens.length >= 0x80) bytes.push((tokens.length & 0x7f) | 0x80, tokens.length >> 7);
    else bytes.push(tokens.length);
    bytes.push(...tokens);
  }
  return { names: Buffer.from(bytes), tokenTable: Buffer.from(table, 'latin1'), tokenOffsets };
}

function tokensOf(symbol: string): number[] {
  const tokens: number[] = [];
  for (let at = 0; at < symbol.length; ) {
    const pair = PAIRS.findIndex((text) => symbol.startsWith(text, at));
    tokens.push(pair < 0 ? symbol.charCodeAt(at) : 0x80 + pair);
    at += pair < 0 ? 1 : PAIRS[pair]!.length;
  }
  return tokens;
}
