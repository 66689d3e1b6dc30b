import type { Piece, PiecedLog, PieceRead } from './piece.ts';
import type { PieceFile } from './piece-file.ts';
import { PieceReader } from './piece-reader.ts';

/** Reads a piece by itself, by what is supposed to be known where it begins. @throws what the system throws */
export function readPiece(log: PiecedLog, file: Pick<PieceFile, 'read'>, piece: Piece): PieceRead {
  const reader = new PieceReader(log, file);
  reader.begin(piece);
  return reader.read(piece);
}
