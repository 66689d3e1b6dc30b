import type { OldFamily as Family } from '../common/legacy.ts';

/** `WARNING: CPU: 0 PID: 1 at f.c:2`, `WARNING: f.c:2 at sym+0x`, `WARNING: at f.c:2 sym()`: __warn() of kernel/panic.c. */
const isWarn = (text: string): boolean => /^WARNING: (?:CPU: |at |\S+:\d+ at |\S+:\d+ \S+\()/.test(text);
/**
 * Sentences of drivers and programs (`WARNING: Unprivileged eBPF is enabled`) begin with a capital; what the kernel's debugging code
 * finds (`WARNING: kernel stack regs at …`, `WARNING: stack going in the wrong direction?`) does not.
 */
const isNotice = (text: string): boolean =>
  !/^WARNING: [a-z]/.test(text) ||
  /deprecated|unexpected|firmware|please|permission|unsafe|could not|can ?not|failed|unable|still has locks held/i.test(text);

/**
 * What the kernel's own checks found: WARN, BUG, list and refcount helpers, usercopy. kernel/panic.c __warn(), lib/bug.c
 * report_bug(), lib/list_debug.c, lib/refcount.c, mm/usercopy.c, lib/debugobjects.c.
 */
export const bug: Family = {
  name: 'bug',
  openers: [
    { text: '------------[ cut here ]------------', form: 'cut-here' },
    { text: '8<--- cut here ---', form: 'cut-here' }, // arm since 5.0
    { text: '[ cut here ]', form: 'cut-here' },
    { text: 'WARNING: ', form: 'warn', test: isWarn },
    { text: 'WARNING: ', form: 'notice', test: (text) => !isNotice(text) && text.length > 9 },
    { text: 'kernel BUG at ', form: 'bug' },
    { text: 'Kernel BUG at ', form: 'bug' },
    { text: 'kernel BUG in ', form: 'bug' },
    { text: 'BUG: failure at ', form: 'bug' },
    { text: 'list_add corruption', form: 'list', at: 'message' },
    { text: 'list_del corruption', form: 'list', at: 'message' },
    { text: 'list_add double add', form: 'list', at: 'message' },
    { text: 'slist_', form: 'list', test: (text) => text.includes('corruption') },
    { text: 'hlist_', form: 'list', test: (text) => text.includes('corruption') },
    { text: 'usercopy: Kernel memory ', form: 'usercopy' },
    { text: 'usercopy: kernel memory ', form: 'usercopy' },
    { text: 'Bad or missing usercopy whitelist?', form: 'usercopy' },
    { text: 'kernel tried to access user memory', form: 'bug' },
    { text: 'refcount_t: ', form: 'refcount-message' },
    { text: 'BUG: ', form: 'other' },
  ],
  forms: [
    {
      name: 'cut-here',
      tentative: true,
      message: true,
      absorbs: ['bug/*', 'oops/*', 'slab/*', 'sanitizer/*', 'memory/*', 'leak/*', 'lock/*', 'stall/*', 'panic/*'],
    },
    { name: 'warn', message: true, absorbs: ['bug/warn', 'bug/notice', 'oops/die', 'bug/refcount-message', 'panic/panic', 'stall/hard'] },
    { name: 'notice', needs: 'nothing', absorbs: ['bug/warn'] },
    { name: 'bug', absorbs: ['oops/die', 'oops/range', 'bug/cut-here'] },
    { name: 'list', absorbs: ['bug/cut-here', 'bug/bug', 'bug/warn', 'oops/die', 'bug/list'] },
    { name: 'usercopy', absorbs: ['bug/*', 'oops/die'] },
    { name: 'refcount-message', tentative: true, absorbs: ['bug/warn'] },
    { name: 'other', needs: 'nothing', absorbs: ['bug/warn', 'oops/die'] },
  ],
};
