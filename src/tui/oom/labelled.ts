import { wrap } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { recordsText } from '../../output/text/records.ts';
import type { TabRow } from '../event/tab.ts';
import { span } from '../line/line.ts';
import type { Role } from '../theme/roles.ts';

/** Cells of the labels before paragraphs. */
export const LABEL = 10;

interface Paragraph {
  readonly role?: Role | undefined;
  /** Stands behind the last line: `inferred`, the records. */
  readonly tail?: string;
  readonly seq?: number | undefined;
}

/** A paragraph behind its label, as many lines as it takes; a guess carries the word. */
export function labelled(label: string, text: string, width: number, { role, tail = '', seq }: Paragraph = {}): TabRow[] {
  const words = `${role === 'guess' ? '  inferred' : ''}${tail === '' ? '' : `  ${tail}`}`;
  const room = Math.max(20, width - LABEL - 4);
  const lines = wrap(printable(text), room);
  const fits = (lines.at(-1)?.length ?? 0) + words.length <= room;
  const shown = fits ? lines : [...lines, ''];
  return shown.map((line, i) => {
    const last = i === shown.length - 1;
    const end = fits ? words : words.trimStart();
    return {
      line: [' ', span((i === 0 ? label : '').padEnd(LABEL), 'label'), '  ', span(line, role), last ? span(end, 'dim') : ''],
      seq,
    };
  });
}

/** `[7, 12]`, `[381–384, 442]`: the records that a claim rests on. */
export const recordsTail = (records: readonly number[] = []): string => (records.length > 0 ? `[${recordsText(records)}]` : '');
