import type { Details } from '../../../event/event.ts';
import { cells, pad, wrap } from '../../../output/text/cells.ts';
import { printable } from '../../../output/text/printable.ts';
import { type Cell, type Column, GAP, heads, row, widthsOf } from '../../line/columns.ts';
import { span } from '../../line/line.ts';
import { count } from '../../line/numbers.ts';
import { recordOf } from '../record-of.ts';
import { type EventContext, fixed, type Tab, type TabRow } from '../tab.ts';

type Detail = Details[string];
type Scalar = string | number | boolean;
type Flat = Readonly<Record<string, Scalar | Scalar[]>>;

/** What is particular to the kind of event: every field, lists as tables. */
export const detailsTab: Tab = {
  name: 'Details',
  short: 'Det',
  rows: (context) => {
    const entries = Object.entries(context.event.details ?? {});
    if (entries.length === 0) return undefined;
    const simple = entries.filter(([, value]) => !isNested(value));
    const nested = entries.filter(([, value]) => isNested(value));
    const label = Math.max(0, ...simple.map(([key]) => words(key).length));
    return fixed([
      ...simple.flatMap(([key, value], i) =>
        fieldRows(context, `details.${key}`, value as Scalar | Scalar[], { label, indent: 1, section: i === 0 }),
      ),
      ...nested.flatMap(([key, value]) => nestedRows(context, `details.${key}`, value)),
    ]);
  },
};

const isNested = (value: Detail): boolean => typeof value === 'object' && (!Array.isArray(value) || typeof value[0] === 'object');

/** `kthreadStarvedJiffies` → `kthread starved jiffies`. */
const words = (key: string): string => printable(key.replace(/[A-Z]+(?![a-z])|[A-Z]/g, (letters) => ` ${letters.toLowerCase()}`));

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    seconds: ' s',
    ms: ' ms',
    bytes: ' bytes',
    rate: ' a second',
    firstUptime: ' s',
    lastUptime: ' s',
  }),
);

/** Numbers that only name something have no thousands. */
const NAMES = /^(?:pid|cpu|line|sector|inode|block|irq|vector|.*Pid|xid|time|tsc|tag|qid)$/;

function valueText(key: string, value: Scalar | readonly Scalar[]): string {
  if (Array.isArray(value)) return value.map((each) => valueText(key, each as Scalar)).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') return printable(String(value));
  return `${NAMES.test(key) || !Number.isInteger(value) ? value : count(value)}${UNITS.get(key) ?? ''}`;
}

interface FieldOptions {
  /** Cells of the labels. */
  readonly label: number;
  readonly indent: number;
  readonly section?: boolean;
}

/** @param path where the field stands in the event: `details.seconds` */
function fieldRows(context: EventContext, path: string, value: Scalar | Scalar[], { label, indent, section }: FieldOptions): TabRow[] {
  const key = keyOf(path);
  const text = valueText(key, value);
  const seq = recordOf(context.event, path);
  const lines = wrap(text, Math.max(10, context.width - indent - label - 3));
  return lines.map((line, i) => ({
    line: [' '.repeat(indent), span(pad(i === 0 ? words(key) : '', label), 'label'), '  ', line],
    seq,
    yank: text,
    section: section === true && i === 0,
  }));
}

const keyOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function nestedRows(context: EventContext, path: string, value: Detail): TabRow[] {
  const items = (Array.isArray(value) ? value : [value]) as readonly Flat[];
  const title: TabRow = {
    line: [span(` ${words(keyOf(path))}`, 'label'), span(Array.isArray(value) ? `  ${count(items.length)}` : '', 'dim')],
    seq: recordOf(context.event, path),
    section: true,
  };
  if (!Array.isArray(value)) {
    const label = Math.max(0, ...Object.keys(items[0] ?? {}).map((name) => words(name).length));
    return [
      { line: [] },
      title,
      ...Object.entries(items[0] ?? {}).flatMap(([name, each]) => fieldRows(context, `${path}.${name}`, each, { label, indent: 3 })),
    ];
  }
  return [{ line: [] }, title, ...tableRows(context, path, items)];
}

/** Blanks that a column has beside the gap. */
const AIR = 1;

/** A column a key; the widest text column gives way. */
function tableRows(context: EventContext, path: string, items: readonly Flat[]): TabRow[] {
  const keys = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const texts = items.map((item) => keys.map((key) => (item[key] === undefined ? '' : valueText(key, item[key]))));
  const wanted = keys.map((key, i) => Math.max(words(key).length, ...texts.map((row) => cells(row[i]!))) + AIR);
  const widest = wanted.indexOf(Math.max(...wanted));
  const room = context.width - 3;
  const over = wanted.reduce((sum, width) => sum + width + GAP, -GAP) - room;
  const columns: Column[] = keys.map((key, i) => ({
    head: words(key),
    width: i === widest && over > 0 ? Math.max(6, wanted[i]! - over) : wanted[i]!,
    ...(items.every((item) => item[key] === undefined || typeof item[key] === 'number') ? { align: 'right' as const } : {}),
    cut: 'middle',
  }));
  const widths = widthsOf(columns, room);
  const rowOf = (texts_: readonly Cell[], i: number): TabRow => ({
    line: ['   ', ...row(columns, widths, texts_)],
    seq: recordOf(context.event, `${path}.${i}`),
  });
  return [{ line: ['   ', ...heads(columns, widths)] }, ...texts.map(rowOf)];
}
