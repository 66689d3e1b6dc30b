import { SEVERITIES } from '../../event/kinds.ts';
import type { Source } from '../data/source.ts';
import { type Span, span } from '../line/line.ts';
import type { View } from '../screens/screen.ts';
import { lookOf } from '../theme/looks.ts';

/** What one cell of the map stands for: index of the worst event that begins there, else whether an error is. */
interface Stretch {
  readonly event: number | undefined;
  readonly error: boolean;
}

/** Lines that are looked at anew whenever the log has grown. */
const FEW = 50_000;

function stretches(source: Source, height: number): Stretch[] {
  const { records, events } = source;
  const cell = (row: number): number => Math.min(height - 1, Math.floor((row / Math.max(1, records.count)) * height));
  const worst = new Array<number | undefined>(height).fill(undefined);
  const errors = new Array<boolean>(height).fill(false);
  for (let row = 0; row < records.count; row++) if ((records.level(row) ?? 7) <= 3) errors[cell(row)] = true;
  for (const [i, event] of events.entries()) {
    const row = records.rowOf(event.records.first);
    if (row < 0) continue;
    const before = worst[cell(row)];
    if (before === undefined || SEVERITIES.indexOf(event.severity) < SEVERITIES.indexOf(events[before]!.severity)) worst[cell(row)] = i;
  }
  return worst.map((event, i) => ({ event, error: errors[i]! }));
}

/**
 * The whole log in one column, a cell for each line of the screen: events by kind, errors, and which part of it is seen.
 * @param from first row of the log that is seen
 * @param to last one
 */
export function minimap({ memo }: View, source: Source, height: number, from: number, to: number): Span[] {
  const { count } = source.records;
  const grown = source.status === 'read' || count < FEW ? source.version : `${Math.floor(Math.log(count) * 25)}`;
  const map = memo.of(source, 'minimap', `${grown} ${height}`, () => stretches(source, height));
  const at = (row: number): number => Math.min(height - 1, Math.floor((row / Math.max(1, count)) * height));
  return map.map(({ event, error }, i) => {
    const seen = i >= at(from) && i <= at(to);
    if (event !== undefined) {
      const { glyph, role } = lookOf(source.events[event]!);
      return span(glyph, seen ? 'selected' : role);
    }
    if (seen) return span('█', error ? 'error' : undefined);
    return error ? span('▐', 'error') : span('│', 'dim');
  });
}
