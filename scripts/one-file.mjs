// The log path as one file: what esbuild cuts into a chunk for each set of those who share it, thirty of them, is one module again.
// node resolves, reads and links each file by itself, half a millisecond a piece, before the first line of a log is printed.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Joins all that the files `roots` load at once into `${name}.js`, which everything else then imports.
 * @param metafile esbuild's account of what it wrote to `outdir`
 * @param roots entry points of the source, the programs' own among `kept`, whose files stay
 */
export async function joinLoaded({ outdir, name, metafile, roots, kept }) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const from = [...outputs.keys()].filter((file) => roots.includes(outputs.get(file).entryPoint));
  const files = loadedBy(outputs, from).filter((file) => !kept.includes(outputs.get(file).entryPoint));
  const names = uniqueNames(files, outputs);
  const joined = `${name}.js`;
  await build({
    stdin: { contents: files.map((file) => reexport(file, names.get(file))).join('\n'), resolveDir: outdir },
    outfile: join(outdir, joined),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [
      {
        name: 'others',
        setup: (build) =>
          build.onResolve({ filter: /^\.\// }, ({ path }) => (files.includes(basename(path)) ? undefined : { path, external: true })),
      },
    ],
    logLevel: 'warning',
  });
  for (const file of files) rmSync(join(outdir, file));
  for (const file of [...outputs.keys(), joined].filter((file) => file.endsWith('.js') && !files.includes(file)))
    redirect(join(outdir, file), names, joined);
}

/** Those files and all that they import, but for what is imported when it is needed. */
function loadedBy(outputs, from) {
  const seen = new Set(from);
  for (const file of seen)
    for (const { path, kind, external } of outputs.get(file).imports)
      if (kind === 'import-statement' && !external) seen.add(basename(path));
  return [...seen];
}

/** For each file the names of its exports, as the joined file has them: two may have the same. */
function uniqueNames(files, outputs) {
  const taken = new Set();
  return new Map(
    files.map((file) => [
      file,
      new Map(
        outputs.get(file).exports.map((own) => {
          let name = own;
          for (let i = 2; taken.has(name); i++) name = `${own}_${i}`;
          taken.add(name);
          return [own, name];
        }),
      ),
    ]),
  );
}

const reexport = (file, names) => `export {${[...names].map(([own, name]) => `${own} as ${name}`).join()}} from './${file}';`;

/** As esbuild writes them: names in braces, or a file alone. */
const IMPORT = /\b(import|export)\{([^{}]*)\}from"\.\/([\w-]+\.js)"|\bimport(\(?)"\.\/([\w-]+\.js)"/g;

/** Lets a file import the joined one instead of those that went into it. */
function redirect(path, names, joined) {
  const text = readFileSync(path, 'utf8').replace(IMPORT, (whole, word, list, from, bracket, alone) => {
    const known = names.get(from ?? alone);
    if (known === undefined) return whole;
    if (alone !== undefined) return `import${bracket}"./${joined}"`;
    return `${word}{${list
      .split(',')
      .map((one) => renamed(one, known))
      .join()}}from"./${joined}"`;
  });
  for (const file of names.keys()) if (text.includes(file)) throw new Error(`${path} still imports ${file}`);
  writeFileSync(path, text);
}

/** @param one `name`, or `name as other` */
function renamed(one, known) {
  const [own, other = own] = one.split(' as ');
  return known.get(own) === other ? other : `${known.get(own)} as ${other}`;
}
