import type { Shape } from '../image/struct-writer.ts';
import { type Block, DataRing, FAILED_LPOS, NO_LPOS } from './lockless-data.ts';
import { callerName, callerWord, dictOf, type ExpectedRecord, LOG_CONT, LOG_NEWLINE, type PrintkCall } from './printk-call.ts';

const RESERVED = 0;
const COMMITTED = 1;
export const FINALIZED = 2;
const REUSABLE = 3;

export interface Descriptor {
  id: bigint;
  state: number;
  block: Block;
}

export interface Info {
  seq: bigint;
  tsNsec: bigint;
  textLen: number;
  facility: number;
  flags: number;
  level: number;
  caller: number;
  otherCaller: number;
  comm: string;
  subsystem: string;
  device: string;
  /** What the writer wrote, kept aside so that expectations never come out of the ring's own bytes. */
  text: Buffer;
}

export interface RingOptions {
  readonly countBits: number;
  readonly sizeBits: number;
  /** 6.19: a block may end exactly at the ring's end. */
  readonly perfectFit: boolean;
  /** First IDs: computed in 32 bits until 6.12 or later, in words by 7.2. */
  readonly wideIds: boolean;
  /** Bytes that a call reserves beyond its text: vprintk_store() asks for a NUL too; the copy to a dynamic ring does not. */
  readonly slack: number;
}

const emptyInfo = (seq: bigint): Info => ({
  seq,
  tsNsec: 0n,
  textLen: 0,
  facility: 0,
  flags: 0,
  level: 0,
  caller: 0,
  otherCaller: 0,
  comm: '',
  subsystem: '',
  device: '',
  text: Buffer.alloc(0),
});

/** One printk_ringbuffer, written to the way the kernel does it (prb_reserve, prb_commit, the pushing of both tails). */
export class LocklessRing {
  readonly count: number;
  readonly descs: Descriptor[];
  readonly infos: Info[];
  readonly data: DataRing;
  headId: bigint;
  tailId: bigint;
  fail = 0;
  readonly #idMask: bigint;

