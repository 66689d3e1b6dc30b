import { printable } from '../../output/text/printable.ts';
import type { Clock } from '../data/clock.ts';
import type { Source } from '../data/source.ts';
import { registerWords } from '../event/register-words.ts';
import { cutLine, type Line, span } from '../line/line.ts';
import { counted } from '../line/numbers.ts';

/** What the record under the cursor belongs to, and what the shown times rest on. */
export function boundLine(source: Source, row: number, clock: Clock | undefined, columns: number): Line {
  const event = source.eventAt(row);
  const anchor: Line = clock === undefined ? [] : [span(` · UTC estimated from ${clock.source}, ±${clock.uncertaintySeconds} s`, 'guess')];
  if (event === undefined) return [span(' no event', 'dim'), ...anchor];
  const registers = registerWords(event, source.records.seq(row));
  if (registers.length > 0) return cutLine([` ║ ${event.id} `, ...registers], columns);
  const incident = source.incidentOf(event.id);
  const cut = event.completeness === 'complete' ? '' : ` · ${event.completeness}`;
  return [
    ` ║ ${event.id} ${event.kind}`,
    incident === undefined ? '' : ` of ${incident.id}`,
    ` · ${counted(event.records.count, 'record')}${cut}`,
    ...anchor,
    span(` · ${printable(event.title)}`, 'dim'),
  ];
}
