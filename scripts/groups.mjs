// Joins what esbuild cut into a chunk for each set of those who share it into a few groups, each one file: node resolves, reads and links
// each module by itself, half a millisecond a piece, before the first line of a log is printed. A group is a script that is one function,
// which src/cli/start/load.ts runs; V8 can be handed what it compiled of a script in an earlier run. ES modules import a group's values
// through `${name}.mjs`, which takes them from that one loader.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** Larger files are loaded by who needs all of them. */
const SMALL = 32 * 1024;

/**
 * @param metafile esbuild's account of what it wrote to `outdir`, files named .mjs
 * @param groups in order, each with its name and the sources of `roots`: it gets what these load at once and no earlier group has. Where
 * `before` is given, another group of that name comes first, with the small files that some load who do not load all of the `roots`
 * @returns what tells one build of each group from another
 */
export async function joinGroups({ outdir, metafile, groups }) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const groupOf = assign(outputs, groups);
  const names = uniqueNames(groupOf, outputs);
  const builds = {};
  for (const group of new Set(groupOf.values())) builds[group] = await writeGroup({ outdir, group, groupOf, names });
  const rest = [...outputs.keys()].filter((file) => file.endsWith('.mjs') && !groupOf.has(file));
  for (const file of groupOf.keys()) rmSync(join(outdir, file));
  for (const file of rest) redirect(join(outdir, file), groupOf, names);
  for (const group of new Set(groupOf.values())) writeFileSync(join(outdir, `${group}.mjs`), door(group, groupOf, names));
  for (const [file, group] of groupOf)
    if (rest.some((other) => readFileSync(join(outdir, other), 'utf8').includes(`import("./${file}")`)))
      writeFileSync(join(outdir, file), `export{${pairs(names.get(file), (own, name) => `${name} as ${own}`)}}from"./${group}.mjs";\n`);
  return builds;
}

/** The group of each file that is in one, in an order in which each imports earlier groups only. */
function assign(outputs, groups) {
  const entryOf = (source) => {
    const entry = [...outputs.keys()].find((file) => outputs.get(file).entryPoint?.endsWith(source));
    if (entry === undefined) throw new Error(`nothing imports ${source} when it is needed`);
    return entry;
  };
  const loads = [...outputs.keys()].filter((file) => outputs.get(file).entryPoint).map((file) => closureOf(outputs, [file]));
  const groupOf = new Map();
  for (const { name, roots, before } of groups) {
    const files = [...closureOf(outputs, roots.map(entryOf))].filter((file) => !groupOf.has(file));
    const whole = largestOf(files, outputs);
    const isShared = (file) => outputs.get(file).bytes < SMALL && loads.some((load) => load.has(file) && !load.has(whole));
    const shared = before
      ? closureOf(
          outputs,
          files.filter((file) => !roots.map(entryOf).includes(file) && isShared(file)),
        )
      : [];
    for (const file of shared) if (!groupOf.has(file)) groupOf.set(file, before);
    for (const file of files) if (!groupOf.has(file)) groupOf.set(file, name);
  }
  return groupOf;
}

const largestOf = (files, outputs) => files.reduce((a, b) => (outputs.get(b).bytes > outputs.get(a).bytes ? b : a));

/** Those files and all that they import, but for what is imported when it is needed. */
function closureOf(outputs, from) {
  const seen = new Set(from);
  for (const file of seen)
    for (const { path, kind, external } of outputs.get(file).imports)
      if (kind === 'import-statement' && !external) seen.add(basename(path));
  return seen;
}

/** For each file in a group the names of its exports, as the group has them: two files may have the same. */
function uniqueNames(groupOf, outputs) {
  const taken = new Map();
  const names = new Map();
  for (const [file, group] of groupOf) {
    const own = taken.get(group) ?? taken.set(group, new Set()).get(group);
    const unique = (name) => {
      let free = name === 'default' ? 'default_1' : name;
      for (let i = 2; own.has(free); i++) free = `${name}_${i}`;
      own.add(free);
      return free;
    };
    names.set(file, new Map(outputs.get(file).exports.map((name) => [name, unique(name)])));
  }
  return names;
}

