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
