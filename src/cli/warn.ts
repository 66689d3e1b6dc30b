/** One line on stderr, with control bytes made visible: a file's name or content never reaches the terminal as it is. */
export function warn(message: string): void {
  process.stderr.write(`lastkmsg: ${visible(message)}\n`);
}

const visible = (text: string): string =>
  text.replace(/[\x00-\x1f\x7f-\x9f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