const pairs = (names, text) => [...names].map(([own, name]) => text(own, name)).join();

/** Writes one group. @returns what tells its build from others */
async function writeGroup({ outdir, group, groupOf, names }) {
  const files = [...groupOf].filter(([, own]) => own === group).map(([file]) => file);
  const path = join(outdir, `${group}.cjs`);
  await build({
    stdin: {
      contents: [...files.map((file, i) => `import*as m${i} from"./${file}";`), exported(files, names)].join('\n'),
      resolveDir: outdir,
    },
    outfile: path,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    define: { 'import.meta.url': '__meta.url' },
    plugins: [{ name: 'groups', setup: (build) => resolveGroups(build, files, groupOf, names) }],
    logLevel: 'warning',
  });
  const code = readFileSync(path, 'utf8').replace(/\bimport\("([^"]+)"\)/g, (_, to) => imported(to, groupOf));
  const text = `(function(require,__load,__dynamic,__import,__exported,__meta){"use strict";${code}\n})`;
  writeFileSync(path, text);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** All values by their names, and the namespaces of the files. */
function exported(files, names) {
  const values = files.flatMap((file, i) => [...names.get(file)].map(([own, name]) => `${name}:m${i}.${own}`));
  const namespaces = files.map((file, i) => `"${file}":m${i}`);
  return `__exported({${[...values, ...namespaces].join()}});`;
}

function resolveGroups(build, files, groupOf, names) {
  build.onResolve({ filter: /^\.\// }, ({ path, kind }) => {
    const file = basename(path);
    if (kind === 'dynamic-import') return { path, external: true };
    if (files.includes(file)) return undefined;
    if (!groupOf.has(file)) throw new Error(`a group imports ${file}, which is in none`);
    return { path: file, namespace: 'group' };
  });
  // constants, as a property of another group's exports would be looked up at each use
  build.onLoad({ filter: /./, namespace: 'group' }, ({ path: file }) => {
    const own = [...names.get(file)];
    const taken = own.map(([, name], i) => `${name}:v${i}`).join();
    return { contents: `const{${taken}}=__load("${groupOf.get(file)}");export{${own.map(([name], i) => `v${i} as ${name}`).join()}};` };
  });
}

/** What stands for `import()` in a script. */
function imported(to, groupOf) {
  const file = basename(to);
  return to.startsWith('./') && groupOf.has(file) ? `__dynamic("${groupOf.get(file)}","${file}")` : `__import("${to}")`;
}

/** The ES module through which others import a group's values. */
function door(group, groupOf, names) {
  const own = [...groupOf].filter(([, of]) => of === group).flatMap(([file]) => [...names.get(file).values()]);
  const load = 'import{createRequire}from"node:module";';
  return `${load}const{${own}}=createRequire(import.meta.url)("./cli.js").load("${group}");export{${own}};\n`;
}

/** As esbuild writes them: names in braces, or a file alone. */
const IMPORT = /\b(import|export)\{([^{}]*)\}from"\.\/([\w-]+\.mjs)"|\bimport"\.\/([\w-]+\.mjs)"/g;

/** Lets a module import the groups instead of the files that went into them. */
function redirect(path, groupOf, names) {
  const text = readFileSync(path, 'utf8').replace(IMPORT, (whole, word, list, from, alone) => {
    const group = groupOf.get(from ?? alone);
    if (group === undefined) return whole;
    if (alone !== undefined) return `import"./${group}.mjs"`;
    const renamed = (one) => {
      const [own, other = own] = one.split(' as ');
      return `${names.get(from).get(own)} as ${other}`;
    };
    return `${word}{${list.split(',').map(renamed).join()}}from"./${group}.mjs"`;
  });
  writeFileSync(path, text);
}
