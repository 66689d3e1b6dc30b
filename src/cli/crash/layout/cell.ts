import { printable } from '../../../output/text/printable.ts';
import type { Row } from '../../inspect/part.ts';

/** A field as text: `-` where it is not known, control bytes escaped. */
export const field = (row: Row, key: string): string => {
  const value = row[key];
  return value === undefined || value === null ? '-' : printable(String(value));
};

/** An address without 0x, as wide as a kernel's. */
export const address = (row: Row, key: string): string => bareHex(row, key).padStart(16, row[key] === undefined ? ' ' : '0');

/** A number of the kernel's in hex, without 0x. */
export const bareHex = (row: Row, key: string): string => field(row, key).replace(/^0x/, '');

/** crash's line above what belongs to a task. */
export function taskHead(row: Row): string {
  return `PID: ${field(row, 'pid').padEnd(7)}  TASK: ${address(row, 'task')}  CPU: ${field(row, 'cpu').padEnd(3)}  COMMAND: "${field(row, 'comm')}"\n`;
}
