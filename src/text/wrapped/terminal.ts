import type { OnLine, Unwrapping, Wrapping } from './wrapping.ts';

/** A cursor that moves, what is erased, modes; not colours. */
const MOVES = /\x1b\[[\d;?]{0,12}[A-HJKLMPSTXfhlrsu]/;
/** The share of lines that hold one. */
const SHARE = 0.2;
const FEWEST = 4;

/** To the first column of a row: a line begins. */
const TO_LINE = /\x1b\[\d{0,4}(?:;0{0,3}1?)?[Hf]/g;
/** ECMA-48, 5.4: control sequences; what a terminal is told of its title (OSC), its character sets, its keypad. */
const SEQUENCE = /\x1b(?:\[[0-?]{0,24}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|[()*+#%][\w@]|[=>78cDEHM])/g;

/** What a terminal was sent, as a console's client records it: lines without what moves the cursor, and without colours. */
export const TERMINAL: Wrapping = {
  fits(head) {
    if (!head.includes('\x1b[')) return false;
    const lines = head.split('\n');
    const moved = lines.filter((line) => MOVES.test(line)).length;
    return moved >= FEWEST && moved >= lines.length * SHARE;
  },
  unwrap: (onLine) => new Plain(onLine),
};

class Plain implements Unwrapping {
  readonly #onLine: OnLine;

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    const painted = s.slice(start, end);
    const lines = painted.includes('\x1b') ? painted.replace(TO_LINE, '\n').replace(SEQUENCE, '').split('\n') : [painted];
    for (const line of lines.length > 1 ? lines.filter((each) => each.trim() !== '') : lines) this.#onLine(line, 0, line.length, lineNo);
  }
}
