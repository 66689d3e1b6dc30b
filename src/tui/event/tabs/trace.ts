import type { Event, Frame, Stack } from '../../../event/event.ts';
import { cells } from '../../../output/text/cells.ts';
import { frameText } from '../../../output/text/frame.ts';
import { printable } from '../../../output/text/printable.ts';
import { type Cell, type Column, GAP, row, widthsOf } from '../../line/columns.ts';
import { type Line, span } from '../../line/line.ts';
import { ROOMY } from '../../screens/layout.ts';
import type { EventContext, Tab, TabRow } from '../tab.ts';
import { absent } from './absent.ts';
import { type FrameItem, type Item, itemsOf } from './trace-items.ts';

/** The frames of all stacks, each leading to its line of the log. */
export const traceTab: Tab = {
  name: 'Trace',
  short: 'Trace',
  rows: (context) => {
    const items = itemsOf(context);
    if (items.length === 0) return absent(context, 'No stack was printed with this report.');
    const table = tableOf(context, items);
    const [first] = items;
    // the title of the only stack stands still above its frames; of several each stands where it begins
    const only = first?.kind === 'stack' && items.filter(({ kind }) => kind === 'stack').length === 1 ? first.stack : undefined;
    const shown = only === undefined ? items : items.slice(1);
    return {
      count: shown.length,
      head: [headLine(only === undefined ? undefined : titleOf(only), table)],
      row: (index) => rowOf(shown[index], table, only !== undefined && index === 0),
    };
  },
};

interface Table {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  /** There is room for a column of modules. */
  readonly roomy: boolean;
  /** And for why a frame is the culprit. */
  readonly reasons: boolean;
  readonly event: Event;
}

const NUMBER = 4;
/** Blanks that a column has at its end beside the gap. */
const AIR = 1;
const INDENT = ' '.repeat(NUMBER + GAP);
/** A module's name may take a column, not the line. */
const MODULE = 24;

function tableOf({ event, width }: EventContext, items: readonly Item[]): Table {
  const roomy = width >= ROOMY;
  const frames = items.filter((item) => item.kind === 'frame');
  const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, cells(text)), 0);
  const named = widest(frames.map(({ frame }) => moduleText(frame, event)));
  const module = roomy && named > 0 ? Math.max(6, Math.min(MODULE, named)) : 0;
  const wanted = widest(frames.map(({ frame }) => symbolText(frame, roomy)));
  const noteWidth = (reasons: boolean): number => widest(frames.map((item) => noteText(item, reasons, event)));
  const room = (note: number): number =>
    width - NUMBER - GAP - AIR - (module > 0 ? module + AIR + GAP : 0) - (note > 0 ? Math.min(note, width >> 1) + GAP : 0);
  // the name of a function is worth more than why it is accused
  const reasons = roomy && room(noteWidth(true)) >= wanted;
  const columns: Column[] = [
    { head: '#', width: NUMBER, align: 'right' },
    { head: 'frame', width: Math.max(10, Math.min(wanted, room(noteWidth(reasons)))) + AIR, cut: 'middle' },
    ...(module > 0 ? [{ head: 'module', width: module + AIR } as const] : []),
    { head: 'note' },
  ];
  return { columns, widths: widthsOf(columns, width), roomy, reasons, event };
}

function rowOf(item: Item | undefined, table: Table, section: boolean): TabRow {
  switch (item?.kind) {
    case 'stack':
      return { line: [INDENT, span(titleOf(item.stack), 'label')], seq: item.seq, section: true };
    case 'hidden': {
      const where = item.runs > 1 ? ` in ${item.runs} places` : '';
      return { line: [span(`   · ${item.count} unreliable (?) frames${where} hidden — [u] show`, 'dim')] };
    }
    case 'frame':
      return { line: frameLine(item, table), seq: item.seq, yank: frameText(item.frame), section };
    default:
      return { line: [] };
  }
}

/** `#  Call Trace · softirq · CPU 7            module  note` */
function headLine(title: string | undefined, { columns, widths }: Table): Line {
  // a long label takes the place of the heads
  if (title !== undefined && cells(title) > (widths[1] ?? 0)) return [span(INDENT.replace(/ .$/, '# '), 'dim'), span(title, 'label')];
  const cellOf = (head: string): Cell => (head === 'frame' && title !== undefined ? span(title, 'label') : span(head, 'dim'));
  return row(
    columns,
    widths,
    columns.map(({ head }) => cellOf(head)),
  );
}

function titleOf({ label, context, pid, cpu }: Stack): string {
  const parts = [
    label ?? 'Call Trace',
    context === 'task' ? undefined : context,
    pid === undefined || label?.includes(`${pid}`) ? undefined : `pid ${pid}`,
    cpu === undefined || /\bcpu\b/i.test(label ?? '') ? undefined : `CPU ${cpu}`,
  ];
  return printable(parts.filter((part) => part !== undefined).join(' · '));
}

function frameLine(item: FrameItem, { columns, widths, roomy, reasons, event }: Table): Line {
  const { frame, number, culprit } = item;
  const unsure = frame.reliable === false;
  const role = unsure ? 'dim' : culprit ? 'culprit' : undefined;
  return row(columns, widths, [
    span(unsure ? '?' : `${number}`, 'dim'),
    span(symbolText(frame, roomy), role),
    ...(columns.length > 3 ? [span(moduleText(frame, event), role)] : []),
    span(noteText(item, reasons, event), culprit ? undefined : 'dim'),
  ]);
}

/** Without a column of their own modules stand in brackets, as the kernel prints them. */
const symbolText = (frame: Frame, roomy: boolean): string =>
  frameText({ ...frame, file: undefined, line: undefined, inlined: undefined, ...(roomy ? { module: undefined } : {}) });

/** `foo  (OE)`: the module with its own taint letters. */
function moduleText({ module }: Frame, { modules }: Event): string {
  if (module === undefined) return '';
  const taint = modules?.find(({ name }) => name === module)?.taint;
  return printable(taint ? `${module} (${taint})` : module);
}

function noteText({ frame, pointer, culprit }: FrameItem, reasons: boolean, { culprit: guilty }: Event): string {
  const file = frame.file === undefined ? undefined : `${frame.file}${frame.line === undefined ? '' : `:${frame.line}`}`;
  const why = reasons && guilty?.why !== undefined ? `culprit: ${guilty.why}` : 'culprit';
  return printable(
    [pointer, culprit ? why : undefined, file, frame.inlined ? 'inline' : undefined].filter((part) => part !== undefined).join(' · '),
  );
}
