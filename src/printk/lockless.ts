import type { Kernel } from '../memory/kernel.ts';
import { isReadable } from '../memory/virtual.ts';
import type { PrintkRecord } from '../record/record.ts';
import { checkedLayout, type LocklessRing } from './lockless-layout.ts';
import { type Text, textOf } from './lockless-text.ts';
import { type LogReport, lose } from './report.ts';

/** More descriptors or bytes than any kernel can be told to have (log_buf_len ends at 2 GiB). */
const MAX_COUNT_BITS = 27;
const MAX_SIZE_BITS = 31;

/** @returns what is wrong, in words, where the structure at `address` cannot be a ring */
export function readRing(kernel: Kernel, address: bigint): LocklessRing | string {
  const { memory } = kernel;
  const checked = checkedLayout(kernel.info, memory.wordSize);
  if (checked === undefined) return 'the offsets in VMCOREINFO contradict each other';
  const { layout, doubt } = checked;
  const { bytes, state } = memory.read(address, layout.ringSize);
  if (!isReadable(state)) return `its page is ${state}`;
  const ring = {
    memory,
    layout,
    doubt,
    countBits: memory.reader.u32(bytes, layout.countBits),
    sizeBits: memory.reader.u32(bytes, layout.sizeBits),
    descs: memory.wordAt(bytes, layout.descs),
    infos: memory.wordAt(bytes, layout.infos),
    data: memory.wordAt(bytes, layout.data),
    headId: memory.wordAt(bytes, layout.headId),
    tailId: memory.wordAt(bytes, layout.tailId),
    fail: layout.fail + memory.wordSize <= layout.ringSize ? Number(memory.wordAt(bytes, layout.fail)) : 0,
  };
  const { countBits, sizeBits } = ring;
  if (countBits < 1 || countBits > MAX_COUNT_BITS || sizeBits < 1 || sizeBits > MAX_SIZE_BITS) {
    return `it claims 2^${countBits} descriptors and 2^${sizeBits} bytes`;
  }
  return ring;
}

/** descriptor states, the two top bits of state_var */
export const RESERVED = 0;
export const COMMITTED = 1;
export const FINALIZED = 2;

/**
 * Descriptors, or pages of them with nothing in them, in a row that hold nothing of this ring, after which it is not believed to go
 * on: a damaged header may claim 2^27 of them. Reusable ones count as the ring's own.
 */
const MAX_FOREIGN = 1 << 16;
const FOREIGN = 'its descriptor holds another record';

/**
 * The records of a ring, oldest first. Identifiers run from tail to head; where these cannot be right, every descriptor is looked at
 * and the records are put in order by their sequence numbers.
 */
export function* locklessRecords(ring: LocklessRing, report: LogReport): Generator<PrintkRecord> {
  const count = 2 ** ring.countBits;
  const bits = BigInt(ring.memory.wordSize * 8 - 2);
  const idMask = (1n << bits) - 1n;
  const span = Number((ring.headId - ring.tailId) & idMask);
  if (span >= count) {
    report.problems.push(`head and tail of the ring lie ${span} descriptors apart, it has ${count}: all of them were looked at`);
    yield* everyRecord(ring, report);
    return;
  }
  /** The sequence number that the descriptor at hand must have: both count up together. */
  let expected: number | undefined;
  const gaps: { readonly why: string; readonly length: number }[] = [];
  let foreign = 0;
  for (let i = 0; i <= span; i++) {
    const id = (ring.tailId + BigInt(i)) & idMask;
    const found = recordOf(ring, id, report);
    if (typeof found === 'string') {
      const isOwn = found === 'reusable' || found === 'reserved';
      foreign = isOwn ? 0 : foreign + 1;
      if (foreign === MAX_FOREIGN)
        return void report.problems.push('too many descriptors in a row hold nothing of this ring: the rest was not looked at');
      const length = isOwn ? 1 : Math.min(span - i + 1, barren(ring, indexOf(ring, id)));
      i += length - 1;
      if (expected === undefined) gaps.push({ why: found, length });
      else {
        lost(report, expected, found, length);
        expected += length;
      }
      continue;
    }
    // what was passed over before the first record gets its number backwards from it
    let seq = found.seq - gaps.reduce((sum, { length }) => sum + length, 0);
    for (const { why, length } of expected === undefined ? gaps : []) {
      const before = Math.max(0, -seq); // of descriptors older than the log no record was ever made
      if (length > before) lost(report, Math.max(0, seq), why, length - before);
      seq += length;
    }
    foreign = 0;
    expected = found.seq + 1;
    if (isThere(found)) yield found;
  }
  const telling = gaps.find(({ why }) => why !== 'reusable' && why !== 'reserved');
  if (expected === undefined && telling) {
    report.problems.push(`nothing lies between tail and head of the ring (${telling.why}): all descriptors were looked at`);
    yield* everyRecord(ring, report);
  }
}

