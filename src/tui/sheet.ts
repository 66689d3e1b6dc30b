import { Writable } from 'node:stream';

/** Where frames end up. */
export interface Glass {
  readonly columns: number;
  readonly rows: number;
  readonly draw: (rows: readonly string[]) => void;
}

/**
 * Short names of painted rows. Ink takes each text of each frame apart into styled characters and puts it together again, three
 * quarters of what a key costs; our rows are painted and cut to the screen already, so ink is given names and places those.
 */
export class RowNames {
  readonly #byRow = new Map<string, string>();
  readonly #byName = new Map<string, string>();
  #next = 0;

  /** The name of a row, the same as long as the row stays on the screen. */
  of(row: string): string {
    let name = this.#byRow.get(row);
    if (name === undefined) {
      name = (this.#next++).toString(36);
      this.#byRow.set(row, name);
      this.#byName.set(name, row);
    }
    return name;
  }

  row(name: string): string {
    return this.#byName.get(name) ?? '';
  }

  /** Forgets the rows that are on no screen any more. */
  keep(names: readonly string[]): void {
    const kept = new Set(names);
    for (const [row, name] of this.#byRow) {
      if (kept.has(name)) continue;
      this.#byRow.delete(row);
      this.#byName.delete(name);
    }
  }
}

/** What ink takes for a terminal: turns its frames of names into rows for the glass. */
export class Sheet extends Writable {
  readonly isTTY = true;

  constructor(
    private readonly names: RowNames,
    private readonly glass: Glass,
  ) {
    super({ decodeStrings: false });
  }

  get columns(): number {
    return this.glass.columns;
  }

  get rows(): number {
    return this.glass.rows;
  }

  override _write(frame: string | Buffer, _encoding: string, done: () => void): void {
    // an empty frame is ink's barrier on its way out
    if (frame.length > 0) {
      const names = String(frame).split('\n');
      this.glass.draw(names.map((name) => this.names.row(name)));
      this.names.keep(names);
    }
    done();
  }
}
