import type { ByteOrder } from '../../dump/bytes.ts';
import type { Dump } from '../../dump/dump.ts';
import { WORD_SIZES } from '../../memory/arch/by-segments.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { flatRecords } from '../flat.ts';
import { everyRecord } from '../lockless.ts';
import type { PrintkLog } from '../log.ts';
import { newReport } from '../report.ts';
import { carveFlat } from './flat.ts';
import { carveLockless } from './lockless.ts';
import { carveVariable } from './variable.ts';

/**
 * The log of a dump in which nothing tells where it is, by its shape: the rings of 5.10 and later, the chains of 3.5 to 5.9, the text of
 * what came before. Goes through all memory, a few times.
 * @returns undefined where nothing has the shape of a log
 */
export function carveLog(dump: Dump): PrintkLog | undefined {
  const orders: readonly ByteOrder[] = dump.byteOrder ? [dump.byteOrder] : ['little', 'big'];
  const known = dump.machine && WORD_SIZES[dump.machine];
  for (const order of orders) {
    for (const wordSize of known ? [known] : ([8, 4] as const)) {
      const ring = carveLockless(dump, order, wordSize);
      if (!ring) continue;
      const report = { ...newReport('lockless'), bufferBytes: 2 ** ring.sizeBits, capacity: 2 ** ring.countBits };
      const records = [...everyRecord(ring, report)];
      if (records.length > 0) return { ...carved(records, report), buffers: { rings: [ring] } };
    }
  }
  for (const order of orders) {
    const report = newReport('records');
    const records = carveVariable(dump, order, report);
    if (records.length > 0) return carved(records, report);
  }
  const flat = carveFlat(dump);
  return flat && { ...carved([...flatRecords(flat)], { ...newReport('flat'), bufferBytes: flat.length }), flat };
}

const carved = (records: readonly PrintkRecord[], report: PrintkLog['report']): PrintkLog => ({
  generation: report.generation,
  report,
  wrapBefore: {},
  buffers: { rings: [] },
  *records() {
    report.records = records.length;
    yield* records;
  },
});
