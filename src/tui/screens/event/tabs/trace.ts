import type { Event, Frame, Stack } from '../../../../event/event.ts';
import { cells } from '../../../../output/text/cells.ts';
import { frameText } from '../../../../output/text/frame.ts';
import { printable } from '../../../../output/text/printable.ts';
import { type Column, GAP, row, widthsOf } from '../../../line/columns.ts';
import { type Line, span } from '../../../line/line.ts';
import { ROOMY } from '../../layout.ts';
import type { EventContext, Tab, TabRow } from '../tab.ts';
import { absent } from './absent.ts';
import { type FrameItem, type Item, itemsOf } from './trace/items.ts';

/** The frames of all stacks, each leading to its line of the log. */
export const traceTab: Tab = {
  name: 'Trace',
  short: 'Trace',
  rows: (context) => {
    const items = itemsOf(context);
    if (items.length === 0) return absent(context, 'No stack was printed with this report.');
    const table = tableOf(context, items);
    return { count: items.length, row: (index) => rowOf(items[index], index, table) };
  },
};

interface Table {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  /** There is room for a column of modules and for reasons. */
  readonly roomy: boolean;
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
  const note = Math.min(widest(frames.map((item) => noteText(item, roomy, event))), width >> 1);
  const wanted = widest(frames.map(({ frame }) => symbolText(frame, roomy)));
  const room = width - NUMBER - GAP - AIR - (module > 0 ? module + AIR + GAP : 0) - (note > 0 ? note + GAP : 0);
  const columns: Column[] = [
    { head: '#', width: NUMBER, align: 'right' },
    { head: 'frame', width: Math.max(10, Math.min(wanted, room)) + AIR, cut: 'middle' },
    ...(module > 0 ? [{ head: 'module', width: module + AIR } as const] : []),
    { head: 'note' },
  ];
  return { columns, widths: widthsOf(columns, width), roomy, event };
}

function rowOf(item: Item | undefined, index: number, table: Table): TabRow {
  switch (item?.kind) {
    case 'stack':
      return { line: headLine(item.stack, index === 0, table), seq: item.seq, section: true };
    case 'hidden': {
      const where = item.runs > 1 ? ` in ${item.runs} places` : '';
      return { line: [span(`   · ${item.count} unreliable (?) frames${where} hidden — [u] show`, 'dim')] };
    }
    case 'frame':
      return { line: frameLine(item, table), seq: item.seq, yank: frameText(item.frame) };
    default:
      return { line: [] };
  }
}

/** `#  Call Trace · softirq · CPU 7            module  note`: the first one also heads the columns. */
function headLine(stack: Stack, first: boolean, { columns, widths }: Table): Line {
  const title = span(printable(titleOf(stack)), 'label');
  // a long label takes the place of the heads
  if (!first || cells(title.text) > (widths[1] ?? 0)) return [span(first ? INDENT.replace(/ .$/, '# ') : INDENT, 'dim'), title];
  return row(
    columns,
    widths,
    columns.map(({ head }) => (head === 'frame' ? title : span(head, 'dim'))),
  );
}

function titleOf({ label, context, pid, cpu }: Stack): string {
  return [
    label ?? 'Call Trace',
    context === 'task' ? undefined : context,
    pid === undefined || label?.includes(`${pid}`) ? undefined : `pid ${pid}`,
    cpu === undefined || /\bcpu\b/i.test(label ?? '') ? undefined : `CPU ${cpu}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function frameLine(item: FrameItem, { columns, widths, roomy, event }: Table): Line {
  const { frame, number, culprit } = item;
  const unsure = frame.reliable === false;
  const role = unsure ? 'dim' : culprit ? 'culprit' : undefined;
  return row(columns, widths, [
    span(unsure ? '?' : `${number}`, 'dim'),
    span(symbolText(frame, roomy), role),
    ...(columns.length > 3 ? [span(moduleText(frame, event), role)] : []),
    span(noteText(item, roomy, event), culprit ? undefined : 'dim'),
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

function noteText({ frame, pointer, culprit }: FrameItem, roomy: boolean, { kind }: Event): string {
  const file = frame.file === undefined ? undefined : `${frame.file}${frame.line === undefined ? '' : `:${frame.line}`}`;
  // of a stack that ran out the guilty frame is the one that recurs
  const reason = kind === 'stack-overflow' ? 'culprit: what went so deep' : 'culprit: first frame after the skip list';
  return printable(
    [pointer, culprit ? (roomy ? reason : 'culprit') : undefined, file, frame.inlined ? 'inline' : undefined]
      .filter((part) => part !== undefined)
      .join(' · '),
  );
}