/** Of all descriptors, in the order of their numbers: where nothing tells the first and the last. */
export function* everyRecord(ring: LocklessRing, report: LogReport): Generator<PrintkRecord> {
  const found: { seq: number; id: bigint }[] = [];
  let foreign = 0;
  for (let index = 0; index < 2 ** ring.countBits && foreign < MAX_FOREIGN; index++) {
    const desc = descAt(ring, index);
    foreign++;
    if (typeof desc === 'string' || indexOf(ring, desc.id) !== index) index += barren(ring, index) - 1;
    else if (desc.state === COMMITTED || desc.state === FINALIZED) {
      const info = infoAt(ring, index);
      if (typeof info === 'string') continue;
      found.push({ seq: info.seq, id: desc.id });
      foreign = 0;
    }
  }
  found.sort((a, b) => a.seq - b.seq);
  for (const { id } of found) {
    const record = recordOf(ring, id, report);
    if (typeof record !== 'string' && isThere(record)) yield record;
  }
}

/** A record of which nothing is left but its stamp is lost, and told as such. */
const isThere = ({ text, ring }: PrintkRecord): boolean => text !== '' || ring?.loss === undefined || ring.loss === 'failed';

export const indexOf = ({ countBits }: LocklessRing, id: bigint): number => Number(id & BigInt(2 ** countBits - 1));

/**
 * How many descriptors from this one on stand in a page that is not in the dump or holds nothing but zeros, so that they need no look
 * one by one; 1 where the page holds something.
 */
function barren({ memory, layout, descs, countBits }: LocklessRing, index: number): number {
  const { size } = layout.desc;
  const at = descs + BigInt(index) * BigInt(size);
  const left = memory.pageSize - Number(at % BigInt(memory.pageSize));
  const { bytes, state } = memory.read(at, left);
  if (state === 'present' && !isZero(bytes)) return 1;
  return Math.max(1, Math.min(Math.floor(left / size), 2 ** countBits - index));
}

const isZero = (bytes: Buffer): boolean => bytes[0] === 0 && bytes.subarray(1).equals(bytes.subarray(0, -1));

/** A reusable descriptor is no damage: room was made for newer text, or (at the tail) the ring never wrapped. */
function lost(report: LogReport, seq: number, why: string, count: number): void {
  if (why === 'reserved') report.inFlight += count;
  else if (why !== 'reusable') lose(report, seq, why, count);
}

/** The record of a descriptor, or why there is none. */
function recordOf(ring: LocklessRing, id: bigint, report: LogReport): PrintkRecord | string {
  const index = indexOf(ring, id);
  const desc = descAt(ring, index);
  if (typeof desc === 'string') return desc;
  if (desc.id !== id) return FOREIGN;
  if (desc.state === RESERVED) return 'reserved';
  if (desc.state !== COMMITTED && desc.state !== FINALIZED) return 'reusable';
  const info = infoAt(ring, index);
  if (typeof info === 'string') {
    report.invalid++;
    return info;
  }
  const { text, loss, dataless } = reported(report, info.seq, textOf(ring, id, desc.begin, desc.next, info.textLen));
  return {
    seq: info.seq,
    usec: info.usec,
    level: info.level,
    facility: info.facility,
    callerId: info.callerId,
    text,
    dict: info.dict,
    continuation: info.continuation,
    ring: { finalized: desc.state === FINALIZED, dataless, loss, comm: info.comm, callerId2: info.callerId2 },
  };
}

