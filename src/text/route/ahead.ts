/**
 * What few lines hold is looked for in a whole piece of text, once, not in each of its lines: where it stands next is remembered. Each
 * pattern is global, and none of its matches goes over the end of a line.
 */
export class Ahead {
  private readonly patterns: readonly { readonly pattern: RegExp; next: number }[];
  private piece = '';

  constructor(sources: readonly string[]) {
    this.patterns = sources.map((source) => ({ pattern: new RegExp(source, 'gm'), next: -1 }));
  }

  /** Whether one of the patterns fits somewhere in `piece[start, end)`. Linear in the piece as long as it is asked for line after line. */
  isIn(piece: string, start: number, end: number): boolean {
    if (piece !== this.piece) {
      this.piece = piece;
      for (const each of this.patterns) each.next = -1;
    }
    for (const each of this.patterns) {
      if (each.next < start) each.next = find(each.pattern, piece, start);
      if (each.next < end) return true;
    }
    return false;
  }
}

function find(pattern: RegExp, piece: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(piece)?.index ?? Number.POSITIVE_INFINITY;
}
