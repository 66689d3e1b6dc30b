// An esbuild plugin: puts into the bundle how the patterns of all tables begin, which users' machines then need not work out.
import { dirname } from 'node:path';
import { runBundled } from './run-bundled.mjs';

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
      const { known } = await runBundled({ stdin: { contents: GENERATE, resolveDir: ROOT, loader: 'ts' } });
      return { contents: `export const KNOWN = ${JSON.stringify(known)};` };
    });
  },
};
