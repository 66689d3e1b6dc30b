// An esbuild plugin: puts into the bundle how the patterns of all tables begin, which users' machines then need not work out.
import { dirname } from 'node:path';
import { build } from 'esbuild';

const ROOT = dirname(import.meta.dirname);

const GENERATE = `
import { SHARED } from './grammars/call-trace/lines.ts';
import { FAMILIES } from './grammars/families.ts';
import { writeStarts } from './grammars/common/starts.ts';
import { startOf } from './grammars/common/table.ts';
export const known = writeStarts([...SHARED, ...FAMILIES.flatMap(({ lines, also = [] }) => [...lines, ...also])].map(startOf));`;

export const knownStarts = {
  name: 'known starts',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]grammars[\\/]common[\\/]known-starts\.ts$/ }, async () => {
      const { outputFiles } = await build({
        stdin: { contents: GENERATE, resolveDir: ROOT, loader: 'ts' },
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'node',
        target: 'node20',
        logLevel: 'warning',
      });
      const { known } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
      return { contents: `export const KNOWN = ${JSON.stringify(known)};` };
    });
  },
};
