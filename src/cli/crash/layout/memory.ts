import type { Row } from '../../inspect/part.ts';
import type { Layout } from '../from-part.ts';
import { address, field } from './cell.ts';
import { sizeText } from './system.ts';

/** `kmem`, by its flag; of caches those named. */
export const kmemLayout: Layout = (rows, session, args) => {
  if (args.includes('-i')) return memoryLayout(rows, session, args);
  if (!args.some((arg) => arg === '-s' || arg === '-S')) return undefined;
  const names = args.filter((arg) => !arg.startsWith('-'));
  const wanted = names.length === 0 ? rows : rows.filter(({ name, cache }) => names.some((each) => each === name || `0x${each}` === cache));
  return slabLayout(wanted) + (args.includes('-S') ? '[the objects of each slab are not listed]\n' : '');
};

/** The lines of `kmem -i` in crash's order: item, label, and of what it is a share; a group begins with a whole. */
const ITEMS: readonly (readonly [item: string, label: string, whole?: string, wholeLabel?: string])[] = [
  ['totalMem', 'TOTAL MEM'],
  ['free', 'FREE', 'totalMem', 'TOTAL MEM'],
  ['used', 'USED', 'totalMem', 'TOTAL MEM'],
  ['shared', 'SHARED', 'totalMem', 'TOTAL MEM'],
  ['buffers', 'BUFFERS', 'totalMem', 'TOTAL MEM'],
  ['cached', 'CACHED', 'totalMem', 'TOTAL MEM'],
  ['slab', 'SLAB', 'totalMem', 'TOTAL MEM'],
  ['totalHuge', 'TOTAL HUGE'],
  ['hugeFree', 'HUGE FREE', 'totalHuge', 'TOTAL HUGE'],
  ['totalSwap', 'TOTAL SWAP'],
  ['swapUsed', 'SWAP USED', 'totalSwap', 'TOTAL SWAP'],
  ['swapFree', 'SWAP FREE', 'totalSwap', 'TOTAL SWAP'],
  ['commitLimit', 'COMMIT LIMIT'],
  ['committed', 'COMMITTED', 'commitLimit', 'TOTAL LIMIT'],
];

const memoryLayout: Layout = (rows, { inspection }) => {
  const { pageSize } = inspection.kernel.memory;
  const pages = (item: string): number | undefined => rows.find((row) => row.item === item)?.pages as number | undefined;
  const lines = ITEMS.map(([item, label, whole, wholeLabel]) => {
    const n = pages(item);
    const total = whole === undefined ? undefined : pages(whole);
    const share = n === undefined || total === undefined ? '-' : `${total > 0 ? Math.floor((n * 100) / total) : 0}%`;
    const percentage = whole === undefined ? '        ----' : `${share.padStart(5)} of ${wholeLabel}`;
    const size = n === undefined ? '-' : sizeText(n * pageSize);
    const blank = whole === undefined && item !== 'totalMem' ? '\n' : '';
    return `${blank}${label.padStart(13)}${String(n ?? '-').padStart(9)}${size.padStart(13)} ${percentage}\n`;
  });
  return ['                 PAGES        TOTAL      PERCENTAGE\n', ...lines].join('');
};

export const slabLayout = (rows: readonly Row[]): string =>
  [
    'CACHE             OBJSIZE  ALLOCATED     TOTAL  SLABS  SSIZE  NAME\n',
    ...rows.map((row) => {
      const size = row.slabBytes === undefined ? '-' : `${Number(row.slabBytes) / 1024}k`;
      const counts = `${field(row, 'objectSize').padStart(7)}  ${field(row, 'allocated').padStart(9)}  ${field(row, 'total').padStart(8)}`;
      return `${address(row, 'cache')}  ${counts}  ${field(row, 'slabs').padStart(5)}  ${size.padStart(5)}  ${field(row, 'name')}\n`;
    }),
  ].join('');

/** `swap`, sizes in pages as kilobytes. */
export const swapLayout: Layout = (rows, { inspection }) => {
  const kb = inspection.kernel.memory.pageSize / 1024;
  const line = (row: Row): string => {
    const size = row.pages === undefined ? '-' : `${Number(row.pages) * kb}k`;
    const used = row.used === undefined ? '-' : `${Number(row.used) * kb}k`;
    const percent = row.pages && row.used !== undefined ? `${Math.floor((100 * Number(row.used)) / Number(row.pages))}%` : '-';
    const type = field(row, 'file').startsWith('/dev/') ? 'PARTITION' : 'FILE';
    const columns = [type.padEnd(9), size.padStart(11), used.padStart(10), percent.padStart(5), field(row, 'priority').padStart(4)];
    return `${address(row, 'area')}  ${columns.join(' ')}  ${field(row, 'file')}\n`;
  };
  return `SWAP_INFO_STRUCT    TYPE         SIZE       USED    PCT  PRI  FILENAME\n${rows.map(line).join('')}`;
};
