import type { OldFamily as Family } from '../common/legacy.ts';

const LINES =
  /^(?:page[: ]|page_type|flags: |raw: |head: |memcg:|aops:|anon flags|page dumped because|bad because of flags|addr:|vma |file:|mm:|swap_map|pte:|Disabling lock|page_owner|\s*page last|kfree|Modules linked|swapper_pg|process:|Trying to fix|page allocated|\(null\)|mapping:|non-NULL|Code:|tracking|page->)/;

/** State of pages, page tables and counters that cannot be: mm/page_alloc.c bad_page(), mm/memory.c print_bad_pte(), kernel/fork.c check_mm(). */
export const memory: Family = {
  name: 'memory',
  openers: [
    { text: 'BUG: Bad page state ', form: 'page' },
    { text: 'Bad page state in process', form: 'page' }, // before 2.6.29
    { text: 'BUG: Bad page map ', form: 'map' },
    { text: 'BUG: Bad page cache ', form: 'page' },
    { text: 'BUG: Bad rss-counter state ', form: 'counter' },
    { text: 'BUG: non-zero ', form: 'counter' },
    { text: 'BUG: Bad swap ', form: 'counter' },
    { text: 'swap_info_get: Bad swap', form: 'counter' },
    { text: 'swap_free: Bad swap', form: 'counter' },
  ],
  forms: [{ name: 'page' }, { name: 'map' }, { name: 'counter', single: true, needs: 'nothing' }],
  continues: (text) => LINES.test(text),
};
