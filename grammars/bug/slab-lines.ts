import type { OldFamily as Family } from '../common/legacy.ts';

/** `BUG kmalloc-64 (Tainted: G B): Redzone overwritten`: mm/slub.c slab_bug(), mm/slab.c before it. */
const isSlab = (text: string): boolean => /^BUG [^\s:]\S* (?:\S+ )?\((?:Not tainted|Tainted: )/.test(text) || /^BUG \S.*\): /.test(text);

const LINES =
  /^(?:INFO: |Slab |Object |Redzone |Padding |Bytes b4|FIX |Allocated in|Freed in|CPU: |Disabling lock|Fix |\[\d|0x[0-9a-f]+-0x|Slab corruption|slab error in|Single bit error|Last user:|Next obj|Prev obj|Redzone:|kmem_cache_destroy|Call Trace|kfree_debugcheck|free_debug|object pointer|Freepointer|Invalid|Objects remaining|Wrong|pointer offset)/;

/** mm/slub.c slab_bug(), slab_fix(), slab_err(), object_err(), print_tracking(); mm/slab.c slab_error(), check_poison_obj(). */
export const slab: Family = {
  name: 'slab',
  openers: [
    { text: 'BUG ', form: 'slub', test: isSlab },
    { text: 'slab error in ', form: 'slab' },
    { text: 'Slab corruption', form: 'slab' },
    { text: 'slab corruption', form: 'slab' },
    { text: 'cache_free_debugcheck', form: 'slab' },
    { text: 'kmem_cache_destroy ', form: 'destroy', test: (text) => text.includes('Slab cache still has objects') },
    { text: 'INFO: Freed in ', form: 'track' },
    { text: 'INFO: Allocated in ', form: 'track' },
  ],
  forms: [
    { name: 'slub', absorbs: ['slab/*', 'bug/cut-here', 'bug/warn', 'sanitizer/rule'] },
    { name: 'slab', absorbs: ['slab/*'] },
    { name: 'destroy', absorbs: ['slab/*'] },
    { name: 'track', absorbs: ['slab/track'] },
  ],
  continues: (text) => LINES.test(text.trimStart()),
};
