/** A pattern, none of whose matches goes over the end of a line. */
export interface Sought {
  readonly pattern: string;
  /** What each of its matches begins with: where few lines hold that, finding it is a tenth of the work of a regular expression. */
  readonly sign?: string;
  /** Whether it is surely nowhere in a piece, where that can be told at once. */
  readonly isAbsent?: (piece: string) => boolean;
}

/** All have one shape: they are looked at for each line. */
interface State {
  readonly pattern: RegExp;
  readonly sign: string | undefined;
  readonly isAbsent: Sought['isAbsent'];
  next: number;
}

/**
 * What few lines hold is looked for in a whole piece of text, once, not in each of its lines: where it stands next is remembered.
 */
export class Ahead {
  private readonly patterns: readonly State[];
  private piece = '';
  /** Before it stands none of them. */
  private soonest = -1;

  constructor(sought: readonly Sought[]) {
    this.patterns = sought.map(({ pattern, sign, isAbsent }) => ({
      pattern: new RegExp(pattern, sign === undefined ? 'gm' : 'my'),
      sign,
      isAbsent,
      next: -1,
    }));
  }

  /** Whether one of the patterns fits somewhere in `piece[start, end)`. Linear in the piece as long as it is asked for line after line. */
  isIn(piece: string, start: number, end: number): boolean {
    if (piece !== this.piece) {
      this.piece = piece;
      this.soonest = -1;
      for (const each of this.patterns) each.next = each.isAbsent?.(piece) ? Number.POSITIVE_INFINITY : -1;
    }
    if (end <= this.soonest) return false;
    let soonest = Number.POSITIVE_INFINITY;
    for (const each of this.patterns) {
      if (each.next < start) each.next = each.sign ? findSigned(each.pattern, each.sign, piece, start) : find(each.pattern, piece, start);
      if (each.next < end) return true;
      if (each.next < soonest) soonest = each.next;
    }
    this.soonest = soonest;
    return false;
  }

  /** Where in `piece`, from `start` on, the first of them stands; infinity: nowhere. */
  next(piece: string, start: number): number {
    this.isIn(piece, start, start);
    return this.soonest;
  }
}

function find(pattern: RegExp, piece: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.exec(piece)?.index ?? Number.POSITIVE_INFINITY;
}

function findSigned(pattern: RegExp, sign: string, piece: string, start: number): number {
  for (let at = piece.indexOf(sign, start); at >= 0; at = piece.indexOf(sign, at + 1)) {
    pattern.lastIndex = at;
    if (pattern.test(piece)) return at;
  }
  return Number.POSITIVE_INFINITY;
}
