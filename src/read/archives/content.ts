import { insideHead } from '../../dump/open/wrapped-head.ts';
import { sniff } from '../../dump/sniff.ts';
import { partName } from '../../text/pstore/part-name.ts';
import { TextReader } from '../../text/reader.ts';
import { isText } from '../../text/sniff/is-text.ts';
import { sniffText, HEAD_BYTES as TEXT_HEAD } from '../../text/sniff/sniff.ts';
import { mayBeLog } from '../inputs/prose.ts';
import { isCopyPlace, isKnownPlace } from './places.ts';
import { isSectioned } from './sections.ts';

/** What a member of an archive is worth: undefined is left where it is. */
export type Content = 'dump' | 'log' | 'part' | 'sections' | 'archive' | { readonly refused: string } | undefined;

/** Bytes of a member that are looked at: more than one block of zstd. */
export const MEMBER_HEAD = 1 << 18;

/** Names for which a decompressor is started, to see what is inside. */
const MAY_HOLD_LOG =
  /log|messages|kern|dmesg|core|dump|crash|console|journal|serial|oops|panic|\.(?:tar|elf|txt|out)\b|\.t[gx]z|\.tzst|\.tbz/i;

/**
 * What the first bytes of a member tell; its name only where logs are known to be kept.
 * @param head {@link MEMBER_HEAD} bytes, or all there are
 */
export function contentOf(head: Buffer, path: string, depth = 0): Content {
  if (head.length === 0 || isCopyPlace(path)) return undefined;
  const found = sniff(head);
  switch (found?.kind) {
    case 'dump':
      return 'dump';
    case 'archive':
      return 'archive';
    case 'refused':
      return { refused: `${found.name}, which lastkmsg does not read; ${found.hint}` };
    case 'wrapper': {
      if (depth > 2 || (found.wrapper !== 'gzip' && !MAY_HOLD_LOG.test(path))) return undefined;
      const inner = contentOf(insideHead(head, found.wrapper), path, depth + 1);
      return inner === 'sections' ? 'log' : inner;
    }
    case undefined:
      return partName(path) === undefined ? textOf(head.subarray(0, TEXT_HEAD), path) : 'part';
  }
}

function textOf(head: Buffer, path: string): Content {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (sniffText(head, name) === 'ramoops') return 'log';
  if (!isText(head)) return undefined;
  const text = head.toString('latin1');
  if (isSectioned(text)) return 'sections';
  return mayBeLog(text) && (isKnownPlace(path) || isKernelLog(head, text, name)) ? 'log' : undefined;
}

/** Lines that say enough, and the share of all lines that fewer must have. */
const ENOUGH = 8;
const SHARE = 4;
/** What only a kernel prints, where lines have no times or such as any program writes. */
const OF_A_KERNEL = new RegExp(
  `^(?:.{0,120}[ \\]:])?(?:${[
    // its first lines
    String.raw`Linux version \d|Command line: |Booting Linux on`,
    // its reports
    'Kernel panic - not syncing|Call [Tt]race:|BUG: |Oops: |Out of memory: |RIP: 0010:|Unable to handle kernel',
  ].join('|')})`,
  'm',
);

/** Whether these lines are a kernel's, as far as they show: a text that only quotes one is none. */
function isKernelLog(head: Buffer, text: string, name: string): boolean {
  const reader = new TextReader({ name });
  const records = [...reader.push(head), ...reader.end()];
  const own = records.filter(({ usec, level }) => usec !== undefined || level !== undefined).length;
  const dated = records.filter(({ wall }) => wall !== undefined).length;
  const told = OF_A_KERNEL.test(text) || /dmesg|kern/i.test(name) ? Math.max(own, dated) : own;
  return told >= ENOUGH || (told > 0 && told * SHARE >= records.length) || (records.length > 0 && isReport(text));
}

/** A report without any times. */
const isReport = (text: string): boolean => /^\s*(?:Call [Tt]race:|Kernel panic - not syncing)/m.test(text);
