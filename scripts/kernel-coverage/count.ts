// How many messages of a source tree our tables know, by part of the tree.
import { readdirSync } from 'node:fs';
import type { Line } from '../../grammars/common/line.ts';
import { FAMILIES } from '../../grammars/families.ts';
import { buildClassifier } from '../../src/report/classify.ts';
import { tableOf } from '../../src/report/tables.ts';
import { partOf, printsCrashReports, printsHardwareReports } from './files.ts';
import { type Format, formatsOf } from './formats.ts';
import { ignored } from './ignored.ts';
import { readSource } from './source.ts';

/**
 * - `recognised`: it begins a report by itself
 * - `inside`: a report takes it as one of its lines; a WARN's message, whatever it says; the rest of a line that is known
 * - `ignored`: it deserves no event, for a reason of ignored.ts
 */
export type Verdict = 'recognised' | 'inside' | 'ignored' | 'unknown';
/** Row of the table → its messages by verdict. */
export type Counts = Record<string, Record<Verdict, number>>;
/** Release → its counts. */
export type Summary = Readonly<Record<string, Counts>>;

export const CRASH_ROW = 'files that print crash reports';
export const HARDWARE_ROW = 'files that print hardware reports';

const { classify } = buildClassifier(FAMILIES);
const tables = FAMILIES.map((family) => tableOf(family));
/** Shapes of any line at all say nothing of it. */
const isTelling = (row: Line | undefined): boolean => row !== undefined && row.shape !== 'neutral' && row.shape !== 'detail';

function verdictOf(format: Format, before: Verdict | undefined): Verdict | undefined {
  // a piece of a line is what its line is; where another function began that, nothing can be said
  if (format.level === 'cont') return before === 'recognised' ? 'inside' : before;
  const text = format.text.split('\n').find((line) => line.trim() !== '');
  if (text === undefined) return undefined;
  const head = classify(text);
  if (head !== undefined && head.form.unclaimed !== true) return 'recognised';
  if (/WARN(?:_|$)/.test(format.macro) && !format.macro.startsWith('DRM_')) return 'inside';
  if (head !== undefined || tables.some((table) => isTelling(table(text)))) return 'inside';
  return ignored(format) === undefined ? 'unknown' : 'ignored';
}

export const shareKnown = (n: Readonly<Record<Verdict, number>>): number => {
  const known = n.recognised + n.inside + n.ignored;
  return (100 * known) / (known + n.unknown);
};

/** Counts the messages of a tree; `see` gets each with the row that it counts in. */
export function count(root: string, see: (row: string, verdict: Verdict, format: Format) => void = () => {}): Counts {
  const counts: Counts = {};
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (f) => /\.[ch]$/.test(f) && /^(?:arch|block|drivers|fs|init|kernel|lib|mm|net)\//.test(f),
  );
  for (const file of files.toSorted()) {
    const part = partOf(file);
    if (part === undefined && !/^(?:arch|init)\//.test(file)) continue;
    const source = readSource(`${root}/${file}`);
    const rows = [
      part,
      printsCrashReports(
        file,
        source.functions.map((f) => f.name),
      )
        ? CRASH_ROW
        : undefined,
      printsHardwareReports(file) ? HARDWARE_ROW : undefined,
    ].filter((row) => row !== undefined);
    if (rows.length === 0) continue;
    let before: { readonly place: unknown; readonly verdict: Verdict | undefined } | undefined;
    for (const format of formatsOf(source, file)) {
      const verdict = verdictOf(format, before?.place === format.place ? before.verdict : undefined);
      before = { place: format.place, verdict };
      if (verdict === undefined) continue;
      for (const row of rows) {
        counts[row] ??= { recognised: 0, inside: 0, ignored: 0, unknown: 0 };
        (counts[row] as Record<Verdict, number>)[verdict]++;
        see(row, verdict, format);
      }
    }
  }
  return counts;
}
