import type { Disassembler } from '../../decode/code/disassembler.ts';
import type { KernelContext } from '../../kernel/context.ts';
import { locate } from '../../machine/raw/sym.ts';
import { disassembler } from '../../read/events/capstone.ts';
import { UsageError } from '../exit.ts';
import { partArguments } from './arguments.ts';
import { type DisRow, disRows } from './dis.ts';
import type { Part } from './part.ts';
import { bare } from './table.ts';

let loaded: Disassembler | undefined;

export const DIS_PART: Part = {
  name: 'dis',
  usage: 'dis [-r] NAME|ADDR [COUNT]',
  about: 'instructions of a function, or from an address on; -r from the start of its function',
  async load() {
    loaded = await disassembler();
  },
  answer: ({ kernel }, args) => ({
    rows: disassembled(kernel, args),
    columns: [
      { key: 'address', title: 'ADDRESS', show: bare },
      { key: 'symbol', title: 'SYMBOL', show: (name, { offset }) => `${name}${offset ? `+${offset}` : ''}` },
      { key: 'text', title: 'INSTRUCTION' },
    ],
  }),
};

/** The instructions that the arguments of `dis` mean, once it was loaded. @throws UsageError */
export function disassembled(kernel: Pick<KernelContext, 'machine' | 'memory' | 'symbols'>, args: readonly string[]): readonly DisRow[] {
  const given = partArguments('dis', args, ['-r']);
  const [where, count] = given.rest;
  const from = where === undefined ? undefined : locate(kernel, where);
  if (from === undefined)
    throw new UsageError(where === undefined ? 'dis takes a function or an address' : `there is no symbol ${where} in this kernel`);
  if (count !== undefined && !/^[1-9]\d{0,5}$/.test(count)) throw new UsageError(`${count} is not a count`);
  const found = given.has('-r') ? kernel.symbols.at(from) : undefined;
  const range = found
    ? { from: from - BigInt(found.offset), to: from + 1n }
    : { from, count: count === undefined ? undefined : Number(count) };
  const rows = loaded ? disRows(kernel, loaded, range) : 'the disassembler is not installed: npm install @alexaltea/capstone-js';
  if (typeof rows === 'string') throw new UsageError(rows);
  return rows;
}
