import { createToken } from 'chevrotain';
import type { HeadRule } from '../call-trace/head.ts';
import { ANY_CHAR } from '../common/tokens.ts';

/** What stands before the message: driver, device, interface, each with its colon. */
const SUBJECT = '(?:[^\\n]{1,96}?: )?';

/** The rule of a line that begins with a subject of any name: `nvme nvme0: `, `e1000e 0000:00:19.0 eth0: `, `xyz[120]: `. */
export const said = (name: string, message: RegExp, ...fields: readonly RegExp[]): HeadRule => ({
  name,
  token: createToken({
    name: `Said_${name}`,
    pattern: new RegExp(`${SUBJECT}(?:${message.source})`),
    push_mode: 'text',
    line_breaks: false,
    start_chars_hint: ANY_CHAR,
  }),
  fields,
});
