import { symRows } from '../../machine/raw/sym.ts';
import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import type { Row } from '../inspect/part.ts';
import { symText } from './layout/raw.ts';
import type { CrashCommand } from './session.ts';

export const SYM: CrashCommand = {
  name: 'sym',
  usage: 'sym NAME|ADDR…',
  about: 'where a symbol is, or what lies at an address',
  run({ kernel }, args) {
    const names = args.filter((arg) => !arg.startsWith('-'));
    if (names.length === 0) throw new UsageError('sym takes a name or an address');
    const rows = names.flatMap((what) => {
      const found = symRows(kernel, what);
      if (found.length === 0) throw new UsageError(`there is no symbol ${printable(what)} in this kernel`);
      return found;
    });
    return symText(rows as unknown as readonly Row[], (at) => kernel.symbols.isText(at));
  },
};
