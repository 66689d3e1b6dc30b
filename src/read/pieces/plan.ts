import type { LineStart, Piece } from './piece.ts';
import type { PieceFile } from './piece-file.ts';

/** Bytes of a piece: a multiple of what is read at once, so that the batches are those of one thread. */
const PIECE_BYTES = 4 << 20;
/** Bytes before a piece that are read for what is known where it begins: the last thousand lines, and most reports that are open there. */
const WARM_BYTES = 192 << 10;
const BLOCK_BYTES = 1 << 18;
const BANNER = Buffer.from('Linux version ');
const LF = 10;

/** Cuts a file into pieces. Looks no further than it is asked: lines are counted, and the kernel's banners found. */
export class Plan {
  #at = 0;
  #lines = 0;
  #banner: LineStart | undefined;

  constructor(
    readonly file: Pick<PieceFile, 'read'>,
    readonly size: number,
    readonly pieceBytes = PIECE_BYTES,
    readonly warmBytes = WARM_BYTES,
  ) {}

  get pieces(): number {
    return Math.max(1, Math.ceil(this.size / this.pieceBytes));
  }

  /** Pieces are asked for in their order. */
  piece(index: number): Piece {
    const from = index * this.pieceBytes;
    const to = index === this.pieces - 1 ? undefined : from + this.pieceBytes;
    if (index === 0) return { index, from, to, warm: { offset: 0, lines: 0 } };
    this.#lookTo(Math.max(this.#at, from - this.warmBytes));
    const warm = this.#nextLine(from);
    const { offset, lines } = warm;
    [this.#at, this.#lines] = [offset, lines];
    return { index, from, to, warm, banner: this.#banner };
  }

  #lookTo(end: number): void {
    while (this.#at < end) {
      const block = this.file.read(this.#at, Math.min(BLOCK_BYTES, end - this.#at));
      if (block.length === 0) return;
      let counted = 0;
      for (let hit = block.indexOf(BANNER); hit >= 0; hit = block.indexOf(BANNER, hit + BANNER.length)) {
        const start = block.lastIndexOf(LF, hit) + 1;
        if (start === 0 && this.#at > 0) continue; // its line began in the block before: the guess may be wrong, and is found to be
        this.#lines += linesIn(block, counted, start);
        counted = Math.max(counted, start);
        this.#banner = { offset: this.#at + start, lines: this.#lines };
      }
      this.#lines += linesIn(block, counted, block.length);
      this.#at += block.length;
    }
  }

  /** The first line that begins behind what was looked at, not beyond an offset. */
  #nextLine(limit: number): LineStart {
    let at = this.#at;
    while (at < limit) {
      const block = this.file.read(at, Math.min(BLOCK_BYTES, limit - at));
      if (block.length === 0) break;
      const lf = block.indexOf(LF);
      if (lf >= 0) return { offset: at + lf + 1, lines: this.#lines + 1 };
      at += block.length;
    }
    return { offset: this.#at, lines: this.#lines };
  }
}

function linesIn(block: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let i = from; i < to; i++) if (block[i] === LF) lines++;
  return lines;
}
