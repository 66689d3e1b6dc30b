import { countText as count } from '../../event/oom/size-text.ts';
import { uptimeText } from '../../output/text/uptime.ts';

export { count };

/** `1 record`, `2 records`. */
export const counted = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;

/** `2.0 GiB`: kB as people say it. */
export function size(kb: number): string {
  const units = ['kB', 'MiB', 'GiB', 'TiB'];
  let value = Math.abs(kb);
  let unit = 0;
  while (value >= 1024 && unit < 3) {
    value /= 1024;
    unit++;
  }
  return `${kb < 0 ? '−' : ''}${unit === 0 ? count(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `93.4%`. */
export const percent = (part: number, whole: number): string => (whole > 0 ? `${((100 * part) / whole).toFixed(1)}%` : '–');

/** `15d`, `3m`, `2.1s`, `0.9ms`, `12µs`: a distance in one unit. */
export function distance(seconds: number): string {
  const s = Math.abs(seconds);
  if (s >= 86_400) return `${Math.round(s / 86_400)}d`;
  if (s >= 3600) return `${Math.round(s / 3600)}h`;
  if (s >= 60) return `${Math.round(s / 60)}m`;
  if (s >= 1) return `${s.toFixed(s < 10 ? 1 : 0)}s`;
  if (s >= 0.001) return `${(s * 1000).toFixed(s < 0.01 ? 1 : 0)}ms`;
  return s === 0 ? '0' : `${Math.round(s * 1e6)}µs`;
}

/** `13.6 s after boot`, `18d 04:03:09 after boot`: never to be taken for a time of day. */
export const afterBoot = (seconds: number): string => `${seconds < 60 ? `${seconds.toFixed(1)} s` : uptimeText(seconds)} after boot`;
