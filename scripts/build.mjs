// Bundles the two binaries with esbuild: one ESM graph with splitting, so that the log path loads only its own few chunks
// (no grammar, no UI), and every library is inlined: an installed lastkmsg has no run-time dependencies.
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { cli: 'src/cli/main.ts', 'vmcore-dmesg': 'src/cli/vmcore-dmesg.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true, // class names of errors and of chevrotain's parsers are part of messages
  legalComments: 'linked',
  define: { 'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(version) },
  // CommonJS libraries that are inlined into ES modules still call require() for node's own modules
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  external: ['react-devtools-core'],
  logLevel: 'warning',
});
for (const file of ['dist/cli.js', 'dist/vmcore-dmesg.js']) chmodSync(file, 0o755);
