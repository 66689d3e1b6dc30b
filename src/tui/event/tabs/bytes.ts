import type { Code } from '../../../event/event.ts';
import { printable } from '../../../output/text/printable.ts';
import { type Line, type Span, span, widthOf } from '../../line/line.ts';
import type { TabRow } from '../tab.ts';

/** A byte on x86, an instruction word elsewhere. */
export interface Unit {
  readonly text: string;
  readonly faulting: boolean;
}

/** Units as printed, the one that faulted in brackets. */
export function unitsOf({ bytes, faultIndex }: Code): Unit[] {
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
export function around(units: readonly Unit[], width: number): { readonly line: Line; readonly whole: boolean } {
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
export function byteRows(units: readonly Unit[], { bytes }: Code, width: number, seq: number | undefined): TabRow[] {
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
