import type { PrintkRecord } from '../record/record.ts';
import { locklessRecords } from './lockless.ts';
import type { LocklessRing } from './lockless-layout.ts';
import { newReport } from './report.ts';

export interface EarlyRecords {
  /** Numbered as the ring in use numbers them. */
  readonly records: readonly PrintkRecord[];
  /** Older ones that even the static ring had overwritten; the ring in use has no numbers for them. */
  readonly overwritten: number;
}

/**
 * What the static ring of early boot holds from before record `before` of the ring in use. setup_log_buf() wrote every record that
 * could be read anew into the larger ring, which counts from 0: numbers differ by what the static ring had lost by then, and by the
 * records that never had room for their text.
 */
export function earlyRecords(still: LocklessRing, before: number): EarlyRecords {
  // its damage is not the log's damage: whatever can be proven is a gain
  const report = newReport('lockless');
  const records: PrintkRecord[] = [];
  let skipped: number | undefined;
  let overwritten = 0;
  for (const record of locklessRecords(still, report)) {
    if (skipped === undefined) {
      overwritten = Math.min(record.seq, report.lost[0]?.first ?? record.seq);
      skipped = overwritten;
    }
    const seq = record.seq - skipped;
    if (seq >= before || record.ring?.finalized === false) break; // one that is still open is not read, nor what follows it
    if (record.ring?.loss === 'failed') skipped++;
    else records.push({ ...record, seq });
  }
  return { records, overwritten };
}
