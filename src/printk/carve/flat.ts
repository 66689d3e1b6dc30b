import type { Dump } from '../../dump/dump.ts';
import { inhabited } from './inhabited.ts';

/** The beginning of a line as the kernel stores it up to 3.4. */
const LINE = /(?:^|\n)<[0-7c]>(?:\[ *(\d{1,7})\.(\d{6})\] )?/g;
const MIN_LINES = 4;
/** No buffer is larger. */
const MAX_BUFFER = 16 << 20;
/** Microseconds by which CPUs' clocks may differ. */
const SKEW = 20_000;

/**
 * The character log of kernels up to 3.4 by its own shape: the stretch of memory with the most lines of `<6>[    1.234567] text`. Where
 * time runs back, the buffer wrapped: what stands there is the oldest.
 */
export function carveFlat(dump: Dump): Buffer | undefined {
  let best: { readonly lines: number; readonly text: string } | undefined;
  for (const text of stretches(dump)) {
    const lines = text.match(LINE)?.length ?? 0;
    if (lines >= MIN_LINES && lines > (best?.lines ?? 0)) best = { lines, text };
  }
  return best && Buffer.from(unwrapped(best.text), 'latin1');
}

/** Text without NUL bytes that begins a line of the log, over the pieces in which memory is read. */
function* stretches(dump: Dump): Generator<string> {
  let text = '';
  let end = -1;
  for (const { bytes, paddr } of inhabited(dump)) {
    if (paddr !== end) {
      if (text !== '') yield text;
      text = '';
    }
    end = paddr + bytes.length;
    for (let at = 0; at < bytes.length; ) {
      // most of memory is NULs
      if (text === '') while (bytes[at] === 0) at++;
      const nul = bytes.indexOf(0, at);
      const stop = nul < 0 ? bytes.length : nul;
      if (stop > at && (text !== '' || mayHold(bytes.subarray(at, stop)))) text += bytes.toString('latin1', at, stop);
      if (nul >= 0 || text.length > MAX_BUFFER) {
        if (text !== '') yield text;
        text = '';
      }
      at = stop + 1;
    }
  }
  if (text !== '') yield text;
}

const LEVEL = Buffer.from('>[', 'latin1');
const mayHold = (bytes: Buffer): boolean => bytes.length >= 8 && bytes.includes(LEVEL);

function unwrapped(text: string): string {
  let before = 0;
  let seam = 0;
  for (const { 1: seconds, 2: micros, index } of text.matchAll(LINE)) {
    if (seconds === undefined) continue;
    const time = Number(seconds) * 1e6 + Number(micros);
    if (time < before - SKEW) return text.slice(seam) + text.slice(0, seam);
    before = Math.max(before, time);
    // the newest line ends here; what follows it is the rest of one that it wrote over
    seam = text.indexOf('\n', index + 1) + 1;
  }
  return text;
}
