import { TimeUp } from '../../dump/open/deadline.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { dumpInfo } from './dump-info.ts';
import { type DumpLog, lossesOf, recordsInTime } from './dump-log.ts';
import type { LogInput } from './input.ts';
import { LogSpan } from './log-span.ts';
import { watched } from './watched.ts';

/** Records handed on at a time. */
const BATCH = 512;

/** The dump as the log input that events are read from: early boot messages included. */
export function dumpInput(opened: DumpLog): LogInput {
  const losses: string[] = [];
  const span = new LogSpan();
  const claims = { unclaimed: 0 };
  return {
    name: opened.name,
    form: 'vmcore',
    losses,
    claims,
    dump: { release: opened.kernel.info.release, crashTime: opened.kernel.info.crashTime },
    close: async () => opened.close(),
    machine: async (events) => {
      // symbols and types are read by nobody who does not ask for this
      const { machineOf } = await import('../machine/machine-facts.ts');
      try {
        return machineOf(opened, events);
      } catch (error) {
        if (!(error instanceof TimeUp)) throw error;
        losses.push(`its memory was not asked: ${error.loss}`);
        return undefined;
      }
    },
    info: () => ({
      ...dumpInfo(opened, span),
      ...((claims.unclaimed > 0 || opened.log.report.stopped) && {
        reading: { forms: [], unread: 0, unreadSamples: [], ...(claims.unclaimed > 0 && claims), stopped: opened.log.report.stopped },
      }),
    }),
    batches: watched(batchesOf(opened, losses), (batch) => span.see(batch)),
  };
}

async function* batchesOf(opened: DumpLog, losses: string[]): AsyncGenerator<readonly PrintkRecord[]> {
  let batch: PrintkRecord[] = [];
  for (const record of recordsInTime(opened, true)) {
    batch.push(record);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  yield batch;
  losses.push(...lossesOf(opened));
}
