import { symRows } from '../../machine/raw/sym.ts';
import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import type { CrashCommand, CrashSession } from './session.ts';

export const PRINT: CrashCommand = {
  name: 'p',
  usage: 'p [-x] VARIABLE',
  about: 'a variable that is a number',
  run({ inspection: { kernel } }, args) {
    const [name] = args.filter((arg) => !arg.startsWith('-'));
    if (name === undefined) throw new UsageError('p takes a variable');
    if (!/^\w+$/.test(name))
      throw new UsageError(`${name} is an expression, which needs debug symbols; members: struct TYPE.MEMBER ADDRESS`);
    const [found] = symRows(kernel, name);
    if (found === undefined) throw new UsageError(`there is no symbol ${name} in this kernel`);
    const at = BigInt(found.address);
    const value = numberAt(kernel, at);
    if (value === undefined)
      throw new UsageError(`${name} is not a plain number, and types of variables are not in the dump: struct TYPE ${name}, or rd ${name}`);
    const show = (n: bigint): string => (args.includes('-x') ? `0x${n.toString(16)}` : String(n));
    const doubt = value.asInt === value.asLong ? '' : `   [as a long: ${show(value.asLong)}; its type is not in the dump]`;
    return `${printable(name)} = ${show(value.asInt)}${doubt}\n`;
  },
};

/** Variables are aligned to a cache line at most: farther from the next symbol is no number. */
const MAX_GAP = 64;

/** What lies there read as an int and as a long, the same number mostly; what follows an int in memory may be another variable's gap. */
function numberAt({ symbols, memory }: CrashSession['inspection']['kernel'], at: bigint): { asInt: bigint; asLong: bigint } | undefined {
  const size = symbols.at(at)?.size;
  if (size === undefined || size > MAX_GAP || symbols.isText(at)) return undefined;
  const int = memory.u32(at);
  const long = size < memory.wordSize ? undefined : memory.word(at);
  if (int === undefined) throw new UsageError('it lies on a page that is not in the dump');
  const asInt = BigInt(int);
  // a gap of exactly a word is a long
  if (size === memory.wordSize && long !== undefined) return { asInt: long, asLong: long };
  return { asInt, asLong: long ?? asInt };
}
