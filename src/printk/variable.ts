import type { Kernel } from '../memory/kernel.ts';
import { isReadable, type VirtualMemory } from '../memory/virtual.ts';
import type { PrintkRecord } from '../record/record.ts';
import { callerName, flagsAndLevel } from './lockless.ts';
import { type LogReport, lose } from './report.ts';

/** The buffer of variable-length records of 3.5 to 5.9 (kernel/printk/printk.c struct printk_log; `struct log` before 3.11). */
export interface VariableLog {
  readonly memory: VirtualMemory;
  readonly buffer: bigint;
  readonly length: number;
  readonly first: number;
  readonly next: number;
  readonly header: number;
  readonly at: {
    readonly ts: number;
    readonly len: number;
    readonly textLen: number;
    readonly dictLen: number;
    readonly callerId: number | undefined;
  };
}

const MAX_BUFFER = 2 ** 31;

/** @returns what is wrong, in words, where the variables make no buffer */
export function readVariableLog({ info, memory }: Kernel): VariableLog | string {
  const pointer = info.symbol('log_buf');
  const buffer = pointer === undefined ? undefined : memory.word(pointer);
  const value = (name: string): number | undefined => {
    const address = info.symbol(name);
    return address === undefined ? undefined : memory.u32(address);
  };
  const length = value('log_buf_len');
  const first = value('log_first_idx');
  const next = value('log_next_idx');
  if (!buffer || length === undefined || first === undefined || next === undefined) return 'log_buf or its indices cannot be read';
  if (length < 64 || length > MAX_BUFFER || first >= length || next > length)
    return `log_buf_len is ${length}, first and next index ${first} and ${next}`;
  // renamed in 3.11; RHEL 7's 3.10 has the old name
  const offset = (field: string) => info.offset(`printk_log.${field}`) ?? info.offset(`log.${field}`);
  const header = Math.max(16, Math.min(info.size('printk_log') ?? info.size('log') ?? 16, 64));
  const textLen = offset('text_len') ?? 10;
  const callerId = offset('caller_id'); // 5.1, CONFIG_PRINTK_CALLER
  const at = {
    ts: offset('ts_nsec') ?? 0,
    len: offset('len') ?? 8,
    textLen,
    dictLen: offset('dict_len') ?? textLen + 2, // exported since ~3.14
    callerId: callerId !== undefined && callerId + 4 <= header ? callerId : undefined,
  };
  if (at.ts + 8 > header || at.len + 2 > header || textLen + 6 > header || at.dictLen + 2 > header) {
    return 'the offsets in VMCOREINFO contradict each other';
  }
  return {
    memory,
    buffer,
    length,
    first,
    next,
    header,
    at,
  };
}

interface Header {
  readonly usec: number;
  readonly len: number;
  readonly textLen: number;
  readonly dictLen: number;
  readonly facility: number;
  readonly flagsByte: number;
  readonly callerId: string | undefined;
}

function headerAt(log: VariableLog, index: number): Header | undefined {
  const { memory, at, header } = log;
  const { bytes, state } = memory.read(log.buffer + BigInt(index), header);
  if (!isReadable(state)) return undefined;
  const { reader } = memory;
  return {
    usec: Number(reader.u64(bytes, at.ts) / 1000n),
    len: reader.u16(bytes, at.len),
    textLen: reader.u16(bytes, at.textLen),
    dictLen: reader.u16(bytes, at.dictLen),
    facility: bytes[at.textLen + 4]!,
    flagsByte: bytes[at.textLen + 5]!,
    callerId: at.callerId === undefined ? undefined : callerName(reader.u32(bytes, at.callerId)),
  };
}

const fits = (log: VariableLog, index: number, h: Header): boolean =>
  h.len % 4 === 0 && h.len >= log.header + h.textLen + h.dictLen && index + h.len <= log.length;

export interface VariableRecord {
  readonly record: PrintkRecord;
  /** The buffer's wrap marker stands before this record: vmcore-dmesg prints a line for it. */
  readonly afterWrap: boolean;
}

const LOG_CONT = 8;

