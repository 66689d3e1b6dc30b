import type { Family } from '../common/family.ts';
import type { Line } from '../common/line.ts';
import { OOPS_LINES } from '../oops/lines.ts';
import { WATCHDOGS } from '../stall/lines.ts';
import { CHECK_MESSAGE, CHECKS } from './check-lines.ts';
import { COMPLAINTS } from './complaint-lines.ts';
import { MODULE_ASSERTIONS } from './module-lines.ts';

/** What the kernel's own checks found: WARN, BUG, list and refcount helpers, usercopy. */
export const BUG: Family = {
  name: 'bug',
  lines: [CHECKS, COMPLAINTS, MODULE_ASSERTIONS].flatMap((table) => Object.values<Line>(table)),
  // until 6.4 the watchdog of hard lockups warned where it does not panic
  also: [...OOPS_LINES, WATCHDOGS.watchdog_hardlockup_check],
  forms: [
    {
      name: 'cut-here',
      tentative: true,
      message: CHECK_MESSAGE,
      absorbs: ['bug/*', 'oops/*', 'slab/*', 'sanitizer/*', 'memory/*', 'leak/*', 'lock/*', 'stall/*', 'panic/*'],
    },
    {
      name: 'warn',
      message: CHECK_MESSAGE,
      absorbs: ['bug/warn', 'bug/notice', 'oops/die', 'bug/refcount-message', 'panic/panic', 'stall/hard'],
    },
    { name: 'notice', needs: 'nothing', absorbs: ['bug/warn'] },
    { name: 'complaint', needs: 'nothing', absorbs: ['bug/complaint'] },
    { name: 'assert', absorbs: ['bug/assert', 'trace/unclaimed'] },
    { name: 'bug', absorbs: ['oops/die', 'oops/range', 'bug/cut-here'] },
    { name: 'rust', message: CHECK_MESSAGE, absorbs: ['bug/cut-here', 'bug/bug', 'bug/warn', 'oops/die'] },
    { name: 'list', absorbs: ['bug/cut-here', 'bug/bug', 'bug/warn', 'oops/die', 'bug/list'] },
    { name: 'usercopy', absorbs: ['bug/*', 'oops/die'] },
    { name: 'fortify', tentative: true, absorbs: ['bug/cut-here', 'bug/bug', 'oops/die'] },
    { name: 'refcount-message', tentative: true, absorbs: ['bug/warn'] },
    { name: 'other', needs: 'nothing', absorbs: ['bug/warn', 'oops/die'] },
  ],
};
