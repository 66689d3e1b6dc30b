import { isDigit } from '../prefix/cursor.ts';
import { matchKernelTime } from '../prefix/kernel-time.ts';
import { isKernelShape } from '../shape/kernel-shapes.ts';

/**
 * A line that is text, whatever stands around it: it holds neither stamp nor tag, clock, level, JSON nor the beginning of a form of several
 * lines, no bytes that may be damage, and no word of a report, which its neighbours would have to judge. One look at every character: this
 * is asked of each line of a console's programs.
 */
export function isPlainlyBare(s: string): boolean {
  const end = s.length;
  for (let i = 0; i < end; i++) {
    const code = s.charCodeAt(i);
    if (code >= 0x61 && code <= 0x7a) {
      if (code === 0x6b && tellsK(s, i)) return false;
    } else if (code >= 0x80) return false;
    else if (code < 0x30 || code > 0x39) {
      switch (code) {
        case 0x5b: // [
          if (isTime(s, i)) return false;
          break;
        case 0x3c: // <6>
          if (isDigit(s.charCodeAt(i + 1)) && /^<\d{1,3}>/.test(s.slice(i, i + 5))) return false;
          break;
        case 0x3a: // :
          if (isClock(s, i)) return false;
          break;
        case 0x2b: // +0x
          if (s.startsWith('0x', i + 1)) return false;
          break;
        case 0x2d: // -
          if (s.startsWith('killer', i + 1)) return false;
          break;
        case 0x42: // B
        case 0x43: // C
        case 0x4b: // K
        case 0x4f: // O
          if (WORDS.some((word) => s.startsWith(word, i))) return false;
      }
    }
  }
  const first = s.charCodeAt(0);
  if (s.charCodeAt(end - 1) === 0x7d || FORMS.test(s)) return false;
  // behind an indent or a quotation mark may stand what only a kernel prints
  const layered = first === 0x20 || first === 9 || first === 0x3e || first === 0x7c || isDigit(first);
  return !layered || !isKernelShape(s.replace(/^[\s>|\d:.-]+/, ''));
}

/** Reports speak so; their other words are told by the letters that the loop looks at. */
const WORDS = ['BUG: ', 'Call Trace', 'Call trace', 'Kernel panic', 'KERNEL', 'Oops', 'Out of memory'];
/** A record of /dev/kmsg, an export of the journal, a dump of pstore, an excerpt in our own summary. */
const FORMS = /^\d+,\d+,\d+,|^E\d+ (?:in the log \(| [FEWI] )|^__CURSOR=|^Debug line|^\w+#\d+ Part\d|^\s*\{?\s*"dmesg"/;

/** `kernel:`, `kern.warn`, `kern  :`, `kernel BUG at`, `lockup`, `blocked for more than`. */
function tellsK(s: string, i: number): boolean {
  if (s.startsWith('kup', i)) return s.startsWith('loc', i - 3);
  if (s.startsWith('ked for more', i)) return true;
  return s.startsWith('kern', i) && /^kern(?:el(?:\[\d+\])?)? *:|^kern\.[a-z]{3,7}[ :]|^kernel BUG at/.test(s.slice(i, i + 20));
}

/** `[    1.234567]`, `[  +0.000054]`, `[<    0.000054>]`, with a point or a comma. */
function isTime(s: string, i: number): boolean {
  const next = s.charCodeAt(i + 1);
  if (!(isDigit(next) || next === 0x20 || next === 0x3c || next === 0x2b || next === 0x2d)) return false;
  return matchKernelTime(s, i, s.length) > 0 || /^\[[ <+-]*\d+[.,]\d/.test(s.slice(i, i + 24));
}

/** Minutes behind hours, seconds behind minutes, not of a PCI address; or `21:11]` of reltime. */
function isClock(s: string, i: number): boolean {
  if (!isDigit(s.charCodeAt(i - 1)) || !isDigit(s.charCodeAt(i + 1)) || !isDigit(s.charCodeAt(i + 2))) return false;
  if (s.charCodeAt(i + 3) === 0x5d) return true;
  if (s.charCodeAt(i + 3) !== 0x3a || !isDigit(s.charCodeAt(i + 4)) || !isDigit(s.charCodeAt(i + 5))) return false;
  return !isDigit(s.charCodeAt(i - 3)) && !(s.charCodeAt(i + 6) === 0x2e && !isDigit(s.charCodeAt(i + 8)));
}
