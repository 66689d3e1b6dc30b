import { spawnSync } from 'node:child_process';
import { isAbsolute } from 'node:path';

/** A place in code as the kernel prints it: `symbol+0xoffset`. */
export type Place = `${string}+0x${string}`;

/** Time for one run, ms: a vmlinux with debuginfo has some 500 MB. */
const PATIENCE = 120_000;
/** Functions that were inlined there and are named beside the innermost. */
const INLINED = 3;

/**
 * Source lines of places in an ELF file, by elfutils' eu-addr2line: unlike binutils' it takes symbols, so that nothing has to be known of
 * where the kernel was loaded. `undefined` stands for a place that it does not know.
 * @returns why there are none, where it cannot be run
 */
export function sourceLines(elf: string, places: readonly Place[]): (string | undefined)[] | string {
  const all = ask(elf, places);
  if (typeof all === 'string' || all.length === places.length) return all;
  // a symbol that the file does not have has no line in the answer: they are asked for one by one
  return places.map((place) => {
    const one = ask(elf, [place]);
    return typeof one === 'string' ? undefined : one[0];
  });
}

function ask(elf: string, places: readonly Place[]): (string | undefined)[] | string {
  const file = isAbsolute(elf) || elf.startsWith('.') ? elf : `./${elf}`;
  const { error, stdout } = spawnSync('eu-addr2line', ['-a', '-i', '-e', file, ...places], {
    encoding: 'utf8',
    timeout: PATIENCE,
    maxBuffer: 1 << 24,
  });
  if (error) return `eu-addr2line (elfutils) ${'code' in error && error.code === 'ENOENT' ? 'is not installed' : 'failed'}`;
  // each answer begins with its address; then `file:line:column`, the innermost function first, or `??:0`
  const answers = stdout.split(/^0x[0-9a-f]+\n/m).slice(1);
  return answers.map((answer) => {
    const known = answer.split('\n').filter((line) => line !== '' && !line.startsWith('??'));
    return known.length === 0 ? undefined : known.slice(0, 1 + INLINED).join(', inlined at ');
  });
}
