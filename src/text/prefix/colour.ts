const SGR = /\x1b\[[0-9;]*m/g;

/** True where a colour sequence `ESC [ … m` stands at `i`. */
export function colourAt(s: string, i: number, end: number): boolean {
  if (s.charCodeAt(i) !== 0x1b || s.charCodeAt(i + 1) !== 0x5b) return false;
  for (let k = i + 2; k < end && k < i + 16; k++) {
    const code = s.charCodeAt(k);
    if (code === 0x6d) return true;
    if ((code < 0x30 || code > 0x39) && code !== 0x3b) return false;
  }
  return false;
}

/** The colours that dmesg and journalctl paint with, taken out; what the kernel itself printed they escape. */
export const stripColours = (text: string): string => text.replace(SGR, '');
