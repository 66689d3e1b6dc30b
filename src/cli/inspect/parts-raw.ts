import type { KernelContext } from '../../kernel/context.ts';
import { addressRow, wordRows } from '../../machine/raw/memory.ts';
import { memberRows } from '../../machine/raw/struct.ts';
import { locate, symRows } from '../../machine/raw/sym.ts';
import { userTranslation } from '../../machine/raw/user.ts';
import { UsageError } from '../exit.ts';
import { partArguments, taskNamed } from './arguments.ts';
import type { Answer, Part } from './part.ts';
import { bare } from './table.ts';

/** A count as people write it. */
function countOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new UsageError(`${text} is not a count`);
  return count;
}

function located(kernel: Parameters<typeof locate>[0], text: string | undefined, part: string): bigint {
  if (text === undefined) throw new UsageError(`${part} takes an address or a symbol`);
  const address = locate(kernel, text);
  if (address === undefined) throw new UsageError(`there is no symbol ${text} in this kernel`);
  return address;
}

/** The kernel with the types of the module that has this one, where the kernel itself has not. */
function kernelWith(kernel: KernelContext, type: string): KernelContext {
  if (kernel.types.idOf(type) !== undefined) return kernel;
  for (const { name } of kernel.symbols.modules) {
    const found = kernel.inModule(name, type);
    if (found) return found;
  }
  return kernel;
}

function symAnswer(kernel: Parameters<typeof symRows>[0], args: readonly string[]): Answer {
  const { rest } = partArguments('sym', args, []);
  if (rest.length === 0) throw new UsageError('sym takes a name or an address');
  const rows = rest.flatMap((what) => {
    const found = symRows(kernel, what);
    if (found.length === 0) throw new UsageError(`there is no symbol ${what} in this kernel`);
    return found;
  });
  return {
    rows,
    columns: [
      { key: 'address', title: 'ADDRESS', show: bare },
      { key: 'name', title: 'SYMBOL', show: (name, { offset }) => `${name}${offset ? `+${offset}` : ''}` },
      { key: 'module', title: 'MODULE', show: (name) => `[${name}]` },
    ],
  };
}

export const RAW_PARTS: readonly Part[] = [
  {
    name: 'sym',
    usage: 'sym NAME|ADDR…',
    about: 'where a symbol is, or what lies at an address',
    answer: ({ kernel }, args) => symAnswer(kernel, args),
    withoutTypes: ({ unwinder }, _dump, args) => symAnswer(unwinder, args),
  },
  {
    name: 'struct',
    usage: 'struct TYPE[.FIELD] [ADDR|SYMBOL]',
    about: 'members of a structure, and what they hold',
    answer({ kernel }, args) {
      const [what, where] = partArguments('struct', args, []).rest;
      if (what === undefined) throw new UsageError('struct takes a type');
      const [type = '', ...path] = what.split('.');
      const at = where === undefined ? undefined : located(kernel, where, 'struct');
      const rows = memberRows(kernelWith(kernel, type), type, path.length > 0 ? path.join('.') : undefined, at);
      if (rows.length === 0) {
        const lacking = kernel.types.idOf(type) === undefined ? `type ${type}` : `member ${what}`;
        throw new UsageError(`this kernel has no ${lacking}`);
      }
      return {
        rows,
        columns: [
          { key: 'offset', title: 'OFFSET', right: true },
          { key: 'size', title: 'SIZE', right: true },
          { key: 'type', title: 'TYPE' },
          { key: 'member', title: 'MEMBER' },
          ...(at === undefined ? [] : [{ key: 'value', title: 'VALUE' }]),
        ],
      };
    },
  },
  {
    name: 'rd',
    usage: 'rd ADDR|SYMBOL [WORDS]',
    about: 'memory as words and characters',
    answer({ kernel }, args) {
      const [where, count] = partArguments('rd', args, []).rest;
      return {
        rows: wordRows(kernel, located(kernel, where, 'rd'), countOf(count)),
        columns: [
          { key: 'address', title: 'ADDRESS', show: bare },
          {
            key: 'words',
            title: 'WORDS',
            show: (words) => (words as readonly string[]).map((word) => bare(word).padStart(16, '0')).join(' '),
          },
          { key: 'text', title: 'TEXT' },
        ],
      };
    },
  },
  {
    name: 'vtop',
    usage: 'vtop ADDR [PID]',
    about: 'the physical address of a virtual one, of the kernel or of a task',
    answer(inspection, args) {
      const { kernel } = inspection;
      const [where, pid] = partArguments('vtop', args, []).rest;
      const address = located(kernel, where, 'vtop');
      const task = pid === undefined ? undefined : taskNamed(inspection, pid, 'vtop');
      const translate = task ? userTranslation(kernel, task.struct) : kernel.kernel.memory.toPhysical;
      if (typeof translate === 'string') throw new UsageError(translate);
      return {
        rows: [addressRow(kernel, address, translate)],
        columns: [
          { key: 'virtual', title: 'VIRTUAL', show: bare },
          { key: 'physical', title: 'PHYSICAL', show: bare },
          { key: 'page', title: 'PAGE' },
        ],
      };
    },
  },
];