/** A text that should be there and is not is a loss; one that the kernel itself could not store is not ours. */
function reported(report: LogReport, seq: number, text: Text): Text {
  if (text.loss !== undefined && text.loss !== 'failed')
    lose(report, seq, `${text.text === '' ? 'the text' : 'the rest of the text'} is ${text.loss}`);
  return text;
}

interface Descriptor {
  readonly id: bigint;
  readonly state: number;
  readonly begin: bigint;
  readonly next: bigint;
}

export function descAt({ memory, layout, descs }: LocklessRing, index: number): Descriptor | string {
  const { bytes, state } = memory.read(descs + BigInt(index) * BigInt(layout.desc.size), layout.desc.size);
  if (!isReadable(state)) return `the page of its descriptor is ${state}`;
  const bits = BigInt(memory.wordSize * 8 - 2);
  const word = memory.wordAt(bytes, layout.desc.state);
  return {
    id: word & ((1n << bits) - 1n),
    state: Number(word >> bits),
    begin: memory.wordAt(bytes, layout.desc.begin),
    next: memory.wordAt(bytes, layout.desc.next),
  };
}

/** flags of printk_info (include/linux/printk_ringbuffer.h LOG_CONT). */
const LOG_CONT = 8;

export function infoAt({ memory, layout, infos, countBits }: LocklessRing, index: number) {
  const at = layout.info;
  const { bytes, state } = memory.read(infos + BigInt(index) * BigInt(at.size), at.size);
  if (!isReadable(state)) return `the page of its printk_info is ${state}`;
  const { reader } = memory;
  const seq = reader.size(bytes, at.seq);
  // descriptor and sequence number start together and advance together, so they agree modulo the number of descriptors
  if (!Number.isFinite(seq) || seq % 2 ** countBits !== index)
    return state === 'excluded' ? 'the page of its printk_info is excluded' : 'its printk_info is damaged';
  const flags = at.facility === undefined ? undefined : flagsAndLevel(bytes[at.facility + 1]!, reader.order);
  return {
    seq,
    usec: Number(reader.u64(bytes, at.tsNsec) / 1000n),
    textLen: reader.u16(bytes, at.textLen),
    facility: at.facility === undefined ? undefined : bytes[at.facility]!,
    level: flags?.level,
    continuation: flags === undefined ? undefined : (flags.flags & LOG_CONT) !== 0,
    callerId: callerName(reader.u32(bytes, at.callerId)),
    callerId2: at.context === undefined ? undefined : callerName(reader.u32(bytes, at.context)),
    comm: at.context === undefined ? undefined : untilNul(bytes, at.context + 4, 16),
    dict: dictOf(untilNul(bytes, at.subsystem, at.subsystemLength), untilNul(bytes, at.device, at.deviceLength)),
  };
}

/** Bit fields are laid out from the low bit on little-endian machines, from the high bit on big-endian ones. */
export const flagsAndLevel = (byte: number, order: 'little' | 'big'): { flags: number; level: number } =>
  order === 'little' ? { flags: byte & 31, level: byte >> 5 } : { flags: byte >> 3, level: byte & 7 };

/** Bit 31 marks a CPU, else it is a thread. Filled since 5.10, also without CONFIG_PRINTK_CALLER. */
export const callerName = (id: number): string => (id >= 0x80000000 ? `C${id - 0x80000000}` : `T${id}`);

function dictOf(subsystem: string, device: string): string[] | undefined {
  const dict = [...(subsystem ? [`SUBSYSTEM=${subsystem}`] : []), ...(device ? [`DEVICE=${device}`] : [])];
  return dict.length > 0 ? dict : undefined;
}

const untilNul = (b: Buffer, at: number, length: number): string => {
  const end = b.indexOf(0, at);
  return b.toString('latin1', at, end < 0 || end > at + length ? at + length : end);
};
