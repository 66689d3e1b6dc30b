import { uptimeText } from '../../output/text/uptime.ts';
import type { Source } from '../data/source.ts';
import { Axis, type Strip, stripOf, type Window } from '../data/strip.ts';
import { level } from '../line/bar.ts';
import { type Line, type Span, span } from '../line/line.ts';
import type { View } from '../screens/screen.ts';

const LABEL = 7;

/** Lines that are counted anew at each frame without being felt. */
const FEW = 50_000;

/** The strip of a window and the axis it lies on; while a long log grows only as often as it has grown by some hundredths. */
export function stripFor({ memo, size }: View, source: Source, window: Window): { strip: Strip; axis: Axis } {
  const width = size.columns - LABEL - 2;
  const { count } = source.records;
  const grown =
    source.status === 'read' || count < FEW ? `${source.version}` : `${Math.floor(Math.log(count) * 25)} ${source.events.length >> 4}`;
  const axis = memo.of(source, 'axis', grown, () => new Axis(source));
  return { axis, strip: memo.of(source, 'strip', `${grown} ${width} ${window}`, () => stripOf(source, axis, width, window)) };
}

/** Lanes of the strip, the axis under them and a note; the lesser go first where there is little room. */
export function stripLines(view: View, source: Source, window: Window, lines: number): Line[] {
  if (lines === 0 || source.records.count === 0) return new Array<Line>(lines).fill([]);
  const { strip, axis } = stripFor(view, source, window);
  const most = Math.max(...strip.all);
  const worst = Math.max(...strip.errors);
  const lane = (name: string, cells: readonly string[], role?: Span['role']): Line => [
    span(`${` ${name}`.padEnd(LABEL)}│`, 'dim'),
    ...joined(cells, strip.breaks, role),
    span('│', 'dim'),
  ];
  const fatal = lane(
    'fatal',
    strip.fatal.map((is) => (is ? '✖' : ' ')),
    'fatal',
  );
  const errors = lane(
    'error',
    strip.errors.map((n) => level(n, worst)),
    'degraded',
  );
  const all = lane(
    'all',
    strip.all.map((n) => level(n, most)),
  );
  const axisLine: Line = [span(`${' '.repeat(LABEL)}└${axisText(strip, source.status === 'read')}┘`, 'dim')];
  const note: Line = [span(`${' '.repeat(LABEL + 1)}${noteText(axis, window)}`, 'dim')];
  if (lines >= 5) return [fatal, errors, all, axisLine, note];
  if (lines >= 3) return [fatal, all, axisLine];
  return [all];
}

function joined(cells: readonly string[], breaks: ReadonlySet<number>, role: Span['role']): Span[] {
  const spans: Span[] = [];
  let run = '';
  const close = (): void => {
    if (run !== '') spans.push(span(run, role));
    run = '';
  };
  cells.forEach((cell, i) => {
    if (cell === ' ' && breaks.has(i)) {
      close();
      spans.push(span('╎', 'dim'));
    } else run += cell;
  });
  close();
  return spans;
}

/** The axis with the time at which each stretch begins, where there is room for it. */
function axisText({ all, starts, breaks }: Strip, _read: boolean): string {
  const line = new Array<string>(all.length).fill('─');
  for (const column of breaks) line[column] = '╎';
  let free = 0;
  for (const { column, time } of starts) {
    if (time === undefined) continue;
    const text = column === 0 && time < 1 ? 'boot' : time < 60 ? `${time.toFixed(1)}s` : uptimeText(time);
    const at = column === 0 ? 0 : column + 1;
    if (at < free || at + text.length > line.length) continue;
    for (const [i, c] of [...text].entries()) line[at + i] = c;
    free = at + text.length + 2;
  }
  return line.join('');
}

function noteText({ timed, stretches }: Axis, [from, to]: Window): string {
  const zoomed = to - from < 1 ? `zoomed in ${Math.round(1 / (to - from))}×: Z zooms out, < > pan · ` : '';
  if (!timed) return `${zoomed}by record number: the log states no times that could be drawn`;
  return `${zoomed}${stretches.length > 1 ? '╎ time without records is squeezed' : ''}`;
}
