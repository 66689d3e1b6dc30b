// Bundles the two binaries, the thread that reads many inputs, and the library with esbuild: one ESM graph with splitting, of
// which the log path is one file (no grammar, no UI), and every library is inlined but DuckDB: an installed lastkmsg needs no other
// package. The library's types are written by declarations.mjs.
// `--outdir DIR` builds elsewhere than dist.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { joinGroups } from './groups.mjs';
import { knownStarts } from './known-starts.mjs';
import { leanCapstone } from './lean-capstone.mjs';
import { runBundled } from './run-bundled.mjs';
import { thirdParty } from './third-party.mjs';
import { withoutNotes } from './without-notes.mjs';

const require = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const at = process.argv.indexOf('--outdir');
const target = at < 0 ? 'dist' : process.argv[at + 1];
// built aside and moved into place at the end, so that a program that runs from dist meanwhile finds it whole
const outdir = `${target}.${process.pid}.tmp`;
mkdirSync(outdir, { recursive: true });
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));

/** What each group of the bundle is loaded for, first to last. */
const GROUPS = [
  { name: 'log', roots: ['src/cli/binaries.ts'] },
  { name: 'text', roots: ['src/read/inputs/text-input.ts'] },
  { name: 'program', roots: ['src/cli/program.ts', 'src/cli/settings/apply.ts', 'src/cli/commands/events.ts'] },
  {
    name: 'events',
    roots: ['src/read/events/read-events.ts', 'src/read/events/pipeline.ts', '/capstone-js/dist/capstone.js'],
    before: 'shared',
  },
  { name: 'machine', roots: ['src/read/machine/machine-facts.ts'] },
  {
    name: 'incidents',
    roots: ['src/cli/commands/summary.ts', 'src/cli/commands/incidents.ts', 'src/cli/fleet/read-one.ts'],
    before: 'pieces',
  },
];
const { metafile } = await build({
  metafile: true,
  entryPoints: { binaries: 'src/cli/binaries.ts', 'fleet-worker': 'src/cli/fleet/worker.ts', index: 'src/index.ts' },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // identifiers stay: class names of errors and of chevrotain's parsers are part of messages, and esbuild's keepNames would
  // keep them by a call for every closure that is made, a third of the time of `events`
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  // capstone joins __dirname to the name of its wasm, though it is handed the bytes
  // yoga and zstddec would take their WebAssembly, which is inlined, by fetch: node loads 25 ms of undici for that
  define: { 'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(version), __dirname: '"."', fetch: 'undefined' },
  // native code, which is installed beside the program by who wants a store of the fleet
  external: ['react-devtools-core', '@duckdb/node-api'],
  plugins: [withoutNotes, leanCapstone, knownStarts],
  logLevel: 'warning',
});
const builds = await joinGroups({ outdir, metafile, groups: GROUPS });
for (const file of readdirSync(outdir).filter((name) => name.endsWith('.mjs'))) withRequire(join(outdir, file));
// the binaries are CommonJS, which starts sooner; ES modules beside them are named so
writeFileSync(join(outdir, 'package.json'), '{"type":"commonjs"}\n');
await build({
  entryPoints: ['src/cli/start/load.ts'],
  outfile: join(outdir, 'cli.js'),
  banner: { js: '#!/usr/bin/env node' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  define: { __BUILDS__: JSON.stringify(builds) },
});
writeFileSync(join(outdir, 'vmcore-dmesg.js'), "#!/usr/bin/env node\nrequire('./cli.js').run('vmcoreDmesg');\n");
for (const binary of ['cli.js', 'vmcore-dmesg.js']) chmodSync(join(outdir, binary), 0o755);

copyFileSync(join(dirname(require.resolve('@alexaltea/capstone-js')), 'capstone.wasm'), join(outdir, 'capstone.wasm'));
writeFileSync(join(outdir, 'schema.json'), await schema());
writeFileSync(join(outdir, 'THIRD-PARTY.md'), thirdParty(metafile, ['@alexaltea/capstone-js']));
rmSync(target, { recursive: true, force: true });
renameSync(outdir, target);

/** CommonJS libraries that are inlined into ES modules still call require() for node's own modules. */
function withRequire(path) {
  const text = readFileSync(path, 'utf8');
  if (!/\brequire\b/.test(text)) return;
  const [hashbang] = /^#!.*\n|^/.exec(text);
  const define = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);\n";
  writeFileSync(path, hashbang + define + text.slice(hashbang.length));
}

/** The JSON Schema out of the zod source; zod runs here, so that it never runs in the program. */
async function schema() {
  const { jsonSchema } = await runBundled({ entryPoints: ['src/output/json/json-schema.ts'] });
  return `${JSON.stringify(jsonSchema(), undefined, 2)}\n`;
}
