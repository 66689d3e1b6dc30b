import { aside, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';

const PRINTER = 'drivers/staging/android/lowmemorykiller.c lowmem_shrink()';
const VICTIM = String.raw`'(?<victim>.{0,64})' \((?<victimPid>\d+)\)`;
const ADJ = String.raw`(?:adj|oom_adj|oom_score_adj) (?<adj>-?\d+)`;

/** Android's own killer: a driver until 4.11, since then the daemon lmkd, which writes alike. */
export const LOWMEM = lines({
  lowmem_shrink: {
    printer: PRINTER,
    releases: 'until 4.11, vendors’ kernels longer; lmkd since Android 9, with the user and the reason',
    examples: [
      "lowmemorykiller: Killing 'com.example.app' (4711), adj 906,",
      "lowmemorykiller: Killing 'com.example.app' (4711) (tgid 4711), adj 906,",
      "lowmemorykiller: Kill 'com.example.app' (4711), uid 10123, oom_score_adj 920 to free 53120kB rss, 1024kB swap; reason: low watermark is breached",
    ],
    start: /lowmemorykiller: Kill(?:ing)? '/,
    opens: [{ form: 'lowmem', literals: ["lowmemorykiller: Killing '", "lowmemorykiller: Kill '"] }],
    fields: { victim: aside(words), victimPid: aside(int), uid: aside(int), adj: int, freesKb: int, reason: words },
    reads: [
      new RegExp(
        String.raw`Kill(?:ing)? ${VICTIM}(?: \(tgid \d+\))?, (?:uid (?<uid>\d+), )?${ADJ}(?:,? to free (?<freesKb>\d+)kB)?(?:[^;\n]*; reason: (?<reason>[^(\n]+))?`,
      ),
    ],
  },
  lowmem_shrink_sends: {
    printer: PRINTER,
    releases: '2.6.29–3.4',
    examples: [
      'lowmemorykiller: send sigkill to 4711 (com.example.app), adj 15, size 6120',
      'send sigkill to 4711 (com.example.app), oom_adj 15, score_adj 1000, min_score_adj 529, size 6120',
    ],
    start: /(?:lowmemorykiller: )?send sigkill to \d+ \(/,
    opens: [
      { form: 'lowmem', literals: ['send sigkill to '], at: 'message', test: (text) => /send sigkill to \d+ \([^\n]*adj -?\d/.test(text) },
    ],
    fields: { victimPid: aside(int), victim: aside(words), adj: int, sizePages: int },
    reads: [/to (?<victimPid>\d+) \((?<victim>.{0,64})\), (?:adj|oom_adj) (?<adj>-?\d+)[^\n]*?size (?<sizePages>\d+)/],
  },
  lowmem_shrink_frees: {
    printer: PRINTER,
    releases: '3.10–4.11; `because system is under … memory pressure` of lmkd',
    examples: [
      " to free 20784kB on behalf of 'kswapd0' (442) because",
      '   to free 53120kB because system is under critical memory pressure',
    ],
    start: /to free \d+kB (?:on behalf of |because )/,
    fields: { freesKb: int, behalf: words, behalfPid: int, reason: words },
    reads: [
      /to free (?<freesKb>\d+)kB on behalf of '(?<behalf>[^'\n]{0,64})' \((?<behalfPid>\d+)\)/,
      /to free (?<freesKb>\d+)kB because (?<reason>[^(\n]+)/,
    ],
  },
  lowmem_shrink_cache: {
    printer: PRINTER,
    examples: [' cache 32112kB is below limit 32384kB for oom_score_adj 1000', 'cache 32112kB is below limit 32384kB for oom_adj 15'],
    start: /cache \d+kB is below limit \d/,
    fields: { cacheKb: int, limitKb: int },
    reads: [/cache (?<cacheKb>\d+)kB is below limit (?<limitKb>\d+)kB/],
  },
  lowmem_shrink_free: {
    printer: PRINTER,
    releases: 'further rows are vendors’',
    examples: [' Free memory is 17432kB above reserved', ' Free CMA is 1024kB', ' Total reserve is 9216kB', ' GFP mask is 0x24200ca'],
    start: /(?:Free (?:memory|CMA|swap)|Total (?:reserve|free pages|file cache)|Slab \w+|GFP mask|Used swap) is -?[\dx]/,
    fields: { aboveReservedKb: int, freeCmaKb: int },
    reads: [/^ *Free memory is (?<aboveReservedKb>-?\d+)kB/, /^ *Free CMA is (?<freeCmaKb>\d+)kB/, /^ *[A-Z]/],
  },
});
