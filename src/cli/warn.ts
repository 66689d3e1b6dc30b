import { UNSEEN } from '../output/text/printable.ts';

/** One line on stderr, with control bytes made visible: a file's name or content never reaches the terminal as it is. */
export function warn(message: string): void {
  process.stderr.write(`lastkmsg: ${visible(message)}\n`);
}

const HIDDEN = new RegExp(String.raw`[\x00-\x1f${UNSEEN}]`, 'g');

/** The same text with controls and marks that turn its direction told by their numbers. */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (c) => {
    const code = c.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
