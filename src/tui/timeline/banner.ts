import type { Event } from '../../event/event.ts';
import { printable } from '../../output/text/printable.ts';
import { causeOf } from '../data/cause.ts';
import { clockOf, utcText } from '../data/clock.ts';
import type { Source } from '../data/source.ts';
import { between, cutRight, type Line, span, widthOf } from '../line/line.ts';
import { afterBoot } from '../line/numbers.ts';
import type { View } from '../screens/screen.ts';
import { lookOf, SEVERITY_ROLES } from '../theme/looks.ts';

/** What a tired person has to know: the worst incident in a line, and when it was. */
export const bannerLine = ({ memo, size: { columns } }: View, source: Source): Line =>
  memo.of(source, 'banner', `${source.version} ${columns}`, () => drawn(source, columns));

function drawn(source: Source, columns: number): Line {
  const incident = source.worst;
  if (incident === undefined) return [' ', span(nothing(source), 'guess')];
  const event = causeOf(source, incident);
  const look = event && lookOf(event);
  const tag = look === undefined ? incident.severity.toUpperCase() : `${look.glyph} ${look.word.toUpperCase()}`;
  const text = printable(incident.headline);
  const start: Line = [' ', span(tag, look?.role ?? SEVERITY_ROLES[incident.severity]), '  '];
  const when = event === undefined ? '' : whenText(source, event);
  // what happened is worth more than when
  const room = columns - widthOf(start) - 1;
  const fits = text.length + when.length + 2 <= room;
  const line: Line = [...start, span(cutRight(text, room), 'title')];
  return fits && when !== '' ? between(line, [span(when, 'dim'), ' '], columns) : line;
}

function nothing({ status, events, following }: Source): string {
  if (status === 'failed') return 'not read';
  if (status === 'reading' && !following) return 'reading: incidents are told once the log is read';
  return events.length === 0 ? 'nothing that kills or warns' : 'no incident: nothing that harmed anybody';
}

/** `13.6 s after boot · 2026-11-22 20:00:36 UTC`. */
function whenText(source: Source, { uptime, boot, wall }: Event): string {
  const clock = clockOf(source, boot);
  const ms = wall !== undefined ? Date.parse(wall.time) : clock && uptime !== undefined ? clock.bootMs + uptime * 1000 : Number.NaN;
  return [uptime === undefined ? '' : afterBoot(uptime), Number.isNaN(ms) ? '' : `${utcText(ms, 0)} UTC`].filter(Boolean).join(' · ');
}
