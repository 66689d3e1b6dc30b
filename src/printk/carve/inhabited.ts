import type { Dump } from '../../dump/dump.ts';
import { chunksOfMemory } from '../../memory/scan.ts';

const PAGE = 4096;
const ZEROS = Buffer.alloc(PAGE);
/** Of a page of zeros beside one that is not: what begins or ends in it may have zeros there. More than any entry of a ring. */
const MARGIN = 128;

/** Memory without its pages of zeros, which are most of it and hold no log, in pieces that later ones overwrite. */
export function* inhabited(dump: Dump): Generator<{ bytes: Buffer; paddr: number }> {
  for (const { bytes, paddr } of chunksOfMemory(dump)) {
    let from = -1;
    for (let at = 0; at < bytes.length; at += PAGE) {
      const size = Math.min(PAGE, bytes.length - at);
      const isEmpty = ZEROS.compare(bytes, at, at + size, 0, size) === 0;
      if (!isEmpty && from < 0) from = Math.max(0, at - MARGIN);
      if (!isEmpty || from < 0) continue;
      yield { bytes: bytes.subarray(from, Math.min(at + MARGIN, bytes.length)), paddr: paddr + from };
      from = -1;
    }
    if (from >= 0) yield { bytes: bytes.subarray(from), paddr: paddr + from };
  }
}
