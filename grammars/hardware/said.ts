import type { Line } from '../common/line.ts';

/** What stands before the message: driver, device, interface, each with its colon. */
const SUBJECT = '(?:[^\\n]{1,96}?: )?';

/** The row of a line that begins with a subject of any name: `nvme nvme0: `, `e1000e 0000:00:19.0 eth0: `, `xyz[120]: `. */
export const said = (name: string, message: RegExp, ...reads: readonly RegExp[]): Line => ({
  name,
  printer: '',
  examples: [],
  start: new RegExp(`${SUBJECT}(?:${message.source})`),
  reads,
});
