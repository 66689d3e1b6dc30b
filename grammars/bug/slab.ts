import type { Family } from '../common/family.ts';
import type { Line } from '../common/line.ts';
import { CHECKS } from './check-lines.ts';
import { KASAN } from './kasan-lines.ts';
import { PAGE_ROWS } from './page-lines.ts';
import { SLAB } from './slab-lines.ts';

/** SLUB's and SLAB's own checks: red zones, poison, free lists. */
export const SLUB: Family = {
  name: 'slab',
  lines: Object.values<Line>(SLAB),
  // until 4.7 KASAN printed its access through SLUB's report
  also: [...Object.values<Line>(KASAN), ...PAGE_ROWS, ...Object.values<Line>(CHECKS)],
  forms: [
    { name: 'bytes', tentative: true, absorbs: ['sanitizer/rule', 'slab/slub', 'slab/bytes'] },
    { name: 'slub', absorbs: ['slab/*', 'bug/cut-here', 'bug/warn', 'sanitizer/rule'] },
    { name: 'slab', absorbs: ['slab/*'] },
    // found when the memory is handed out again: whose stack that is would mislead, and none is printed
    { name: 'poison', absorbs: ['slab/*'], needs: 'nothing' },
    { name: 'destroy', absorbs: ['slab/*'] },
    { name: 'track', absorbs: ['slab/track'] },
  ],
};
