import { locate } from '../../machine/raw/sym.ts';
import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import { partArguments } from '../inspect/arguments.ts';
import type { CrashCommand, CrashSession } from './session.ts';

/** A screen of a few hundred pages is what anybody reads. */
const MAX_WORDS = 1 << 16;

export const RD: CrashCommand = {
  name: 'rd',
  usage: 'rd [-p] [-s] [-a] ADDR|SYMBOL [COUNT]',
  about: 'memory as words and characters; -p of a physical address, -s with symbols, -a as text',
  run({ kernel }, args) {
    const given = partArguments('rd', args, ['-p', '-s', '-a', '-x', '-64']);
    const [where, countText = '1'] = given.rest;
    if (where === undefined) throw new UsageError('rd takes an address or a symbol');
    const at = given.has('-p') && /^(?:0x)?[0-9a-f]+$/i.test(where) ? BigInt(`0x${where.replace(/^0x/i, '')}`) : locate(kernel, where);
    if (at === undefined) throw new UsageError(`there is no symbol ${where} in this kernel`);
    const count = Number(countText);
    if (!Number.isInteger(count) || count < 1 || count > MAX_WORDS) throw new UsageError(`${countText} is not a count`);
    const read = given.has('-p') ? physicalReader(kernel) : (address: bigint, length: number) => kernel.memory.bytes(address, length);
    if (given.has('-a')) return textAt(read, at);
    return linesOf(kernel, read, at, count, given.has('-s'));
  },
};

type Kernel = CrashSession['kernel'];
type Read = (address: bigint, length: number) => Buffer | undefined;

const physicalReader =
  ({ kernel }: Kernel): Read =>
  (address, length) => {
    const { bytes, state } = kernel.memory.physical.read(Number(address), length);
    return state === 'present' ? bytes : undefined;
  };

/** Two words a line, and their characters; with symbols instead of what lies in the kernel. */
function linesOf({ memory, symbols }: Kernel, read: Read, at: bigint, count: number, named: boolean): string {
  const size = memory.wordSize;
  const lines: string[] = [];
  for (let i = 0; i < count; i += 2) {
    const from = at + BigInt(i * size);
    const words = Array.from({ length: Math.min(2, count - i) }, (_, n) => read(from + BigInt(n * size), size));
    const shown = words.map((word) => {
      if (!word) return '-'.repeat(2 * size);
      const value = size === 8 ? memory.reader.u64(word, 0) : BigInt(memory.reader.u32(word, 0));
      const near = named ? symbols.at(value) : undefined;
      const found = near?.size !== undefined && near.offset >= 0 && near.offset < near.size ? near : undefined;
      const plain = value.toString(16).padStart(2 * size, '0');
      return found ? printable(`${found.name}${found.offset ? `+${found.offset}` : ''}`).padEnd(2 * size) : plain;
    });
    const text = words.map((word) => (word ? word.toString('latin1').replace(/[^\x20-\x7e]/g, '.') : ' '.repeat(size))).join('');
    lines.push(`${from.toString(16).padStart(16)}:  ${shown.join(' ').padEnd(4 * size + 1)}${named ? '' : `   ${text}`}\n`);
    if (words.every((word) => word === undefined)) return `${lines.join('')}[the page at ${from.toString(16)} is not in the dump]\n`;
  }
  return lines.join('');
}

const LINE = 60;
const MAX_TEXT = 4096;

/** A string up to its NUL, 60 characters a line. */
function textAt(read: Read, at: bigint): string {
  let text = '';
  while (text.length < MAX_TEXT) {
    const byte = read(at + BigInt(text.length), 1)?.[0];
    if (byte === undefined || byte === 0) break;
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  }
  const lines: string[] = [];
  for (let i = 0; i < text.length; i += LINE) lines.push(`${(at + BigInt(i)).toString(16)}:  ${text.slice(i, i + LINE)}\n`);
  return lines.join('');
}
