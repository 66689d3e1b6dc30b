// npm run function-roles -- SOURCE_DIR…: writes src/signature/roles/functions.ts, the table function → role, from kernel sources.
// The sources go newest first, and the newest release that defines a name decides: the name is in the table where that release defines it in
// places of one role or another, and nowhere else, as a name that some driver has as well is no evidence: except for what the core exports
// or keeps to itself, where a few drivers have a static function of the same name. Nothing of the sources but names of functions goes into
// the table. With --keep, what none of the sources defines keeps the role that it has: releases whose sources are not at hand.
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { EXCEPTIONS } from '../../src/signature/exceptions.ts';
import { FUNCTIONS } from '../../src/signature/roles/functions.ts';
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

const keep = process.argv.includes('--keep');
const roots = process.argv.slice(2).filter((arg) => arg !== '--keep');
if (roots.length === 0) {
  console.error('usage: npm run function-roles -- [--keep] SOURCE_DIR…, the newest release first');
  process.exit(1);
}

/** An exception's pattern fits, and does not spell the name out. */
const like = (name) =>
  EXCEPTIONS.some(
    ({ role, pattern }) =>
      role !== 'device-core' && role !== 'work' && pattern.test(name) && !pattern.source.split(/[|()]|\?:/).includes(name),
  );

/** A function that a header defines is rarely seen on a stack: it is inlined. */
const isHeader = (path) => path.endsWith('.h');
/** The kernel's own parts, as against drivers, where a name may be anybody's. */
const CORE = /^(?:kernel|mm|fs|net|block|io_uring|ipc|security|virt)\//;

/** Built in always, and called by drivers. */
const BUILT_IN = /^(?:drivers\/base|lib|kernel|mm)\/|^fs\/[^/]*$/;
const DRIVERS = /^(?:drivers|sound)\//;
/** An architecture's own in the place of the core's. */
const PORTS = /^(?:arch|drivers\/sh)\//;
/** What anybody calls a function of a table of operations. */
const CALLBACK = /_(?:show|store|open|close|init|exit|probe|remove|read|write|start|stop|next|match|test)$/;
/** Drivers that may have a static function of the same name. */
const FEW = 3;

const roles = new Map();
const settled = new Set();
/** Names that only headers gave a role. */
const inlined = new Set();
for (const root of roots) {
  /** Names that code of its own has somewhere. */
  const owned = new Map();
  /** Names that are the core's though a driver has a static function called so. */
  const exported = new Set();
  const builtIn = new Set();
  const here = new Map();
  const outOfLine = new Set();
  const core = new Set();
  scan(
    root,
    (path) => roleOf(path) !== null,
    (name, path, { isStatic = false, isExported = false } = {}) => {
      const role = roleOf(path);
      if (role === undefined) {
        const of = owned.get(name) ?? { subsystems: true, statics: true, ports: true, drivers: true, count: 0 };
        owned.set(name, {
          subsystems: of.subsystems && OWN.test(path),
          statics: of.statics && isStatic,
          ports: of.ports && PORTS.test(path),
          drivers: of.drivers && DRIVERS.test(path),
          count: of.count + 1,
        });
        if (CORE.test(path) && !isHeader(path)) core.add(name);
        return;
      }
      if (!isHeader(path)) outOfLine.add(name);
      if (isExported) exported.add(name);
      if (BUILT_IN.test(path) && !isHeader(path) && !CALLBACK.test(name)) builtIn.add(name);
      if (!here.has(name) || here.get(name) === 'helper') here.set(name, role);
    },
  );
  for (const [name, { subsystems, statics, ports, drivers, count }] of owned) {
    if (here.has(name) && (statics || ports) && (exported.has(name) || (drivers && count <= FEW && builtIn.has(name)))) continue;
    // a name of both kinds is no evidence either way: the exceptions decide
    const both = here.delete(name);
    if (!both && !settled.has(name) && subsystems && like(name)) roles.set(name, 'own');
    settled.add(name);
    // a header's today, a function of its own in the releases where stacks show it
    if (core.has(name) && inlined.delete(name)) roles.delete(name);
  }
  for (const [name, role] of here) {
    if (!settled.has(name)) {
      roles.set(name, role);
      if (!outOfLine.has(name)) inlined.add(name);
    }
    // somebody's own today, and a helper of old
    else if (roles.get(name) === 'own') roles.delete(name);
    settled.add(name);
  }
}
if (keep) {
  const named = new Map(Object.entries(LETTERS).map(([role, letter]) => [letter, role]));
  const before = new Map();
  for (const line of brotliDecompressSync(Buffer.from(FUNCTIONS, 'base64')).toString('latin1').split('\n').slice(0, -1))
    before.set(line.slice(0, -2), named.get(line.at(-1)));
  for (const [name, role] of before) if (!settled.has(name)) roles.set(name, role);
  // the releases that are not at hand had a function of the core's called so
  for (const name of inlined) if (!before.has(name)) roles.delete(name);
}
// a name of one or two characters is a macro's argument
const names = [...roles.keys()].filter((name) => name.length > 2).sort();
const text = names.map((name) => `${name} ${LETTERS[roles.get(name)]}\n`).join('');
const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } });
writeFileSync(
  new URL('../../src/signature/roles/functions.ts', import.meta.url),
  `// Written by scripts/function-roles from kernel sources (${roots.map((r) => /[\d.]+$/.exec(r)?.[0] ?? r).join(', ')}${keep ? '; older releases as they were' : ''}): ${names.length} names.\n` +
    `export const FUNCTIONS =\n  '${packed.toString('base64')}';\n`,
);
console.log(`${names.length} names, ${text.length} bytes, ${packed.length} compressed`);
