import { locate } from '../../machine/raw/sym.ts';
import { printable } from '../../output/text/printable.ts';
import { disassembler } from '../../read/events/capstone.ts';
import { UsageError } from '../exit.ts';
import { partArguments } from '../inspect/arguments.ts';
import { disRows } from '../inspect/dis.ts';
import type { CrashCommand } from './session.ts';

export const DIS: CrashCommand = {
  name: 'dis',
  usage: 'dis [-r] NAME|ADDR [COUNT]',
  about: 'instructions of a function, or from an address on; -r from its function’s start up to it',
  async run({ inspection: { kernel } }, args) {
    const given = partArguments('dis', args, ['-l', '-r', '-s', '-x']);
    const [where, count] = given.rest;
    if (where === undefined) throw new UsageError('dis takes a function or an address');
    const from = locate(kernel, where);
    if (from === undefined) throw new UsageError(`there is no symbol ${where} in this kernel`);
    if (count !== undefined && !/^[1-9]\d*$/.test(count)) throw new UsageError(`${count} is no count`);
    const found = kernel.symbols.at(from);
    const range =
      given.has('-r') && found
        ? { from: from - BigInt(found.offset), to: from + 1n }
        : { from, count: count === undefined ? undefined : Number(count) };
    const rows = disRows(kernel, await disassembler(), range);
    if (typeof rows === 'string') throw new UsageError(rows);
    const lines = rows.map(({ address, symbol, offset, text }) => {
      const place = symbol === undefined ? '' : ` <${printable(symbol)}${offset ? `+${offset}` : ''}>`;
      return `${address}${place}:\t${printable(text)}\n`;
    });
    const sources =
      given.has('-l') || given.has('-s') ? '[source lines need debug symbols: lastkmsg incidents --vmlinux names those of a crash]\n' : '';
    return sources + lines.join('');
  },
};
