// npm run function-roles -- SOURCE_DIR…: writes src/signature/roles/functions.ts, the table function → role, from kernel sources.
// A name is in the table where every release that has it defines it in places of one role or another, and nowhere else: a name that some
// driver has as well is no evidence. Nothing of the sources but names of functions goes into the table.
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { EXCEPTIONS } from '../../src/signature/exceptions.ts';
import { OWN, roleOf } from './paths.mjs';
import { scan } from './scan.mjs';

/** One letter a role, as src/signature/roles/table.ts reads them. */
export const LETTERS = {
  sanitizer: 's',
  debugobjects: 'o',
  dump: 'd',
  warn: 'w',
  panic: 'n',
  trap: 't',
  allocator: 'a',
  lock: 'l',
  printk: 'p',
  list: 'i',
  refcount: 'r',
  string: 'm',
  usercopy: 'u',
  container: 'c',
  'device-core': 'b',
  work: 'k',
  object: 'j',
  sched: 'q',
  rcu: 'g',
  stall: 'z',
  helper: 'h',
  /** Somebody's own code, whatever its name looks like. */
  own: '-',
};

const roots = process.argv.slice(2);
if (roots.length === 0) {
  console.error('usage: npm run function-roles -- SOURCE_DIR…');
  process.exit(1);
}

/** Names that code of its own has somewhere; true: nowhere but in subsystems. */
const owned = new Map();
const roles = new Map();
for (const root of roots) {
  scan(
    root,
    (path) => roleOf(path) !== null,
    (name, path) => {
      const role = roleOf(path);
      if (role === undefined) owned.set(name, (owned.get(name) ?? true) && OWN.test(path));
      else if (!roles.has(name) || roles.get(name) === 'helper') roles.set(name, role);
    },
  );
}
// a name of one or two characters is a macro's argument
/** An exception's pattern fits, and does not spell the name out. */
const like = (name) => EXCEPTIONS.some(({ pattern }) => pattern.test(name) && !pattern.source.split(/[|()]/).includes(name));
for (const [name, subsystems] of owned) {
  // a name of both kinds is no evidence either way: the exceptions decide
  if (!roles.delete(name) && subsystems && like(name)) roles.set(name, 'own');
}
const names = [...roles.keys()].filter((name) => name.length > 2).sort();
const text = names.map((name) => `${name} ${LETTERS[roles.get(name)]}\n`).join('');
const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } });
writeFileSync(
  new URL('../../src/signature/roles/functions.ts', import.meta.url),
  `// Written by scripts/function-roles from kernel sources (${roots.map((r) => /[\d.]+$/.exec(r)?.[0] ?? r).join(', ')}): ${names.length} names.\n` +
    `export const FUNCTIONS =\n  '${packed.toString('base64')}';\n`,
);
console.log(`${names.length} names, ${text.length} bytes, ${packed.length} compressed`);
