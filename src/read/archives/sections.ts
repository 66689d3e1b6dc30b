import { chunksOf } from '../../dump/open/file-source.ts';
import type { ByteSource } from '../../dump/source.ts';

/** supportconfig (supportutils) writes a head before what each command printed and each file held, whose name stands in the line after it. */
const HEAD_LINE = /^#==\[ [A-Z][\w ]{2,40} \]=+#\r?$/m;
const BEGINNING = '#==[ ';
/** Sections of one file. */
const MAX_SECTIONS = 10_000;
/** Longest name that is looked for behind a head. */
const NAME_BYTES = 1024;

/** Whether a text is one of supportconfig's files. */
export const isSectioned = (text: string): boolean => text.includes(BEGINNING) && HEAD_LINE.test(text);

/** What one command printed, or one file held. */
export interface Section {
  /** `/bin/dmesg -T`, `/var/log/messages - Last 500 Lines`. */
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** The sections of one of supportconfig's files, in order. */
export function sectionsOf(source: ByteSource): Section[] {
  const heads = headsIn(source);
  return heads.flatMap((head, i) => {
    const end = heads[i + 1] ?? source.size;
    const lines = source
      .read(head, Math.min(NAME_BYTES, end - head))
      .toString('latin1')
      .split('\n', 3);
    const [line = '', title = ''] = lines;
    const name = /^# (.+?)\r?$/.exec(title)?.[1];
    if (name === undefined || lines.length < 3) return [];
    const offset = head + line.length + title.length + 2;
    return [{ name, offset, size: end - offset }];
  });
}

/** Where lines begin that are heads. */
function headsIn(source: ByteSource): number[] {
  const heads: number[] = [];
  let at = 0;
  let before = '\n';
  for (const chunk of chunksOf(source)) {
    // a head may stand across two pieces
    const text = before + chunk.toString('latin1');
    for (let found = text.indexOf(`\n${BEGINNING}`); found >= 0; found = text.indexOf(`\n${BEGINNING}`, found + 1)) {
      if (heads.length >= MAX_SECTIONS) return heads;
      heads.push(at - before.length + found + 1);
    }
    at += chunk.length;
    before = text.slice(-BEGINNING.length);
  }
  return heads;
}
