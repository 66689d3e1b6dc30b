import { brotliDecompressSync } from 'node:zlib';
import { FUNCTIONS } from './functions.ts';
import type { Role } from './role.ts';

/** The letters of scripts/function-roles. */
const ROLES: Readonly<Record<string, Role>> = {
  s: 'sanitizer',
  o: 'debugobjects',
  d: 'dump',
  w: 'warn',
  n: 'panic',
  t: 'trap',
  a: 'allocator',
  l: 'lock',
  p: 'printk',
  i: 'list',
  r: 'refcount',
  m: 'string',
  u: 'usercopy',
  c: 'container',
  b: 'device-core',
  k: 'work',
  j: 'object',
  h: 'helper',
};

/** Lines `name letter`, sorted by name; unpacked (5 ms) when the first report is named. */
let lines: string | undefined;

/** What the kernel's tree says of a function: the role of the place that defines it. Undefined: code of its own, or not known. */
export function roleInTree(symbol: string): Role | undefined {
  lines ??= brotliDecompressSync(Buffer.from(FUNCTIONS, 'base64')).toString('latin1');
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const start = lines.lastIndexOf('\n', ((low + high) >> 1) - 1) + 1;
    const end = lines.indexOf('\n', start);
    const name = lines.slice(start, end - 2);
    if (name === symbol) return ROLES[lines[end - 1] as string];
    if (name < symbol) low = end + 1;
    else high = start;
  }
  return undefined;
}