  constructor(
    readonly shape: Shape,
    readonly options: RingOptions,
  ) {
    this.count = 2 ** options.countBits;
    const idBits = BigInt(shape.wordSize * 8 - 2);
    this.#idMask = (1n << idBits) - 1n;
    const minus = -BigInt(this.count + 1);
    const first = options.wideIds ? minus & this.#idMask : BigInt.asUintN(32, minus) & this.#idMask;
    this.descs = Array.from({ length: this.count }, () => ({ id: 0n, state: RESERVED, block: { begin: 0n, next: 0n } }));
    this.infos = Array.from({ length: this.count }, () => emptyInfo(0n));
    // The two entries that the kernel initialises: the reusable descriptor that is head and tail, and the seq of the first writer.
    this.descs[this.count - 1] = { id: first, state: REUSABLE, block: { begin: FAILED_LPOS, next: FAILED_LPOS } };
    this.infos[0]!.seq = -BigInt(this.count);
    this.headId = first;
    this.tailId = first;
    this.data = new DataRing(shape, options.sizeBits, options.perfectFit, (id, begin) => this.#recycle(id, begin));
  }

  store(call: PrintkCall, tsNsec: bigint): void {
    const text = Buffer.from(call.text);
    const flags = (call.newline === false ? 0 : LOG_NEWLINE) | (call.cont ? LOG_CONT : 0);
    if (call.cont && this.#extend(text, callerWord(call.caller), flags)) return;
    const info: Omit<Info, 'seq'> = {
      tsNsec,
      textLen: text.length,
      facility: call.facility ?? 0,
      flags,
      level: call.level ?? 6,
      caller: callerWord(call.caller),
      otherCaller: call.otherCaller ?? 0,
      comm: call.comm ?? '',
      subsystem: call.subsystem ?? '',
      device: call.device ?? '',
      text,
    };
    this.add(info, text.length + this.options.slack, call.hold ? RESERVED : call.newline === false ? COMMITTED : FINALIZED);
  }

  /** prb_reserve() and prb_commit() or prb_final_commit(). */
  add(info: Omit<Info, 'seq'>, size: number, state: number): void {
    if (!this.data.fits(size)) return;
    const id = this.#reserveDescriptor();
    if (id === undefined) {
      this.fail++;
      return;
    }
    const at = this.#index(id);
    const desc = this.descs[at]!;
    const before = this.infos[at]!.seq;
    // Sequence numbers follow from the slot: a slot never used holds 0 and gets its index.
    const seq = before === 0n && at !== 0 ? BigInt(at) : before + BigInt(this.count);
    this.infos[at] = emptyInfo(seq);
    const previous = this.descs[this.#index(id - 1n)]!;
    if (seq > 0n && previous.id === this.#id(id - 1n) && previous.state === COMMITTED) previous.state = FINALIZED;
    desc.block = this.data.allocate(id, size);
    if (size > 0 && desc.block.begin === FAILED_LPOS) {
      desc.state = COMMITTED;
      return;
    }
    this.infos[at] = { ...info, seq };
    desc.state = state;
    if (size > 0) this.data.write(desc.block, 0, info.text);
  }

  /** The records that a reader must show: committed and finalized ones between tail and head. */
  visible(): ExpectedRecord[] {
    const out: ExpectedRecord[] = [];
    for (let id = this.tailId, n = 0; n < this.count; id = this.#id(id + 1n), n++) {
      const desc = this.descs[this.#index(id)]!;
      const info = this.infos[this.#index(id)]!;
      if (desc.id === id && (desc.state === COMMITTED || desc.state === FINALIZED)) out.push(expectedOf(desc, info));
      if (id === this.headId) break;
    }
    return out;
  }

  #reserveDescriptor(): bigint | undefined {
    const id = this.#id(this.headId + 1n);
    if (this.#id(id - BigInt(this.count)) === this.tailId && !this.#pushDescriptorTail()) return undefined;
    this.headId = id;
    const desc = this.descs[this.#index(id)]!;
    desc.id = id;
    desc.state = RESERVED;
    return id;
  }

  #pushDescriptorTail(): boolean {
    const desc = this.descs[this.#index(this.tailId)]!;
    if (desc.state === RESERVED || desc.state === COMMITTED) return false;
    desc.state = REUSABLE;
    if (!this.data.pushTail(desc.block.next)) return false;
    const next = this.descs[this.#index(this.tailId + 1n)]!;
    if (next.state !== FINALIZED && next.state !== REUSABLE) return false;
    this.tailId = this.#id(this.tailId + 1n);
    return true;
  }

  #recycle(id: bigint, begin: bigint): bigint | undefined {
    const desc = this.descs[this.#index(id)]!;
    if (desc.id !== id || desc.block.begin !== begin || desc.state < FINALIZED) return undefined;
    desc.state = REUSABLE;
    return desc.block.next;
  }

  /** prb_reserve_in_last(): the newest record, still open and of the same caller, gets longer. */
  #extend(text: Buffer, caller: number, flags: number): boolean {
    const desc = this.descs[this.#index(this.headId)]!;
    const info = this.infos[this.#index(this.headId)]!;
    if (desc.id !== this.headId || desc.state !== COMMITTED || info.caller !== caller || desc.block.begin === FAILED_LPOS) return false;
    const size = info.textLen + text.length + this.options.slack;
    if (!this.data.fits(size)) return false;
    if (desc.block.begin === NO_LPOS) desc.block = this.data.allocate(this.headId, size);
    else if (!this.data.grow(this.headId, desc.block, size)) return false;
    this.data.write(desc.block, info.textLen, text);
    info.textLen += text.length;
    info.text = Buffer.concat([info.text, text]);
    if (flags & LOG_NEWLINE) {
      info.flags |= LOG_NEWLINE;
      desc.state = FINALIZED;
    }
    return true;
  }

  #id(v: bigint): bigint {
    return v & this.#idMask;
  }

  #index(id: bigint): number {
    return Number(id & BigInt(this.count - 1));
  }
}

function expectedOf(desc: Descriptor, info: Info): ExpectedRecord {
  const failed = desc.block.begin === FAILED_LPOS;
  return {
    seq: Number(info.seq),
    tsNsec: info.tsNsec,
    level: info.level,
    facility: info.facility,
    text: info.text,
    callerId: callerName(info.caller),
    callerId2: (info.caller >= 0x8000_0000 ? 'T' : 'C') + info.otherCaller,
    comm: info.comm,
    dict: dictOf({ ...(info.subsystem && { subsystem: info.subsystem }), ...(info.device && { device: info.device }) }),
    continuation: (info.flags & LOG_CONT) !== 0,
    finalized: desc.state === FINALIZED,
    dataless: failed ? 'failed' : desc.block.begin === NO_LPOS ? 'empty' : undefined,
  };
}
