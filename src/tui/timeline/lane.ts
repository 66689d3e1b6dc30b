import { type Span, span } from '../line/line.ts';
import type { Role } from '../theme/roles.ts';

/** One line of the strip, cell by cell. */
export class Lane {
  readonly #cells: string[];
  readonly #roles: (Role | undefined)[];

  constructor(width: number) {
    this.#cells = new Array<string>(width).fill(' ');
    this.#roles = new Array<Role | undefined>(width).fill(undefined);
  }

  put(column: number, cell: string, role?: Role): void {
    if (column < 0 || column >= this.#cells.length) return;
    this.#cells[column] = cell;
    this.#roles[column] = role;
  }

  /** A word of one-cell characters. */
  write(column: number, text: string, role?: Role): void {
    for (const [i, cell] of [...text].entries()) this.put(column + i, cell, role);
  }

  /** Runs of one role; what is blank where time was squeezed says so. */
  line(breaks: ReadonlySet<number>): Span[] {
    const spans: { text: string; role: Role | undefined }[] = [];
    for (const [i, cell] of this.#cells.entries()) {
      const broken = cell === ' ' && breaks.has(i);
      const [text, role] = broken ? ['╎', 'dim' as const] : [cell, this.#roles[i]];
      const last = spans.at(-1);
      if (last !== undefined && last.role === role) last.text += text;
      else spans.push({ text, role });
    }
    return spans.map(({ text, role }) => span(text, role));
  }
}
