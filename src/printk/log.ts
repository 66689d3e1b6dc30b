import type { Kernel } from '../memory/kernel.ts';
import { type LogGeneration, logGeneration } from '../memory/vmcoreinfo.ts';
import type { PrintkRecord } from '../record/record.ts';
import { flatRecords, readFlatLog } from './flat.ts';
import { locklessRecords, readRing } from './lockless.ts';
import { earlyRecords } from './lockless-early.ts';
import type { LocklessRing } from './lockless-layout.ts';
import { type LogReport, newReport } from './report.ts';
import { readVariableLog, type VariableLog, variableRecords } from './variable.ts';

/** The kernel log of a dump. */
export interface PrintkLog {
  readonly generation: LogGeneration;
  /**
   * Records oldest first, read as they are drawn; once.
   * @param early also the first boot messages that only the static ring still holds (peers never show them)
   */
  records(early: boolean): Generator<PrintkRecord>;
  /** Complete when records have been drawn. */
  readonly report: LogReport;
  /** The bytes of a character log (up to 3.4), which have no records. */
  readonly flat?: Buffer | undefined;
  /** Sequence number of the record that follows the wrap marker of a 3.5–5.9 buffer; known once it was drawn. */
  readonly wrapBefore: { seq?: number };
  /** Where its records lie, the static ring of early boot first. */
  readonly buffers: LogBuffers;
}

interface LogBuffers {
  readonly rings: readonly LocklessRing[];
  readonly variable?: VariableLog | undefined;
}

/** Opens the log with the reader that the keys of VMCOREINFO call for. Problems are in the report, never thrown. */
export function openLog(kernel: Kernel): PrintkLog {
  const generation = logGeneration(kernel.info) ?? 'lockless';
  const report = newReport(generation);
  switch (generation) {
    case 'lockless':
      return locklessLog(kernel, report);
    case 'records':
      return variableLog(kernel, report);
    case 'flat':
      return flatLog(kernel, report);
  }
}

/** Reads all arrays of the rings, used or not, as peers do: a trimmed dump must hold them whole. */
export function readWholeRings(kernel: Kernel): void {
  if (logGeneration(kernel.info) !== 'lockless') return;
  const { main, still } = findRings(kernel, newReport('lockless'));
  for (const ring of [main, still]) {
    if (!ring) continue;
    const count = 2 ** ring.countBits;
    for (const [start, length] of [
      [ring.descs, count * ring.layout.desc.size],
      [ring.infos, count * ring.layout.info.size],
      [ring.data, 2 ** ring.sizeBits],
    ] as const) {
      for (let done = 0; done < length; done += kernel.memory.pageSize) kernel.memory.read(start + BigInt(done), 1);
      kernel.memory.read(start + BigInt(length - 1), 1);
    }
  }
}

function locklessLog(kernel: Kernel, report: LogReport): PrintkLog {
  const { main, still } = findRings(kernel, report);
  if (main) {
    report.bufferBytes = 2 ** main.sizeBits;
    report.capacity = 2 ** main.countBits;
    report.dropped = main.fail;
  }
  return {
    generation: 'lockless',
    report,
    wrapBefore: {},
    buffers: { rings: [still, main].filter((ring) => ring !== undefined) },
    *records(early) {
      if (!main) return;
      const records = counted(locklessRecords(main, report), report);
      const first = records.next();
      const start = first.done ? 0 : first.value.seq;
      const before = still && start > 0 ? earlyRecords(still, start) : undefined;
      report.early = before?.records.length ?? 0;
      report.overwritten = start - report.early + (before?.overwritten ?? 0);
      if (early && before) yield* before.records;
      if (!first.done) yield first.value;
      yield* records;
    },
  };
}

/**
 * The ring in use, and the static one where that is another: with log_buf_len= or many CPUs the kernel moves to a larger ring at
 * boot and leaves the static one as it was, first messages included.
 */
function findRings(kernel: Kernel, report: LogReport): { main: LocklessRing | undefined; still: LocklessRing | undefined } {
  const { info, memory } = kernel;
  const pointer = info.symbol('prb')!;
  const address = memory.word(pointer);
  const staticAddress = info.symbol('printk_rb_static');
  const main = address === undefined ? 'the page of the variable prb is not in the dump' : readRing(kernel, address);
  const still = staticAddress !== undefined && staticAddress !== address ? readRing(kernel, staticAddress) : undefined;
  const usable = typeof still === 'object' ? still : undefined;
  if (typeof main === 'object') {
    if (main.doubt !== undefined) report.problems.push(main.doubt);
    return { main, still: usable };
  }
  report.problems.push(`the printk ring (prb) cannot be read: ${main}${usable ? '; the static ring of early boot was read instead' : ''}`);
  return { main: usable, still: undefined };
}

function variableLog(kernel: Kernel, report: LogReport): PrintkLog {
  const log = readVariableLog(kernel);
  if (typeof log === 'string') report.problems.push(`the log buffer cannot be read: ${log}`);
  else report.bufferBytes = log.length;
  const wrapBefore: { seq?: number } = {};
  return {
    generation: 'records',
    report,
    wrapBefore,
    buffers: { rings: [], variable: typeof log === 'string' ? undefined : log },
    *records() {
      if (typeof log === 'string') return;
      for (const { record, afterWrap } of variableRecords(log, report)) {
        if (afterWrap) wrapBefore.seq = record.seq;
        report.records++;
        yield record;
      }
    },
  };
}

function flatLog(kernel: Kernel, report: LogReport): PrintkLog {
  const log = readFlatLog(kernel, report);
  if (typeof log === 'string') report.problems.push(`the log buffer cannot be read: ${log}`);
  return {
    generation: 'flat',
    report,
    wrapBefore: {},
    buffers: { rings: [] },
    flat: typeof log === 'string' ? Buffer.alloc(0) : log,
    *records() {
      if (typeof log !== 'string') yield* counted(flatRecords(log), report);
    },
  };
}

function* counted(records: Iterable<PrintkRecord>, report: LogReport): Generator<PrintkRecord> {
  for (const record of records) {
    report.records++;
    yield record;
  }
}
