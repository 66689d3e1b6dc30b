import { InputError } from '../../dump/source.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { LineCounts } from '../../text/reading.ts';
import { textKind } from './looks-like.ts';

type Batches = AsyncGenerator<readonly PrintkRecord[]>;

/** Records that are read before a text in which no kernel has spoken is given on all the same. */
const PATIENCE = 20_000;

interface Judged {
  readonly name: string;
  /** Its first bytes. */
  readonly head: Buffer;
  readonly counts: LineCounts;
  /** Why reading ended before its end, where it did: of the rest nothing is claimed. */
  readonly stopped: () => string | undefined;
}

/**
 * Reads on until a line of a kernel has come, and gives all of it out. A text without one is no log, and nothing that it says is believed.
 * @throws InputError where the text ends without one: here, or, of a long text, at its end
 */
export async function judge(batches: Batches, text: Judged): Promise<AsyncIterable<readonly PrintkRecord[]>> {
  const read: (readonly PrintkRecord[])[] = [];
  let records = 0;
  for (;;) {
    const { done, value } = await batches.next();
    if (done) {
      if (!(await isLog(read, text))) throw noLog(text);
      break;
    }
    read.push(value);
    records += value.length;
    // an empty batch is a pause: what came is wanted now
    if (text.counts.kernel > 0 || value.length === 0 || records > PATIENCE) break;
  }
  return all(read, batches, text);
}

async function* all(read: readonly (readonly PrintkRecord[])[], rest: Batches, text: Judged): Batches {
  try {
    yield* read;
    yield* rest;
    if (text.counts.kernel === 0 && !(await isLog(read, text))) throw noLog(text);
  } finally {
    await rest.return(undefined);
  }
}

/** A kernel's line was read; or most lines look like a kernel's, and one of them begins a report. */
async function isLog(read: readonly (readonly PrintkRecord[])[], { name, counts }: Judged): Promise<boolean> {
  if (counts.kernel > 0) return true;
  if (counts.likely === 0 || counts.likely < counts.unlike + counts.text) return false;
  const { EventPipeline } = await import('../events/pipeline.ts');
  const pipeline = new EventPipeline({ source: name });
  return read.some((batch) => pipeline.push(batch).length > 0) || pipeline.end().length > 0;
}

function noLog({ name, head, counts, stopped }: Judged): InputError {
  const kind = textKind(head.toString('latin1'), counts.likeness);
  const { lines } = counts;
  const whole = lines === 0 ? kind : `${kind}, ${lines} ${lines === 1 ? 'line' : 'lines'}, none of them a kernel's`;
  const why = stopped();
  const found = why === undefined ? whole : `${whole}; ${why}`;
  const hint = lines === 0 ? undefined : 'if it is a log, --input says in which form: --input dmesg, console, syslog…';
  return new InputError({ file: name, sought: 'a dump or a kernel log', found, hint });
}
