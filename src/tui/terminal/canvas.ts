/** DEC mode 2026: what stands between is shown at once; terminals that do not know it ignore it. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';

/**
 * Takes whole frames and sends the terminal the rows that differ, each at its own place. Ink's own incremental rendering (6.8) counts
 * lines from where the cursor is and is one off where a frame ends with a line feed; addresses cannot drift.
 */
export class Canvas {
  #shown: readonly string[] = [];

  constructor(
    private readonly send: (bytes: string) => void,
    private readonly size: () => { readonly columns: number; readonly rows: number },
  ) {}

  get columns(): number {
    return this.size().columns;
  }

  get rows(): number {
    return this.size().rows;
  }

  /** What is on the terminal is no longer known: the next frame is sent whole. */
  forget(): void {
    this.#shown = [];
  }

  draw(frame: readonly string[]): void {
    const rows = frame.slice(0, this.rows);
    const changed: string[] = [];
    for (let i = 0; i < Math.max(rows.length, this.#shown.length); i++) {
      if (rows[i] !== this.#shown[i]) changed.push(`\x1b[${i + 1};1H${rows[i] ?? ''}\x1b[0m\x1b[K`);
    }
    if (this.#shown.length === 0) changed.unshift('\x1b[2J');
    this.#shown = rows;
    if (changed.length > 0) this.send(`${BEGIN}${changed.join('')}${END}`);
  }
}
