import { machineOf } from '../../../decode/code/registers.ts';
import type { Code, Event, Instruction } from '../../../event/event.ts';
import { isKindOf } from '../../../event/kinds.ts';
import { cells, pad } from '../../../output/text/cells.ts';
import { printable } from '../../../output/text/printable.ts';
import { cutRight, type Line, span } from '../../line/line.ts';
import { linesOf, MIDDLING } from '../../screens/layout.ts';
import { recordOf } from '../record-of.ts';
import { type EventContext, fixed, type Tab, type TabRow } from '../tab.ts';
import { absent } from './absent.ts';
import { around, byteRows, unitsOf } from './bytes.ts';

/** What lay in memory where the CPU stopped, as bytes and as instructions. */
export const codeTab: Tab = {
  name: 'Code',
  short: 'Code',
  rows: (context) => {
    const { code } = context.event;
    if (code === undefined) return absent(context, 'No code bytes were printed with this report.');
    const seq = recordOf(context.event, 'code');
    const units = unitsOf(code);
    const { line, whole } = around(units, context.width);
    return fixed([
      { line, seq, yank: code.bytes, section: true },
      ...listing(context, code, seq),
      ...(whole ? [] : byteRows(units, code, context.width, seq)),
    ]);
  },
};

/** Instructions before the faulting one that are shown at first, fewer on a low terminal. */
const BEFORE = 6;
const BEFORE_LOW = 2;
const BYTES = 24;
/** Of a CPU that only was found there, by a watchdog or a check, no instruction faulted. */
const markOf = ({ kind }: Event): string => (isKindOf(kind, 'death') ? '← faulting instruction' : '← here');

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
  return machineOf(registers) === undefined
    ? 'there is no disassembler for its architecture'
    : 'the bytes are no instructions, or @alexaltea/capstone-js is not installed';
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
  const full = markOf(event);
  const mark = faulting && width - cells(head) - cells(text) > full.length + 2 ? `  ${full}` : faulting ? '  ←' : '';
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
