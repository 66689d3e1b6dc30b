// An esbuild plugin: leaves out of capstone's JavaScript its names for the instructions, registers and groups of twenty architectures,
// fourteen thousand numbers. They are nine tenths of the file, a twentieth of the time of `events` on a small log, and nobody asks for one.
import { readFileSync } from 'node:fs';

const NUMBER = /\b([A-Z]\w*_(?:INS|REG|SYSREG|TLBI|GRP)_\w+):\d+,/g;

export const leanCapstone = {
  name: 'lean capstone',
  setup({ onLoad }) {
    onLoad({ filter: /capstone-js[\\/]dist[\\/]capstone\.js$/ }, ({ path }) => ({
      contents: lean(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** A name that the library itself uses stays. */
export function lean(code) {
  const times = new Map();
  for (const [word] of code.matchAll(/\b[A-Z]\w*_\w+\b/g)) times.set(word, (times.get(word) ?? 0) + 1);
  return code.replace(NUMBER, (whole, name) => (times.get(name) === 1 ? '' : whole));
}
