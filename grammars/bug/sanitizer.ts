import type { Family } from '../common/family.ts';
import type { Line } from '../common/line.ts';
import { CHECKS } from './check-lines.ts';
import { KASAN } from './kasan-lines.ts';
import { PAGE } from './page-lines.ts';
import { isRule, SANITIZERS } from './sanitizer-lines.ts';
import { SLAB } from './slab-lines.ts';
import { UBSAN } from './ubsan-lines.ts';

/** Reports of the compilers' sanitizers and of the kernel's own checkers. */
export const SANITIZER: Family = {
  name: 'sanitizer',
  lines: [SANITIZERS, KASAN, UBSAN].flatMap((table) => Object.values<Line>(table)),
  also: [...Object.values<Line>(PAGE), ...Object.values<Line>(SLAB), CHECKS.cut_here],
  forms: [
    { name: 'rule', tentative: true, absorbs: ['sanitizer/*', 'slab/*', 'lock/*', 'bug/other'] },
    { name: 'kasan', absorbs: ['sanitizer/kasan', 'bug/cut-here'] },
    { name: 'kmsan', absorbs: ['sanitizer/kmsan'] },
    { name: 'kcsan', absorbs: ['sanitizer/kcsan'] },
    { name: 'kfence', absorbs: ['sanitizer/kfence'] },
    { name: 'ubsan', absorbs: ['sanitizer/ubsan'] },
    { name: 'kmemleak', absorbs: ['sanitizer/kmemleak'] },
  ],
  // the head stands directly behind its opening rule: the rule that ends a report comes later
  closes: (text, lines) => isRule(text) && lines.length > 3,
};
