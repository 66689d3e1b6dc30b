import type { Source } from './source.ts';

/** How the times of records are shown; `t` goes through them. */
export const TIME_MODES = ['boot', 'delta', 'utc', 'none'] as const;
export type TimeMode = (typeof TIME_MODES)[number];

/** A time of the day for seconds since boot, and what it rests on. */
export interface Clock {
  /** Milliseconds since 1970 at boot. */
  readonly bootMs: number;
  readonly source: string;
  readonly uncertaintySeconds: number;
}

/** The clock of one boot, from the event of that boot which says its time best. */
export function clockOf({ events }: Source, boot: number): Clock | undefined {
  let best: Clock | undefined;
  for (const event of events) {
    if (event.boot !== boot || event.wall === undefined || event.uptime === undefined) continue;
    const { source, uncertaintySeconds, time } = event.wall;
    if (best !== undefined && best.uncertaintySeconds <= uncertaintySeconds) continue;
    const bootMs = Date.parse(time) - event.uptime * 1000;
    if (Number.isFinite(bootMs)) best = { bootMs, source, uncertaintySeconds };
  }
  return best;
}

/** `2026-11-22 20:00:34.118`. */
export const utcText = (ms: number, digits = 3): string =>
  Math.abs(ms) <= 8.64e15
    ? new Date(ms)
        .toISOString()
        .slice(0, digits > 0 ? 20 + digits : 19)
        .replace('T', ' ')
    : '–';
