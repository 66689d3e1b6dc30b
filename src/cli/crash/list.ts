import { memberRows } from '../../machine/raw/struct.ts';
import { locate } from '../../machine/raw/sym.ts';
import { walkList } from '../../machine/raw/walk-list.ts';
import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import { partArguments } from '../inspect/arguments.ts';
import type { CrashCommand, CrashSession } from './session.ts';

/** More than anybody reads. */
const MAX_ITEMS = 1 << 16;

export const LIST: CrashCommand = {
  name: 'list',
  usage: 'list [-h|-H] [-r] [-o OFFSET|TYPE.MEMBER] [-s TYPE[.MEMBER,…]] [-e END] ADDR|SYMBOL',
  about: 'what a chain of pointers leads to; -h of list_heads from a structure, -H from a head outside, -s what each holds',
  run({ inspection: { kernel } }, args) {
    const given = partArguments('list', args, ['-h', '-H', '-r', '-o=', '-s=', '-e=']);
    const rest = [...given.rest];
    // `list task_struct.tasks -h ADDR`: the offset may stand without -o
    const offsetText = given.value('-o') ?? (rest.length > 1 ? rest.shift() : undefined);
    const startText = rest[0];
    if (startText === undefined) throw new UsageError('list takes an address or a symbol');
    const endText = given.value('-e');
    const { addresses, broken } = walkList(kernel.memory, {
      start: located(kernel, startText),
      offset: offsetText === undefined ? 0 : offsetOf(kernel, offsetText),
      isEmbedded: given.has('-h') || given.has('-H'),
      isHead: given.has('-H'),
      isBackwards: given.has('-r'),
      end: endText === undefined ? undefined : located(kernel, endText),
      most: MAX_ITEMS,
    });
    const members = given.value('-s');
    const lines = addresses.map((at) => `${at.toString(16)}\n${members === undefined ? '' : membersText(kernel, members, at)}`);
    return `${lines.join('')}${addresses.length === 0 && broken === undefined ? '(empty)\n' : ''}${broken === undefined ? '' : `[the list ends there: ${broken}]\n`}`;
  },
};

type Kernel = CrashSession['inspection']['kernel'];

function located(kernel: Kernel, text: string): bigint {
  const at = locate(kernel, text);
  if (at === undefined) throw new UsageError(`there is no symbol ${printable(text)} in this kernel`);
  return at;
}

/** A number of bytes, or a member by its type: `task_struct.tasks`. */
function offsetOf({ types }: Kernel, text: string): number {
  if (/^(?:0x[0-9a-f]{1,6}|\d{1,7})$/i.test(text)) return Number(text);
  const [type = '', ...path] = text.split('.');
  const found = path.length === 0 ? undefined : types.member(type, path.join('.'));
  if (!found) throw new UsageError(`this kernel has no member ${printable(text)}`);
  return found.offset;
}

function membersText(kernel: Kernel, what: string, at: bigint): string {
  const [type = '', ...path] = what.split('.');
  const wanted = path.length === 0 ? [undefined] : path.join('.').split(',');
  return wanted
    .flatMap((member) => {
      const rows = memberRows(kernel, type, member, at);
      if (rows.length === 0)
        throw new UsageError(`this kernel has no ${member === undefined ? `type ${type}` : `member ${type}.${member}`}`);
      return rows.map((row) => `  ${printable(row.member ?? '')} = ${row.value === undefined ? '-' : printable(row.value)},\n`);
    })
    .join('');
}
