import type { Row } from '../../inspect/part.ts';
import type { Layout } from '../from-part.ts';
import { address, bareHex, field } from './cell.ts';

/** `timer`: by CPU and base, as crash heads them. */
export const timerLayout: Layout = (rows, { inspection }) => {
  const jiffies = inspection.kernel.word('jiffies_64') ?? inspection.kernel.word('jiffies');
  let base = '';
  // 6.9 (83a665dc99a7) split the first base in two
  const names = rows.some((row) => row.base === 2) ? ['LOCAL', 'GLOBAL', 'DEF'] : ['STD', 'DEF'];
  const lines = rows.flatMap((row) => {
    const head = `TIMER_BASES[${field(row, 'cpu')}][BASE_${names[Number(row.base)] ?? field(row, 'base')}]:\n  EXPIRES        TTE        TIMER_LIST     FUNCTION\n`;
    const line = `  ${field(row, 'expires').padStart(10)}  ${field(row, 'ticksLeft').padStart(8)}  ${address(row, 'timer')}  <${field(row, 'function')}>\n`;
    const begins = head !== base;
    base = head;
    return begins ? [head, line] : [line];
  });
  return [`JIFFIES\n${jiffies ?? '-'}\n\n`, ...lines].join('');
};

/** `sym`: address, kind, name. */
export const symText = (rows: readonly Row[], isText: (address: bigint) => boolean): string =>
  rows
    .map((row) => {
      const letter = typeof row.address === 'string' && isText(BigInt(row.address)) ? 'T' : 'D';
      const offset = Number(row.offset) > 0 ? `+${row.offset}` : '';
      const module = row.module === undefined ? '' : ` [${field(row, 'module')}]`;
      return `${address(row, 'address')} (${letter}) ${field(row, 'name')}${offset}${module}\n`;
    })
    .join('');

export const vtopLayout: Layout = (rows) =>
  `VIRTUAL           PHYSICAL        \n${rows
    .map((row) => `${address(row, 'virtual')}  ${bareHex(row, 'physical').padEnd(16)}\n`)
    .join('')}`;
