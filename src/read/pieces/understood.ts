import { statSync } from 'node:fs';
import type { TextReader } from '../../text/reader.ts';
import type { LogSpan } from '../inputs/log-span.ts';
import type { PiecedLog, Understood, UnderstoodOptions } from './piece.ts';

/** A thread takes up to half a second of CPU until it runs as fast as this one, which reads so much meanwhile. */
const BYTES_A_THREAD = 16 << 20;

/** Forms of which every line is read for what it is: what is known at a cut is known a thousand lines later. */
const FORMS: readonly (string | undefined)[] = ['dmesg', 'console'];

/** What was found out of a log when it was opened. */
type Opened = Pick<PiecedLog, 'source' | 'name' | 'form' | 'asOf' | 'head'>;

/** The batches of a log, understood; undefined where no thread can help. */
export type Pieces = (options: UnderstoodOptions) => Promise<AsyncIterable<Understood> | undefined>;

/** Reads a large file in pieces, on all cores. @returns undefined where that is not worth it */
export function inPieces(opened: Opened, reader: TextReader, span: LogSpan, onStop: (why: string) => void): Pieces | undefined {
  const { source: path } = opened;
  if (!FORMS.includes(reader.form) || !reader.counts.hasKernel) return undefined;
  const { dev: device, ino: inode, size } = statSync(path);
  const most = Math.floor(size / BYTES_A_THREAD) - 1;
  if (most < 1) return undefined;
  return async (options) => {
    // threads, and with them the grammars, are loaded by who reads events of a large log
    const { helpersAtHand } = await import('./helpers.ts');
    const helpers = Math.min(helpersAtHand(), most);
    if (helpers === 0) return undefined;
    const log = { ...opened, path, device, inode, raw: options.raw === true, notes: options.notes !== undefined };
    return read(log, size, helpers, { reader, span, options, onStop });
  };
}

interface Told {
  readonly reader: TextReader;
  readonly span: LogSpan;
  readonly options: UnderstoodOptions;
  readonly onStop: (why: string) => void;
}

async function* read(log: PiecedLog, size: number, count: number, { reader, span, options, onStop }: Told): AsyncGenerator<Understood> {
  const { PieceFile } = await import('./piece-file.ts');
  const file = new PieceFile(log);
  const { Helpers } = await import('./helpers.ts');
  const helpers = new Helpers(count, log); // they start while this thread loads what it needs
  const { Plan } = await import('./plan.ts');
  const { PutTogether } = await import('./put-together.ts');
  // what was read to see what it is, is read again
  reader.counts.take();
  try {
    const pieces = new PutTogether(log, file, new Plan(file, size), helpers);
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
