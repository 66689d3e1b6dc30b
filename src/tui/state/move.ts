import type { Command } from '../keys/table.ts';
import type { List } from '../screens/screen.ts';

/** The row that a moving command leads to; undefined where the command moves nothing. */
export function move(command: Command, { count, cursor, height }: List): number | undefined {
  const by = steps(command, height);
  if (by === undefined) return undefined;
  return Math.max(0, Math.min(count - 1, cursor + by));
}

function steps(command: Command, height: number): number | undefined {
  switch (command) {
    case 'down':
      return 1;
    case 'up':
      return -1;
    case 'page-down':
      return Math.max(1, height - 1);
    case 'page-up':
      return -Math.max(1, height - 1);
    case 'half-down':
      return Math.max(1, height >> 1);
    case 'half-up':
      return -Math.max(1, height >> 1);
    case 'first':
      return Number.NEGATIVE_INFINITY;
    case 'last':
      return Number.POSITIVE_INFINITY;
    default:
      return undefined;
  }
}

/** Rows kept in sight above and below the cursor. */
const CONTEXT = 3;

/** The first row that is seen, so that the cursor is, with some rows around it where there is room. */
export function scrolled(top: number, { count, cursor, height }: { count: number; cursor: number; height: number }): number {
  const around = Math.min(CONTEXT, Math.floor((height - 1) / 2));
  const highest = Math.max(0, count - height);
  const wanted = Math.min(Math.max(top, cursor - height + 1 + around), cursor - around);
  return Math.max(0, Math.min(wanted, highest));
}
