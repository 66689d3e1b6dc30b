import type { OldFamily as Family } from '../common/legacy.ts';
import type { LogText as LogLine } from '../common/line.ts';

const KASAN_LINES =
  /^(?:(?:Read|Write|Free|Invalid) |The buggy address|The (?:bug|memory)|which belongs|Allocated|Freed|Last potentially|Second to last|Memory state|Memory tag|addr |page:|page dumped|head:|flags:|raw:|memcg:|anon flags|ksm flags|aops:|page_type|page_owner|page last|page allocated|Buggy address|Bad |Object at|PID = |Pointer tag|Tag |CPU:|this frame|frame level|buggy address|Virtual mapping|Shadow|Possible|Redzone|Bytes|INFO: (?:Slab|Object|Allocated|Freed)|BUG |\[\d+, \d+\)|\s*\[[0-9]+, [0-9]+\)|kasan:|invalid-|by task|Disabling lock|Process )/;
const OTHER_LINES =
  /^(?:(?:(?:[0-9a-f]{2} ){8}|Uninit|Local variable|Bytes? \d|Memory access|Data copied|Which |value changed|Reported by|race at|(?:read|write|assert|no |unknown).* to 0x|interrupt|Corrupted memory|kfence-#|allocated by|freed by|Out-of-bounds|Use-after-free|Invalid|Memory corruption|Found corrupted|unreferenced object|comm ".*", pid|hex dump|backtrace|\.\.\. |index \d|shift exponent|signed integer|unsigned integer|load of|member access|null pointer|division|negation|multiplication|variable length|execution|left shift|pointer |upcast|downcast|reference |object index|\S.* (?:is out of range|cannot be represented|overflow)))/;

/** A rule of `=`, the frame around KASAN, KMSAN, KCSAN, KFENCE and (since 5.x) UBSAN reports. */
const isRule = (text: string): boolean => text.length >= 20 && text.charCodeAt(0) === 61 && /^=+$/.test(text);
/** The head of KASAN and its like stands directly behind its opening rule: the rule that ends a report comes later. */
const closes = (text: string, lines: readonly LogLine[]): boolean => isRule(text) && lines.length > 3;

/** Reports of the compilers' sanitizers and of the kernel's own checkers: mm/kasan, mm/kmsan, kernel/kcsan, mm/kfence, lib/ubsan.c, mm/kmemleak.c. */
export const sanitizer: Family = {
  name: 'sanitizer',
  openers: [
    { text: '====================', form: 'rule', test: isRule },
    { text: 'BUG: KASAN: ', form: 'kasan' },
    { text: 'BUG: KASan: ', form: 'kasan' }, // before 4.3
    { text: 'BUG: KMSAN: ', form: 'kmsan' },
    { text: 'BUG: KCSAN: ', form: 'kcsan' },
    { text: 'BUG: KFENCE: ', form: 'kfence' },
    { text: 'UBSAN: ', form: 'ubsan' },
    { text: 'BUG: memory leak', form: 'kmemleak' },
    { text: 'unreferenced object 0x', form: 'kmemleak' },
    { text: 'WARNING: kmemleak', form: 'kmemleak' },
  ],
  forms: [
    { name: 'rule', tentative: true, absorbs: ['sanitizer/*', 'slab/*', 'lock/*', 'bug/other'] },
    { name: 'kasan', absorbs: ['sanitizer/kasan', 'bug/cut-here'] },
    { name: 'kmsan', absorbs: ['sanitizer/kmsan'] },
    { name: 'kcsan', absorbs: ['sanitizer/kcsan'] },
    { name: 'kfence', absorbs: ['sanitizer/kfence'] },
    { name: 'ubsan', absorbs: ['sanitizer/ubsan'] },
    { name: 'kmemleak', absorbs: ['sanitizer/kmemleak'] },
  ],
  continues: (text) => {
    const line = text.trimStart();
    return KASAN_LINES.test(line) || OTHER_LINES.test(line);
  },
  closes,
};
