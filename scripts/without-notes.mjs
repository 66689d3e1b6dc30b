// An esbuild plugin: leaves out of the tables of lines what only tests and READMEs read (printer, releases, examples), a fifth of the
// grammars. esbuild lays every property on lines of its own first, so that whole lines go, or none.
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';

const NOTE = /^(\s*)(?:printer|releases|examples): (.*)$/;

export const withoutNotes = {
  name: 'without notes',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]grammars[\\/].*lines\.ts$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'ts', target: 'node20' });
      return { contents: strip(code), loader: 'js' };
    });
  },
};

/** Text and lists of texts go; what is computed stays. */
export function strip(code) {
  const kept = [];
  let end;
  for (const line of code.split('\n')) {
    if (end !== undefined) {
      if (line === end || line === `${end},`) end = undefined;
      continue;
    }
    const [, indent = '', value = ''] = NOTE.exec(line) ?? [];
    if (/^"(?:[^"\\]|\\.)*",?$/.test(value) || /^\[(?:"(?:[^"\\]|\\.)*"(?:, )?)*\],?$/.test(value)) continue;
    if (value === '[') end = `${indent}]`;
    else kept.push(line);
  }
  return kept.join('\n');
}
