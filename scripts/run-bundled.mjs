import { build } from 'esbuild';

/** Bundles TypeScript, runs it here and now, and gives what it exports: what the build works out so that the program need not. */
export async function runBundled(entry) {
  const { outputFiles } = await build({
    ...entry,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
