import { printable } from '../../output/text/printable.ts';
import { DIS_PART, disassembled } from '../inspect/part-dis.ts';
import type { CrashCommand } from './session.ts';

/** crash's flags that mean nothing here: source lines need debug symbols, addresses are hex anyway. */
const SOURCES: readonly string[] = ['-l', '-s', '-rl', '-lr'];

export const DIS: CrashCommand = {
  name: 'dis',
  usage: DIS_PART.usage,
  about: DIS_PART.about,
  async run({ kernel }, args) {
    await DIS_PART.load?.();
    const wanted = args.flatMap((arg) =>
      /^-[lr]{2}$/.test(arg) ? ['-r'] : SOURCES.includes(arg) || arg === '-x' ? [] : [arg.replace(/^\((.+)\)$/, '$1')],
    );
    const rows = disassembled(kernel, wanted);
    const lines = rows.map(({ address, symbol, offset, text }) => {
      const place = symbol === undefined ? '' : ` <${printable(symbol)}${offset ? `+${offset}` : ''}>`;
      return `${address}${place}:\t${printable(text)}\n`;
    });
    const asked = args.some((arg) => SOURCES.includes(arg));
    return (asked ? '[source lines need debug symbols: lastkmsg incidents --vmlinux names those of a crash]\n' : '') + lines.join('');
  },
};
