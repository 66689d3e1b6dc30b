import type { LogNotes, PieceNotes } from '../../record/log-notes.ts';
import type { TextForm } from '../../text/forms.ts';
import type { PieceCounts } from '../../text/reading.ts';
import type { ClockSaid } from '../events/anchor.ts';
import type { Happening } from '../events/happenings.ts';
import type { Span } from '../inputs/log-span.ts';

/** A log that is read piece by piece. Plain data: a thread opens the file itself. */
export interface PiecedLog {
  /** The FILE as given: `source` of its events. */
  readonly source: string;
  /** The file, and which one it was when it was looked at: another may take its name. */
  readonly path: string;
  readonly device: number;
  readonly inode: number;
  /** What a reader of its text is told. */
  readonly name: string;
  readonly form: TextForm | undefined;
  readonly asOf: number;
  readonly head: Uint8Array;
  readonly raw: boolean;
  readonly notes: boolean;
}

/** A line of the file: where it begins, and how many lines stand before it. */
export interface LineStart {
  readonly offset: number;
  readonly lines: number;
}

/** A piece of the file, from one offset to another; cuts need not be at the ends of lines. */
export interface Piece {
  readonly index: number;
  readonly from: number;
  /** Absent: to the end. */
  readonly to?: number | undefined;
  /** Lines before it that are read first, and the kernel's banner before those: what is known where the piece begins. */
  readonly warm: LineStart;
  readonly banner?: LineStart | undefined;
}

/** What a reader knows at a cut: two that know the same read what follows alike. */
export interface CutState {
  /** A hash; absent where it cannot be told. */
  readonly known: string | undefined;
  /** The event before; absent where none was seen, and there may be one. */
  readonly before: string | undefined;
  /** Boots so far. */
  readonly boot: number;
}

/** What is made of a batch of records, the same batch as one thread reads. */
export interface Understood {
  readonly span: Span;
  readonly clock: ClockSaid;
  readonly happenings: readonly Happening[];
}

/** A piece that was read. */
export interface PieceRead {
  readonly begins: CutState;
  readonly ends: CutState;
  /** It holds what may be wrong whatever was known at its beginning. */
  readonly isGuess: boolean;
  /** The file ended, or could not be read on. */
  readonly isLast: boolean;
  readonly batches: readonly Understood[];
  readonly counts: PieceCounts;
  readonly losses: readonly string[];
  /** Why it could not be read on. */
  readonly stopped: string | undefined;
  readonly notes: PieceNotes | undefined;
}

/** What who reads events wants of them. */
export interface UnderstoodOptions {
  readonly raw?: boolean | undefined;
  readonly notes?: LogNotes | undefined;
}
