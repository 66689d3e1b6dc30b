import { brotliDecompressSync } from 'node:zlib';
import type { Machinery } from '../../event/facts/draft.ts';
import { FUNCTIONS } from './functions.ts';

/** The letters of scripts/function-roles. */
const ROLES: ReadonlyMap<string, Machinery | 'own'> = new Map(
  Object.entries({
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
    q: 'sched',
    g: 'rcu',
    z: 'stall',
    h: 'helper',
    '-': 'own',
  }),
);

/** Lines `name letter`, sorted by name; unpacked (5 ms) when the first report is named. */
let lines: string | undefined;

/**
 * What the kernel's tree says of a function: the role of the place that defines it; `own` where an exception's pattern fits the name of
 * somebody's own code. Undefined: own code with a name of its own, or not known.
 */
export function roleInTree(symbol: string): Machinery | 'own' | undefined {
  lines ??= brotliDecompressSync(Buffer.from(FUNCTIONS, 'base64')).toString('latin1');
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const start = lines.lastIndexOf('\n', ((low + high) >> 1) - 1) + 1;
    const end = lines.indexOf('\n', start);
    const name = lines.slice(start, end - 2);
    if (name === symbol) return ROLES.get(lines[end - 1] as string);
    if (name < symbol) low = end + 1;
    else high = start;
  }
  return undefined;
}
