import { memberRows } from '../../machine/raw/struct.ts';
import { locate } from '../../machine/raw/sym.ts';
import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import { partArguments } from '../inspect/arguments.ts';
import type { CrashCommand, CrashSession } from './session.ts';

export const STRUCT: CrashCommand = {
  name: 'struct',
  usage: 'struct [-o] TYPE[.MEMBER,…] [ADDR|SYMBOL]',
  about: 'a structure as it is declared, or what one in memory holds; -o with offsets',
  run({ inspection: { kernel } }, args) {
    const given = partArguments('struct', args, ['-o', '-x', '-d']);
    const [what, where] = given.rest;
    if (what === undefined) throw new UsageError('struct takes a type');
    const [type = '', ...path] = what.split('.');
    if (kernel.types.idOf(type) === undefined) throw new UsageError(`this kernel has no type ${type}`);
    const at = where === undefined ? undefined : locate(kernel, where);
    if (where !== undefined && at === undefined) throw new UsageError(`there is no symbol ${where} in this kernel`);
    const wanted = path.length === 0 ? undefined : path.join('.').split(',');
    return at === undefined ? declaration(kernel, type, wanted, given.has('-o')) : values(kernel, type, wanted, at);
  },
};

type Kernel = CrashSession['inspection']['kernel'];

function values(kernel: Kernel, type: string, wanted: readonly string[] | undefined, at: bigint): string {
  const rows = (wanted ?? [undefined]).flatMap((path) => {
    const found = memberRows(kernel, type, path, at);
    if (found.length === 0) throw new UsageError(`this kernel has no member ${type}.${path ?? ''}`);
    return found;
  });
  const lines = rows.map(({ member, value }) => `  ${printable(member ?? '')} = ${value === undefined ? '-' : printable(value)},\n`);
  return wanted ? lines.join('') : `struct ${type} {\n${lines.join('')}}\n`;
}

function declaration(kernel: Kernel, type: string, wanted: readonly string[] | undefined, offsets: boolean): string {
  const rows = (wanted ?? [undefined]).flatMap((path) => memberRows(kernel, type, path, undefined));
  if (rows.length === 0) throw new UsageError(`this kernel has no member ${type}.${wanted?.join(',') ?? ''}`);
  const lines = rows.map((row) => {
    const place = offsets ? `${`[${row.offset}]`.padStart(9)} ` : '    ';
    return `${place}${declared(row.type ?? '?', row.member ?? '')};\n`;
  });
  return `struct ${type} {\n${lines.join('')}}\nSIZE: ${kernel.types.size(type) ?? '-'}\n`;
}

/** `char comm[16]`, `struct list_head *next`: what BTF says of a type goes round the name as in C. */
function declared(type: string, member: string): string {
  const array = /^(.*?) ?((?:\[\d+\] ?)+)$/.exec(type);
  const [of, bounds] = array ? [array[1] ?? '', (array[2] ?? '').replaceAll(' ', '')] : [type, ''];
  return printable(`${of}${of.endsWith('*') ? '' : ' '}${member}${bounds}`);
}
