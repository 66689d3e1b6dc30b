// Reads built dumps with the readers of src, in memory, and puts what comes out beside what the builder says must come out.
import * as assert from 'uvu/assert';
import type { Dump, PhysicalRange } from '../../src/dump/dump.ts';
import { type OpenedFile, openDump } from '../../src/dump/open/open-dump.ts';
import { sniff } from '../../src/dump/sniff.ts';
import { findKernel, type Kernel } from '../../src/memory/kernel.ts';
import { openLog } from '../../src/printk/log.ts';
import type { LogReport } from '../../src/printk/report.ts';
import type { PrintkRecord } from '../../src/record/record.ts';
import { type FileImage, readAt, readInto } from '../builder/container/file-image.ts';
import type { ExpectedLog } from '../builder/ring/printk-call.ts';

export interface ReadLog {
  readonly kernel: Kernel;
  readonly records: readonly PrintkRecord[];
  readonly report: LogReport;
  readonly flat: Buffer | undefined;
  readonly wrapBefore: number | undefined;
}

/** Bytes asked of a file, so that a test can say how much a reader touches. */
export interface Meter {
  bytes: number;
  reads: number;
}

/** The same file, each read of it counted. */
export function metered(file: OpenedFile, meter: Meter): OpenedFile {
  const { source } = file;
  const read = (offset: number, length: number): Buffer => {
    const bytes = source.read(offset, length);
    meter.bytes += bytes.length;
    meter.reads++;
    return bytes;
  };
  return { ...file, source: { name: source.name, size: source.size, close: () => source.close(), read } };
}

export function opened(file: FileImage, meter?: Meter): OpenedFile {
  const found = sniff(readAt(file, 0, 8192));
  const whole: OpenedFile = {
    name: 'built',
    format: found?.kind === 'dump' ? found.format : undefined,
    wrappers: [],
    warnings: [],
    source: {
      name: 'built',
      size: file.size,
      close: () => {},
      read: (offset, length) => readAt(file, offset, length),
      readInto: (offset, into) => readInto(file, offset, into),
    },
  };
  return meter ? metered(whole, meter) : whole;
}

/** What a dump says it has is what can be read of it, page by page from the first on. */
export function assertPagesAgree(dump: Dump): void {
  const page = Buffer.alloc(dump.blockSize);
  const [{ start }] = dump.ranges as [PhysicalRange];
  let held = 0;
  for (let paddr = start; paddr < start + 64 * dump.blockSize; paddr += dump.blockSize) {
    const isThere = dump.readPhysical(paddr, page) === 'present';
    if (isThere) held++;
    assert.is(dump.holds(paddr), isThere, `holds(${paddr})`);
    const next = dump.nextHeld(paddr);
    if (isThere) assert.is(next, paddr, `nextHeld(${paddr})`);
    else assert.ok(next === undefined || (next > paddr && dump.holds(next)), `nextHeld(${paddr}) is ${next}`);
  }
  assert.ok(held > 0, 'no page is there');
}

/** @throws InputError where the readers do */
export async function readBuilt(files: readonly FileImage[], meter?: Meter): Promise<ReadLog> {
  return readOpened(files.map((f) => opened(f, meter)));
}

export async function readOpened(files: readonly OpenedFile[]): Promise<ReadLog> {
  const kernel = findKernel(await openDump(files), 'built');
  const log = openLog(kernel);
  const records = [...log.records(true)];
  return { kernel, records, report: log.report, flat: log.flat, wrapBefore: log.wrapBefore.seq };
}

/** The fields that both sides know, in one form. */
export interface Line {
  readonly seq: number;
  readonly usec: number | undefined;
  readonly level: number | undefined;
  readonly facility: number | undefined;
  readonly text: string;
  readonly callerId: string | undefined;
  readonly callerId2: string | undefined;
  readonly comm: string | undefined;
  readonly dict: string;
  readonly continuation: boolean;
  readonly finalized: boolean;
  readonly dataless: 'failed' | 'empty' | undefined;
}

/** Records before 5.10 carry no sequence number: readers count them from 0. */
export const expectedLines = (log: ExpectedLog, numbered = true): Line[] =>
  log.records.map((r, i) => ({
    seq: numbered ? r.seq : i,
    usec: Number(r.tsNsec / 1000n),
    level: r.level,
    facility: r.facility,
    text: r.text.toString('latin1'),
    callerId: r.callerId,
    callerId2: r.callerId2,
    comm: r.comm,
    dict: r.dict.join('|'),
    continuation: r.continuation,
    finalized: r.finalized,
    dataless: r.dataless,
  }));

export const readLines = (records: readonly PrintkRecord[]): Line[] =>
  records.map((r) => ({
    seq: r.seq,
    usec: r.usec,
    level: r.level,
    facility: r.facility,
    text: r.text,
    callerId: r.callerId,
    callerId2: r.ring?.callerId2,
    comm: r.ring?.comm,
    dict: (r.dict ?? []).join('|'),
    continuation: r.continuation ?? false,
    finalized: r.ring?.finalized ?? true,
    dataless: r.ring?.dataless ? (r.ring.loss === 'failed' ? 'failed' : 'empty') : undefined,
  }));
