/** Records in pieces that are held at once, and the longest body believed (the kernel's own limit is 8 KiB). */
const PENDING_LIMIT = 16;
const BODY_LIMIT = 1 << 16;

export interface Piece {
  readonly offset: number;
  readonly total: number;
}

interface Partial {
  readonly total: number;
  readonly pieces: Map<number, string>;
  have: number;
}

/** Puts the fragments of extended netconsole together: `ncfrag=<byte offset>/<total>`, offsets count the body's bytes. */
export class Fragments {
  private readonly partial = new Map<number, Partial>();

  /** Adds a piece of record `seq`. The whole body once all of it is there; what there is of an older one when too many are open. */
  add(seq: number, piece: Piece, body: string): { readonly seq: number; readonly body: string; readonly missing: number }[] {
    if (piece.total > BODY_LIMIT) return [{ seq, body, missing: piece.total - body.length }];
    let entry = this.partial.get(seq);
    if (entry === undefined || entry.total !== piece.total) {
      entry = { total: piece.total, pieces: new Map(), have: 0 };
      this.partial.set(seq, entry);
    }
    if (!entry.pieces.has(piece.offset)) {
      entry.pieces.set(piece.offset, body);
      entry.have += body.length;
    }
    const done: { seq: number; body: string; missing: number }[] = [];
    // the last byte of a body is its newline, which a line no longer has
    if (entry.have >= entry.total - 1) done.push(this.take(seq, entry));
    const oldest = this.partial.entries().next().value;
    if (this.partial.size > PENDING_LIMIT && oldest !== undefined) done.push(this.take(oldest[0], oldest[1]));
    return done;
  }

  flush(): { readonly seq: number; readonly body: string; readonly missing: number }[] {
    return [...this.partial].map(([seq, entry]) => this.take(seq, entry));
  }

  private take(seq: number, entry: Partial): { seq: number; body: string; missing: number } {
    this.partial.delete(seq);
    const body = [...entry.pieces]
      .sort((a, b) => a[0] - b[0])
      .map(([, text]) => text)
      .join('');
    return { seq, body, missing: Math.max(0, entry.total - 1 - entry.have) };
  }
}
