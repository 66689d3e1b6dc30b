import { setImmediate as turn } from 'node:timers/promises';
import type { Happening } from '../events/happenings.ts';
import type { CutState, Piece, PiecedLog, PieceRead, Understood } from './piece.ts';
import type { PieceFile } from './piece-file.ts';
import { PieceReader } from './piece-reader.ts';
import type { Plan } from './plan.ts';
import { readPiece } from './read-piece.ts';

/** Pieces that are begun or read and not yet taken, for each thread: what waits in memory. */
const AHEAD = 2;
/** Pieces in a row whose beginning was not what was supposed: of such a log more would be read for nothing. */
const MISSES = 2;

/** Threads that read pieces by themselves, which this one takes when it comes to them. */
export interface PieceHelpers {
  readonly count: number;
  readonly isIdle: boolean;
  give(piece: Piece): void;
  reads(index: number): boolean;
  take(index: number): PieceRead | undefined;
  change(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Reads all pieces of a log, on the threads and on this one, and gives out what one thread would. The reader of a piece supposes what is
 * known where it begins. Where the reader of the piece before knows something else at its end, the piece is read again, behind that one.
 */
export class PutTogether {
  /** Read by this thread ahead of time. */
  readonly #read = new Map<number, PieceRead>();
  /** Planned and not yet taken. */
  readonly #pieces = new Map<number, Piece>();
  #planned = 0;
  /** The first piece that nobody reads. */
  #free = 0;
  /** A reader that knows all there is to know at the cut at hand. */
  #live: PieceReader | undefined;
  /** What is known there; boots count from the log's first. */
  #at: CutState | undefined;
  #misses = 0;

  constructor(
    readonly log: PiecedLog,
    readonly file: Pick<PieceFile, 'read'>,
    readonly plan: Plan,
    readonly helpers: PieceHelpers,
  ) {}

  /**
   * The batches in their order.
   * @param accept told of each piece before its batches: it is right; its boots count from the one given
   */
  async *batches(accept: (read: PieceRead, firstBoot: number) => void): AsyncGenerator<Understood> {
    let before: Piece | undefined;
    try {
      for (let index = 0; index < this.plan.pieces; index++) {
        const piece = this.#piece(index);
        const read = await this.#next(piece, before);
        this.#pieces.delete(index);
        const shift = this.#at === undefined ? 0 : this.#at.boot - read.begins.boot;
        accept(read, read.begins.boot + shift);
        for (const batch of read.batches)
          yield shift === 0 ? batch : { ...batch, happenings: batch.happenings.map((each) => later(each, shift)) };
        if (read.isLast) return;
        this.#at = { ...read.ends, boot: read.ends.boot + shift };
        before = piece;
        await turn(); // what the threads have read arrives
      }
    } finally {
      await this.helpers.end();
    }
  }

  async #next(piece: Piece, before: Piece | undefined): Promise<PieceRead> {
    const { index } = piece;
    if (before === undefined) this.#live = new PieceReader(this.log, this.file);
    const isFree = this.#free <= index;
    if (isFree) this.#free = index + 1;
    if (this.#misses < MISSES) this.#handOut(index);
    if (this.#live !== undefined && (isFree || this.#misses >= MISSES)) return this.#live.read(piece);
    const supposed = isFree ? this.#readHere(piece) : await this.#supposed(index);
    if (supposed !== undefined && isRight(supposed, this.#at)) {
      this.#live = undefined;
      this.#misses = 0;
      return supposed;
    }
    if (++this.#misses === MISSES) await this.helpers.end();
    this.#live ??= this.#behind(before);
    return this.#live.read(piece);
  }

  /** A reader that has read a piece again, whose beginning was right. */
  #behind(piece: Piece | undefined): PieceReader {
    const reader = new PieceReader(this.log, this.file);
    if (piece === undefined) return reader;
    reader.begin(piece);
    reader.read(piece);
    return reader;
  }

  /** A piece that somebody reads. While it is not done, this thread reads others ahead. */
  async #supposed(index: number): Promise<PieceRead | undefined> {
    for (;;) {
      const read = this.#read.get(index) ?? this.helpers.take(index);
      this.#read.delete(index);
      if (read !== undefined || !this.helpers.reads(index)) return read;
      this.#handOut(index);
      if (this.#mayBegin(index)) {
        const other = this.#piece(this.#free++);
        const ahead = this.#readHere(other);
        if (ahead !== undefined) this.#read.set(other.index, ahead);
        await turn();
      } else await this.helpers.change();
    }
  }

  #handOut(index: number): void {
    while (this.helpers.isIdle && this.#mayBegin(index)) this.helpers.give(this.#piece(this.#free++));
  }

  #mayBegin(index: number): boolean {
    return this.#free < this.plan.pieces && this.#free <= index + AHEAD * (this.helpers.count + 1);
  }

  #readHere(piece: Piece): PieceRead | undefined {
    try {
      return readPiece(this.log, this.file, piece);
    } catch {
      return undefined; // read in order, it says why
    }
  }

  /** Pieces are planned one after the other. */
  #piece(index: number): Piece {
    for (; this.#planned <= index; this.#planned++) this.#pieces.set(this.#planned, this.plan.piece(this.#planned));
    return this.#pieces.get(index) as Piece;
  }
}

/** Whether what was supposed at the beginning of a piece is what is known at the end of the one before. */
function isRight({ begins, isGuess }: PieceRead, at: CutState | undefined): boolean {
  if (isGuess || at === undefined || begins.known === undefined || begins.known !== at.known) return false;
  return begins.before === undefined || begins.before === at.before;
}

/** The same in a log whose boots count from an earlier one. */
function later(happening: Happening, boots: number): Happening {
  if (happening.what === 'unclaimed') return happening;
  if (happening.what === 'mount' || happening.what === 'suppressed') return { ...happening, boot: happening.boot + boots };
  if (happening.event !== undefined) happening.event.boot += boots;
  return happening;
}
