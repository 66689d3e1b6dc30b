import type { Event, Incident, Wall } from '../../event/event.ts';
import { secondsText } from '../../incident/verdict/words.ts';
import { type TimeStyle, wallLine, wallText } from '../text/wall-time.ts';

/**
 * When an incident began, how long it took, in which boot, the time of the day: parts that are known.
 * @param sourced with what the time of the day rests on
 */
export function whenText(
  { first, terminal, events: ids }: Incident,
  events: ReadonlyMap<string, Event>,
  time: TimeStyle,
  sourced: boolean,
): string[] {
  const [from, to] = [events.get(first), events.get(ids.at(-1) ?? terminal)];
  const last = to?.details?.lastUptime;
  const end = typeof last === 'number' ? last : to?.uptime;
  const seconds = from?.uptime !== undefined && end !== undefined ? end - from.uptime : secondsBetween(from?.wall, to?.wall);
  const lasted = seconds > 0 ? `for ${secondsText(seconds)}` : undefined;
  return [
    from?.uptime === undefined ? undefined : `${from.uptime.toFixed(6)} s after boot`,
    lasted,
    (from?.boot ?? 0) > 0 ? `boot ${from?.boot}` : undefined,
    from?.wall === undefined ? undefined : (sourced ? wallText : wallLine)(from.wall, time),
  ].filter((part) => part !== undefined);
}

/** By times of the day of one writer, which are off by the same; not a number where there are none. */
const secondsBetween = (from: Wall | undefined, to: Wall | undefined): number =>
  from !== undefined && from.source === to?.source ? (Date.parse(to.time) - Date.parse(from.time)) / 1000 : Number.NaN;
