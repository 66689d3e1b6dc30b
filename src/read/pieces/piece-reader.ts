import { createHash } from 'node:crypto';
import { LogNotes } from '../../record/log-notes.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { TextReader } from '../../text/reader.ts';
import { stateOf } from '../../text/state.ts';
import { ClockWatch } from '../events/anchor.ts';
import { Happenings } from '../events/happenings.ts';
import { LogSpan } from '../inputs/log-span.ts';
import { CHUNK_BYTES } from '../inputs/text-source.ts';
import type { CutState, Piece, PiecedLog, PieceRead, Understood } from './piece.ts';
import type { PieceFile } from './piece-file.ts';

/** Bytes of a banner's line that are read. */
const BANNER_BYTES = 4096;

/**
 * Reads pieces of a log, from its beginning or from a cut on. At a cut it only supposes what stood before: it has read some lines, and
 * the kernel's banner. Whoever puts pieces together compares that with what the reader of the piece before knows at its end.
 */
export class PieceReader {
  readonly #text: TextReader;
  readonly #clock = new ClockWatch();
  readonly #happenings: Happenings;
  readonly #notes: LogNotes | undefined;
  #stopped: string | undefined;

  constructor(
    readonly log: PiecedLog,
    readonly file: Pick<PieceFile, 'read'>,
  ) {
    const { name, form, asOf, head, source, raw, notes } = log;
    this.#text = new TextReader({ name, form, asOf, head: Buffer.from(head) });
    this.#notes = notes ? new LogNotes() : undefined;
    this.#happenings = new Happenings({ source, raw, notes: this.#notes });
  }

  /** Reads what tells what is known where the piece begins; all that it says is another's. @throws what the system throws */
  begin({ from, warm, banner }: Piece): void {
    if (from === 0) return;
    if (banner !== undefined) {
      const line = this.file.read(banner.offset, BANNER_BYTES).toString('latin1').split('\n', 1)[0] ?? '';
      this.#text.skipTo(banner.lines);
      this.#understand(this.#text.push(Buffer.from(`${line}\n`, 'latin1')));
    }
    this.#text.skipTo(warm.lines);
    for (let at = warm.offset; at < from; at += CHUNK_BYTES)
      this.#understand(this.#text.push(this.file.read(at, Math.min(CHUNK_BYTES, from - at))));
    this.#happenings.beganLater();
    this.#forget();
  }

  /** Reads a piece, the first or the one behind the last. */
  read({ from, to = Number.POSITIVE_INFINITY }: Piece): PieceRead {
    const begins = this.#state();
    const batches: Understood[] = [];
    let isLast = false;
    for (let at = from; at < to; ) {
      const bytes = Math.min(CHUNK_BYTES, to - at);
      const chunk = this.#chunk(at, bytes);
      at += chunk.length;
      const records = this.#text.push(chunk);
      if (records.length > 0) batches.push(this.#understand(records));
      isLast = chunk.length < bytes;
      if (isLast) break;
    }
    if (isLast) batches.push(this.#end());
    return { begins, ends: this.#state(), isLast, batches, isGuess: this.#happenings.isGuess, stopped: this.#stopped, ...this.#forget() };
  }

  /** Where it cannot be read on, the file ends: what was read so far is still a log. */
  #chunk(at: number, bytes: number): Buffer {
    try {
      return this.file.read(at, bytes);
    } catch (error) {
      this.#stopped = `reading stopped: ${error instanceof Error ? error.message : String(error)}`;
      return Buffer.alloc(0);
    }
  }

  #understand(records: readonly PrintkRecord[]): Understood {
    const span = new LogSpan();
    span.see(records);
    return { span: span.facts, clock: this.#clock.see(records), happenings: this.#happenings.push(records) };
  }

  #end(): Understood {
    const last = this.#understand(this.#text.end());
    return { ...last, happenings: [...last.happenings, ...this.#happenings.end()] };
  }

  #state(): CutState {
    const text = this.#text.state();
    const { known, before, boot } = this.#happenings;
    const all = text && known && stateOf([text, known, this.#clock.known, this.#notes?.whole]);
    return {
      known: all && createHash('sha1').update(all, 'latin1').digest('hex'),
      before: before && JSON.stringify(before),
      boot,
    };
  }

  /** What was counted and noted since the last cut. */
  #forget(): Pick<PieceRead, 'counts' | 'losses' | 'notes'> {
    return { counts: this.#text.counts.take(), losses: this.#text.losses.splice(0), notes: this.#notes?.take(this.#bootAtCut()) };
  }

  #from = 0;

  /** Notes count boots from where the piece began. */
  #bootAtCut(): number {
    const from = this.#from;
    this.#from = this.#happenings.boot;
    return from;
  }
}
