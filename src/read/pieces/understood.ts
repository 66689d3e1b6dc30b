import { statSync } from 'node:fs';
import type { TextReader } from '../../text/reader.ts';
import type { LogSpan } from '../inputs/log-span.ts';
import { Helpers, helpersAtHand } from './helpers.ts';
import type { PiecedLog, Understood, UnderstoodOptions } from './piece.ts';
import { PieceFile } from './piece-file.ts';
import { Plan } from './plan.ts';
import { PutTogether } from './put-together.ts';

/** A thread takes up to half a second of CPU until it runs as fast as this one, which reads so much meanwhile. */
const BYTES_A_THREAD = 16 << 20;

/** Forms of which every line is read for what it is: what is known at a cut is known a thousand lines later. */
const FORMS: readonly (string | undefined)[] = ['dmesg', 'console'];

/** What was found out of a log when it was opened. */
export type Opened = Pick<PiecedLog, 'source' | 'name' | 'form' | 'asOf' | 'head'>;

/** Reads a large file in pieces, on all cores. @returns undefined where it is not worth it, or cannot be done */
export function inPieces(opened: Opened, reader: TextReader, span: LogSpan, onStop: (why: string) => void): Pieces | undefined {
  const { source: path } = opened;
  if (!FORMS.includes(reader.form) || !reader.counts.hasKernel) return undefined;
  const { dev: device, ino: inode, size } = statSync(path);
  const helpers = size < 2 * BYTES_A_THREAD ? 0 : Math.min(helpersAtHand(), Math.floor(size / BYTES_A_THREAD) - 1);
  if (helpers === 0) return undefined;
  return (options) => read({ ...opened, path, device, inode, ...wanted(options) }, size, helpers, { reader, span, options, onStop });
}

/** The batches of a log, understood. */
export type Pieces = (options: UnderstoodOptions) => AsyncIterable<Understood>;

const wanted = ({ raw, notes }: UnderstoodOptions) => ({ raw: raw === true, notes: notes !== undefined });

interface Told {
  readonly reader: TextReader;
  readonly span: LogSpan;
  readonly options: UnderstoodOptions;
  readonly onStop: (why: string) => void;
}

async function* read(log: PiecedLog, size: number, helpers: number, { reader, span, options, onStop }: Told): AsyncGenerator<Understood> {
  const file = new PieceFile(log);
  // what was read to see what it is, is read again
  reader.counts.take();
  try {
    const pieces = new PutTogether(log, file, new Plan(file, size), new Helpers(helpers, log));
    const batches = pieces.batches(({ counts, losses, stopped, notes }, firstBoot) => {
      reader.counts.add(counts);
      reader.losses.push(...losses);
      if (stopped !== undefined) onStop(stopped);
      if (notes !== undefined) options.notes?.add(notes, firstBoot);
    });
    for await (const batch of batches) {
      span.add(batch.span);
      yield batch;
    }
  } finally {
    file.close();
  }
}
