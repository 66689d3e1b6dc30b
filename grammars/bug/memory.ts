import type { Family } from '../common/family.ts';
import type { Line } from '../common/line.ts';
import { BAD_PAGE, PAGE_ROWS } from './page-lines.ts';

/** Pages, page tables and counters in a state that cannot be. */
export const MEMORY: Family = {
  name: 'memory',
  lines: [...Object.values<Line>(BAD_PAGE), ...PAGE_ROWS],
  forms: [{ name: 'page' }, { name: 'map' }, { name: 'counter', single: true, needs: 'nothing' }],
};
