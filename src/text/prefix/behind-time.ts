import { type Cursor, isDigit } from './cursor.ts';

/**
 * What kernels of phones print between the time and the text: the CPU, the task and its id. Each is a vendor's patch of printk.
 */
const VENDORS: readonly RegExp[] = [
  // Samsung: ` [2:      swapper/0:    1] `, with `I` in an interrupt
  / ?[A-Z]?\[ ?(?<cpu>\d{1,3}): *[^\]\n]{1,24}: *(?<pid>\d+)\] ?/y,
  // MediaTek: ` .(1)[123:kworker/1:1]`, `-(0)[0:swapper/0]`
  / ?(?:<\d>)?[ .$-]{0,2}\((?<cpu>\d{1,3})\)\[(?<pid>\d+):[^\]\n]{1,24}\] ?/y,
  // Unisoc: ` c1    123 (kworker/1:1) `
  / ?c(?<cpu>\d{1,2}) +(?<pid>\d+) (?:\([^)\n]{1,24}\) )?/y,
  // HiSilicon: `[pid:1,cpu4,swapper/0]`
  / ?\[pid:(?<pid>\d+),cpu(?<cpu>\d{1,3}),[^\]\n]{1,24}\] ?/y,
];

/**
 * Whether a caller or what a vendor prints may stand at `at`, behind the time and its blank: healthy lines of others are told by two
 * characters. Behind `at` stand two and more.
 */
export function mayBeMore(s: string, at: number, end: number): boolean {
  const first = s.charCodeAt(at);
  if (first === 0x5b) return !isPid(s, at + 1, end);
  const second = s.charCodeAt(at + 1);
  return first === 0x28 || second === 0x5b || second === 0x28 || (isDigit(second) && first === 0x63);
}

/** `    309]`: how a row of the OOM killer's task table goes on behind its bracket. 20,000 of them were tried on all vendors' patterns. */
function isPid(s: string, from: number, end: number): boolean {
  let i = from;
  while (i < end && s.charCodeAt(i) === 0x20) i++;
  const digits = i;
  while (i < end && isDigit(s.charCodeAt(i))) i++;
  return i > digits && i < end && s.charCodeAt(i) === 0x5d;
}

/** Steps over it and keeps who printed, in the kernel's own words. Returns true: a line without it is as good. */
export function behindTime(c: Cursor): true {
  const { s, pos } = c;
  if (pos + 6 > c.end || c.callerId !== undefined || !mayBeMore(s, pos, c.end)) return true;
  for (const pattern of VENDORS) {
    pattern.lastIndex = pos;
    const groups = pattern.exec(s)?.groups;
    if (groups === undefined || pattern.lastIndex > c.end) continue;
    const { cpu = '', pid = '' } = groups;
    // printk's own: a task by its id, an idle CPU by its number
    c.callerId = pid === '0' ? `C${cpu}` : `T${pid}`;
    c.pos = pattern.lastIndex;
    break;
  }
  return true;
}
