import { countText } from '../../event/oom/size-text.ts';
import { printable } from '../text/printable.ts';

/** Units of text that one line of a log shows. */
const LONGEST = 4000;

/** Text of a log as a report shows it: controls escaped, and where a line is cut, by how much. */
export function shown(text: string): string {
  const rest = text.length - LONGEST;
  return rest > 0 ? `${printable(text.slice(0, LONGEST))} … (${rest} more bytes not shown)` : printable(text);
}

/** Seconds since boot as the log prints them: `[   13.635672]`. */
export const stamp = (time: number | undefined): string => (time === undefined ? '' : `[${time.toFixed(6).padStart(12)}]`);

/** `1 record`, `12,345 records`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;
