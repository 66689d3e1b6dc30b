// npm run build:exe: lastkmsg as one executable for hosts without Node, by Node's own --build-sea (26 and later; ES modules in it since
// 25.7). It is node itself with one bundle, capstone.wasm and the schema inside. `--node FILE` takes a node of yours; else the one that runs
// this, where it can, else it is fetched from the npm registry into build/. `--output FILE`: where to write it, else build/lastkmsg.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { knownStarts } from './known-starts.mjs';
import { leanCapstone } from './lean-capstone.mjs';
import { withoutNotes } from './without-notes.mjs';

const NODE_VERSION = '26.12.1';
const BUILD = 'build';
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const output = resolve(option('output') ?? join(BUILD, 'lastkmsg'));
mkdirSync(BUILD, { recursive: true });
if (!existsSync('dist/capstone.wasm')) throw new Error('run npm run build first');

const main = resolve(BUILD, 'lastkmsg.mjs');
await build({
  entryPoints: ['src/cli/exe.ts'],
  outfile: main,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(version), __dirname: '"."', fetch: 'undefined' },
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  // native code, which no executable holds: the store of the fleet says so
  external: ['@duckdb/node-api'],
  plugins: [without('react-devtools-core'), withoutNotes, leanCapstone, knownStarts],
  logLevel: 'warning',
});

const config = join(BUILD, 'sea.json');
writeFileSync(
  config,
  JSON.stringify({
    main,
    mainFormat: 'module',
    output,
    disableExperimentalSEAWarning: true,
    execArgvExtension: 'env',
    assets: { 'capstone.wasm': resolve('dist/capstone.wasm'), 'schema.json': resolve('dist/schema.json') },
  }),
);
rmSync(output, { force: true });
run(nodeWithSea(), ['--build-sea', config]);
const said = run(output, ['--version']).trim();
if (said !== version) throw new Error(`the executable says ${said}, not ${version}`);
console.log(`${output}: ${Math.round(statSync(output).size / 2 ** 20)} MiB, lastkmsg ${said}`);

/** Leaves a module out: Ink asks for it in development alone, and an executable holds no others. */
function without(name) {
  return {
    name: `without ${name}`,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: 'nothing' }));
      onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export default {}' }));
    },
  };
}

/** A node that builds executables of ES modules. */
function nodeWithSea() {
  const given = option('node');
  if (given !== undefined) return given;
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath;
  const name = `node-linux-${process.arch}`;
  const path = join(BUILD, 'node_modules', name, 'bin/node');
  if (!existsSync(path)) {
    writeFileSync(join(BUILD, 'package.json'), '{"private":true}\n');
    run('npm', ['install', '--prefix', BUILD, '--no-audit', '--no-fund', '--silent', `${name}@${NODE_VERSION}`]);
  }
  return path;
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
