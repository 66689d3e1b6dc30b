/** A thread that reads pieces of one log: an entry of its own in the bundle. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Piece, PiecedLog } from './piece.ts';
import { PieceFile } from './piece-file.ts';
import { readPiece } from './read-piece.ts';

const log: PiecedLog = workerData;
const file = new PieceFile(log);
// what it throws ends the thread: the log is read without it
parentPort?.on('message', (piece: Piece) => parentPort?.postMessage(readPiece(log, file, piece)));
