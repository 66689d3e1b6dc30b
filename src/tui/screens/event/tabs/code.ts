import { machineOf } from '../../../../decode/code/registers.ts';
import type { Code, Event, Instruction } from '../../../../event/event.ts';
import { cells, pad } from '../../../../output/text/cells.ts';
import { printable } from '../../../../output/text/printable.ts';
import { cutRight, type Line, type Span, span, widthOf } from '../../../line/line.ts';
import { linesOf, MIDDLING } from '../../layout.ts';
import { findOwn } from '../own-rows.ts';
import { type EventContext, fixed, type Tab, type TabRow } from '../tab.ts';
import { absent } from './absent.ts';

/** What lay in memory where the CPU stopped, as bytes and as instructions. */
export const codeTab: Tab = {
  name: 'Code',
  short: 'Code',
  rows: (context) => {
    const { code } = context.event;
    if (code === undefined) return absent(context, 'No code bytes were printed with this report.');
    const seq = findOwn(context, /^\s*(?:Code|Krnl Code|Instruction dump):/)?.seq;
    const units = unitsOf(code);
    const { line, whole } = around(units, context.width);
    return fixed([
      { line, seq, yank: code.bytes, section: true },
      ...listing(context, code, seq),
      ...(whole ? [] : byteRows(units, code, context.width, seq)),
    ]);
  },
};

interface Unit {
  readonly text: string;
  readonly faulting: boolean;
}

/** Units as printed, the one that faulted in brackets. */
function unitsOf({ bytes, faultIndex }: Code): Unit[] {
  let index = 0;
  return printable(bytes)
    .split(' ')
    .map((unit) => {
      const faulting = index === faultIndex;
      index += unit.length / 2;
      return { text: faulting ? `<${unit}>` : unit, faulting };
    });
}

const unitSpan = ({ text, faulting }: Unit): string | Span => (faulting ? span(text, 'culprit') : text);

/** `Code: … 8b 43 18 <c7> 47 28 …`: as much around the fault as one line holds. */
function around(units: readonly Unit[], width: number): { readonly line: Line; readonly whole: boolean } {
  const size = (units[0]?.text.length ?? 2) + 1;
  const room = Math.max(1, Math.floor((width - ' Code: … … '.length) / size));
  const at = Math.max(
    0,
    units.findIndex(({ faulting }) => faulting),
  );
  const from = Math.max(0, Math.min(at - Math.floor(room * 0.4), units.length - room));
  const end = Math.min(units.length, from + room);
  const line: Line = [
    ' ',
    span('Code:', 'label'),
    from > 0 ? ' …' : '',
    ...units.slice(from, end).flatMap((unit) => [' ', unitSpan(unit)]),
    end < units.length ? ' …' : '',
  ];
  return { line, whole: from === 0 && end === units.length };
}

/** All of it, over as many lines as it takes. */
function byteRows(units: readonly Unit[], { bytes }: Code, width: number, seq: number | undefined): TabRow[] {
  const lines: Line[] = [];
  let line: (string | Span)[] = ['  '];
  for (const unit of units) {
    if (widthOf(line) + 1 + unit.text.length > width) {
      lines.push(line);
      line = ['  '];
    }
    line.push(' ', unitSpan(unit));
  }
  const rows = [...lines, line].map((each): TabRow => ({ line: each, seq, yank: bytes }));
  return [{ line: [] }, { line: [span(' All bytes', 'label')], section: true }, ...rows];
}

/** Instructions before the faulting one that are shown at first, fewer on a low terminal. */
const BEFORE = 6;
const BEFORE_LOW = 2;
const BYTES = 24;
const MARK = '← faulting instruction';

function listing(context: EventContext, code: Code, seq: number | undefined): TabRow[] {
  const { event, place, width, view } = context;
  const { instructions = [] } = code;
  if (instructions.length === 0) {
    return [{ line: [' ', span(`Not disassembled: ${whyNot(event)}.`, 'dim')] }];
  }
  const at = Math.max(
    0,
    instructions.findIndex(({ faulting }) => faulting),
  );
  const from = place.unreliable ? 0 : Math.max(0, at - (linesOf(view.size) < MIDDLING ? BEFORE_LOW : BEFORE));
  const shown = instructions.slice(from);
  const bytes = Math.min(width < 80 ? 12 : BYTES, Math.max(...shown.map((each) => each.bytes.length)));
  const guessed = isX86(event);
  return [
    ...(from > 0 ? [{ line: [span(`   · ${from} instructions before it hidden — [u] show`, 'dim')] }] : []),
    ...shown.map(
      (each, i): TabRow => ({
        line: instructionLine(each, { event, code, bytes, width, guessed: guessed && from + i < at }),
        seq,
        yank: each.text,
        section: each.faulting,
      }),
    ),
    ...(guessed && at > 0
      ? [
          { line: [] },
          { line: [' ', span('Where the instructions before the faulting one begin is inferred: x86 code has no alignment.', 'dim')] },
        ]
      : []),
  ];
}

function whyNot({ code, registers }: Event): string {
  if (code?.faultIndex === undefined) return 'no byte is marked as the one that faulted';
  if (registers === undefined) return 'no registers were printed that would tell the architecture';
  return machineOf(registers) === undefined ? 'there is no disassembler for its architecture' : 'the bytes are no instructions';
}

/** Instructions of different lengths: decoding backwards is a guess. */
const isX86 = ({ registers }: Event): boolean => ['x86-64', 'i386', 'x86-16'].includes(machineOf(registers) ?? '');

interface LineOptions {
  readonly event: Event;
  readonly code: Code;
  readonly bytes: number;
  readonly width: number;
  readonly guessed: boolean;
}

function instructionLine({ offset, bytes, text, faulting }: Instruction, { event, code, bytes: room, width, guessed }: LineOptions): Line {
  const role = faulting ? 'culprit' : guessed ? 'guess' : undefined;
  const head = `${faulting ? ' ▶ ' : '   '}${pad(place(event, code, offset), 7)} ${pad(cutRight(printable(bytes), room), room)}  `;
  const mark = faulting && width - cells(head) - cells(text) > MARK.length + 2 ? `  ${MARK}` : faulting ? '  ←' : '';
  return [
    span(head, faulting ? 'culprit' : 'dim'),
    span(cutRight(printable(text), width - cells(head) - cells(mark)), role),
    span(mark, 'dim'),
  ];
}

/** `+0x1c`: from the symbol where it is known, else from the marked instruction. */
function place({ at }: Event, { faultIndex = 0 }: Code, offset: number): string {
  const from = typeof at?.offset === 'number' ? at.offset : 0;
  const bytes = from + offset - faultIndex;
  return `${bytes < 0 ? '-' : '+'}0x${Math.abs(bytes).toString(16)}`;
}
