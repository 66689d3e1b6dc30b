import { alignUp, StructWriter } from '../image/struct-writer.ts';
import { hex, since } from '../machine/machine.ts';
import { callerName, callerWord, dictOf, type ExpectedRecord, LOG_CONT, LOG_NEWLINE, lostRuns, type PrintkCall } from './printk-call.ts';
import type { BuiltRing, RingSite } from './ring.ts';

/** Kernels 3.5 to 5.9: records of varying length, one after the other, a header of zeros where the writer went back to the start. */
export interface VariableOptions {
  readonly kind: 'variable';
  readonly calls: readonly PrintkCall[];
  readonly size?: number;
  /** CONFIG_PRINTK_CALLER, from 5.1. */
  readonly callerId?: boolean;
  /** CONFIG_HAVE_EFFICIENT_UNALIGNED_ACCESS: records aligned to 4, else to the structure's own alignment. Default: the machine's. */
  readonly align?: 4 | 8;
}

interface Stored {
  readonly at: number;
  readonly length: number;
  readonly record: ExpectedRecord;
}

export function buildVariable(site: RingSite, options: VariableOptions): BuiltRing {
  const { shape, release } = site;
  const size = options.size ?? 4096;
  const callerId = options.callerId ?? false;
  const align = options.align ?? 4;
  const header = alignUp(callerId ? 20 : 16, align);
  const bytes = Buffer.alloc(size);
  const live: Stored[] = [];
  let next = 0;
  let first = 0;
  let ts = 0n;
  let seq = 0;

  for (const call of options.calls) {
    ts = call.tsNsec ?? ts + 1_000_000n;
    const text = Buffer.from(call.text);
    const dict = Buffer.from(dictOf(call).join('\0'), 'latin1');
    const length = alignUp(header + text.length + dict.length, align);
    // logbuf_has_space(): room for the record and for one more header that may have to mark the wrap.
    const free = () => (live.length === 0 || next > first ? Math.max(size - next, first) : first - next);
    while (live.length > 0 && !enough(free(), length + header, release)) {
      const gone = live.shift()!;
      // Not the next record's index: after the last record before a wrap it is the marker's.
      first = gone.at + gone.length;
    }
    if (next + length + header > size) {
      bytes.fill(0, next, Math.min(next + header, size));
      next = 0;
    }
    const flags = (call.newline === false ? 0 : LOG_NEWLINE) | (call.cont ? LOG_CONT : 0);
    const level = call.level ?? 6;
    const facility = call.facility ?? 0;
    const s = new StructWriter(shape, header);
    s.u64(0, ts).u16(8, length).u16(10, text.length).u16(12, dict.length);
    if (!since(release, 3, 6)) s.u16(14, (facility << 3) | level);
    else s.u8(14, facility).u8(15, shape.order === 'little' ? flags | (level << 5) : (flags << 3) | level);
    if (callerId) s.u32(16, callerWord(call.caller));
    bytes.fill(0, next, next + length);
    s.bytes.copy(bytes, next);
    text.copy(bytes, next + header);
    dict.copy(bytes, next + header + text.length);
    const plain = !since(release, 3, 6);
    live.push({
      at: next,
      length,
      record: {
        seq: seq++,
        tsNsec: ts,
        level,
        facility,
        text,
        callerId: callerId ? callerName(callerWord(call.caller)) : undefined,
        dict: dictOf(call),
        continuation: !plain && (flags & LOG_CONT) !== 0,
        finalized: true,
      },
    });
    next += length;
  }
  const records = live.map((l) => l.record);
  return {
    ...writeRing(site, { bytes, first, next, header, callerId }),
    expected: { records, lost: lostRuns(records.map((r) => r.seq)), fail: 0, wrapBefore: wrap(live, first) },
  };
}

/** The first record that lies below the one before it, or below where the walk starts. */
function wrap(live: readonly Stored[], first: number): number | undefined {
  let before = first;
  for (const [i, { at }] of live.entries()) {
    if (at < before) return i;
    before = at;
  }
  return undefined;
}

/** 3.5 and 3.6 asked for one byte more than they needed. */
const enough = (free: number, needed: number, release: string): boolean => (since(release, 3, 7) ? free >= needed : free > needed);

function writeRing(
  site: RingSite,
  r: { readonly bytes: Buffer; readonly first: number; readonly next: number; readonly header: number; readonly callerId: boolean },
): Pick<BuiltRing, 'vmcoreinfo' | 'places'> {
  const { shape, release } = site;
  const buffer = site.buffers.allocate(r.bytes.length, 64);
  site.write(buffer, r.bytes);
  const variable = (value: bigint | number, wide = false): bigint => {
    const at = site.image.allocate(8);
    const s = new StructWriter(shape, 8);
    site.write(at, (wide ? s.word(0, value) : s.u32(0, Number(value))).bytes);
    return at;
  };
  const places = {
    logBuf: buffer,
    logBufPointer: variable(buffer, true),
    logBufLen: variable(r.bytes.length),
    firstIdx: variable(r.first),
    nextIdx: variable(r.next),
    clearIdx: variable(r.first),
  };
  // The structure was called `log` before 3.11.
  const name = since(release, 3, 11) ? 'printk_log' : 'log';
  return {
    places,
    vmcoreinfo: [
      `SYMBOL(log_buf)=${hex(places.logBufPointer)}`,
      `SYMBOL(log_buf_len)=${hex(places.logBufLen)}`,
      `SYMBOL(log_first_idx)=${hex(places.firstIdx)}`,
      ...(since(release, 4, 8) ? [`SYMBOL(clear_idx)=${hex(places.clearIdx)}`] : []),
      `SYMBOL(log_next_idx)=${hex(places.nextIdx)}`,
      `SIZE(${name})=${r.header}`,
      `OFFSET(${name}.ts_nsec)=0`,
      `OFFSET(${name}.len)=8`,
      `OFFSET(${name}.text_len)=10`,
      ...(since(release, 3, 14) ? [`OFFSET(${name}.dict_len)=12`] : []),
      ...(r.callerId ? [`OFFSET(${name}.caller_id)=16`] : []),
    ],
  };
}