/** Records oldest first; sequence numbers, which such records do not carry, count from 0. */
export function* variableRecords(log: VariableLog, report: LogReport): Generator<VariableRecord> {
  const priorityWord = isPriorityWord(log);
  const { order } = log.memory.reader;
  let index = log.first;
  let seq = 0;
  let wrapped = log.next > log.first; // only a buffer whose next index is behind the first may wrap, once
  let afterWrap = false;
  let lastUsec = 0;
  while (index !== log.next) {
    if (index + log.header > log.length) {
      if (wrapped) return void report.problems.push(`the records run over the end of the buffer at index ${index}`);
      [index, wrapped] = [0, true];
      continue;
    }
    const h = headerAt(log, index);
    if (h?.len === 0 && !wrapped) {
      [index, wrapped, afterWrap] = [0, true, true];
      continue;
    }
    if (!h || !fits(log, index, h)) {
      const found = resync(log, index + 4, wrapped ? log.next : log.length, lastUsec);
      report.problems.push(
        `no record header at index ${index} of the buffer: ${found === undefined ? 'nothing after it' : `${found - index} bytes`} could not be read`,
      );
      if (found !== undefined) index = found;
      else if (wrapped) return;
      else [index, wrapped] = [0, true];
      continue;
    }
    const record = recordAt(log, index, h, seq++, order, priorityWord);
    if (record.ring?.loss === undefined) {
      yield { record, afterWrap };
      afterWrap = false;
    } else lose(report, record.seq, `the text is ${record.ring.loss}`);
    lastUsec = Math.max(lastUsec, h.usec);
    index += h.len;
    if (wrapped && index > log.next && log.next <= log.first)
      return void report.problems.push(`a record at the end runs over the next index ${log.next}`);
  }
}

function recordAt(log: VariableLog, index: number, h: Header, seq: number, order: 'little' | 'big', priorityWord: boolean): PrintkRecord {
  const { bytes, state } = log.memory.read(log.buffer + BigInt(index + log.header), h.textLen + h.dictLen);
  const { flags, level } = flagsAndLevel(h.flagsByte, order);
  const priority = order === 'little' ? h.facility | (h.flagsByte << 8) : (h.facility << 8) | h.flagsByte;
  const dict = bytes.toString('latin1', h.textLen).split('\0').filter(Boolean);
  return {
    seq,
    usec: h.usec,
    level: priorityWord ? priority & 7 : level,
    facility: priorityWord ? priority >> 3 : h.facility,
    callerId: h.callerId,
    text: bytes.toString('latin1', 0, h.textLen),
    dict: dict.length > 0 ? dict : undefined,
    continuation: !priorityWord && (flags & LOG_CONT) !== 0,
    ring: { finalized: true, loss: isReadable(state) ? undefined : 'unreadable' },
  };
}

/** Records looked at to tell 3.5.0's header from the later one. */
const SAMPLE = 256;

/**
 * 3.5.0 has one u16 `level` (facility and level) where 3.5.1 and later have facility, flags and level in bytes of their own. Later
 * kernels set LOG_NEWLINE or LOG_PREFIX on nearly every record, so a buffer in which most have no flag is of the first kind.
 */
function isPriorityWord(log: VariableLog): boolean {
  const { order } = log.memory.reader;
  let index = log.first;
  let seen = 0;
  let flagged = 0;
  for (; seen < SAMPLE && index !== log.next && index + log.header <= log.length; seen++) {
    const h = headerAt(log, index);
    if (!h || h.len === 0 || !fits(log, index, h)) break;
    if (flagsAndLevel(h.flagsByte, order).flags !== 0) flagged++;
    index += h.len;
  }
  return flagged * 2 < seen;
}

/** Seconds between two records beyond which a header found by guessing is not believed. */
const MAX_GAP_USEC = 30 * 86400e6;

/** Bytes looked through for the next header: more than any damaged page or run of them, and a bound for buffers that lie. */
const MAX_RESYNC = 1 << 20;

/** The next index at or after `from` where a header makes sense and another one, or the end, follows it. */
function resync(log: VariableLog, from: number, end: number, lastUsec: number): number | undefined {
  const plausible = (index: number): Header | undefined => {
    const h = index + log.header <= log.length ? headerAt(log, index) : undefined;
    return h && h.len > 0 && fits(log, index, h) && h.textLen > 0 && h.usec + 1e6 >= lastUsec && h.usec <= lastUsec + MAX_GAP_USEC
      ? h
      : undefined;
  };
  for (let index = from; index < Math.min(end, from + MAX_RESYNC); index += 4) {
    const h = plausible(index);
    if (!h) continue;
    const after = index + h.len;
    if (after === log.next || after + log.header > log.length || plausible(after) || headerAt(log, after)?.len === 0) return index;
  }
  return undefined;
}
