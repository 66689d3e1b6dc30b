import type { Share } from '../../fleet/fleet.ts';
import { dateText, type TimeStyle } from '../text/wall-time.ts';

/** `1 input`, `3 inputs`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** The day of a time, in the zone that is asked for: `2026-11-22`. */
export const dayText = (iso: string, { zone }: TimeStyle): string => dateText(iso, { zone }).slice(0, 10);

/** `O 61, E 58 and 2 more`. */
export function sharesText(shares: readonly Share[], most: number): string {
  const named = shares.slice(0, most).map(({ name, inputs }) => `${name} ${inputs}`);
  return `${named.join(', ')}${moreText(shares.length - most)}`;
}

/** `node-17, node-21 and 54 more`. */
export const namesText = (names: readonly string[], most: number): string =>
  `${names.slice(0, most).join(', ')}${moreText(names.length - most)}`;

const moreText = (n: number): string => (n > 0 ? ` and ${n} more` : '');
