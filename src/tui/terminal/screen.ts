import { writeSync } from 'node:fs';
import type { Terminal } from './tty.ts';

const ENTER = '\x1b[?1049h\x1b[H\x1b[2J\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
/** Clicks and the wheel (1000), in a form without limits (1006). */
const MOUSE = { on: '\x1b[?1000h\x1b[?1006h', off: '\x1b[?1006l\x1b[?1000l' } as const;

/**
 * The alternate screen and the raw mode of the terminal: entered and left as often as one likes, and left on every way out, for a shell
 * in raw mode on a screen without a cursor is of no use to anybody.
 */
export class AlternateScreen {
  #entered = false;
  #mouse = false;

  constructor(private readonly terminal: Terminal) {}

  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.terminal.input.setRawMode(true);
    this.#write(`${ENTER}${this.#mouse ? MOUSE.on : ''}`);
  }

  /** Synchronous: it runs in exit handlers too. */
  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    this.#write(`${this.#mouse ? MOUSE.off : ''}${LEAVE}`);
    try {
      this.terminal.input.setRawMode(false);
    } catch {
      // the terminal is gone
    }
  }

  setMouse(on: boolean): void {
    this.#mouse = on;
    if (this.#entered) this.#write(on ? MOUSE.on : MOUSE.off);
  }

  /** The system clipboard, by the terminal itself (OSC 52): works over ssh; terminals that do not know it ignore it. */
  copy(text: string): void {
    this.#write(`\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`);
  }

  #write(bytes: string): void {
    const { output, fd } = this.terminal;
    try {
      writeSync(fd, bytes);
    } catch {
      output.write(bytes); // a terminal that is slow to take it (EAGAIN), or gone
    }
  }
}
