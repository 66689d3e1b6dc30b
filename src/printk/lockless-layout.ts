import type { VirtualMemory } from '../memory/virtual.ts';
import { Vmcoreinfo } from '../memory/vmcoreinfo.ts';

/** Offsets and sizes of the lockless ring's structures, bytes. */
export interface LocklessLayout {
  readonly countBits: number;
  readonly descs: number;
  readonly infos: number;
  readonly headId: number;
  readonly tailId: number;
  readonly sizeBits: number;
  readonly data: number;
  readonly fail: number;
  readonly ringSize: number;
  readonly desc: { readonly size: number; readonly state: number; readonly begin: number; readonly next: number };
  readonly info: {
    readonly size: number;
    readonly seq: number;
    readonly tsNsec: number;
    readonly textLen: number;
    /** facility u8, then flags:5/level:3 in one byte: not exported, but between text_len and caller_id there is room for nothing else. */
    readonly facility: number | undefined;
    readonly callerId: number;
    /** caller_id2 u32 and comm[16], where there is room for them between caller_id and dev_info (7.0, CONFIG_PRINTK_EXECUTION_CTX). */
    readonly context: number | undefined;
    readonly subsystem: number;
    readonly subsystemLength: number;
    readonly device: number;
    readonly deviceLength: number;
  };
}

/** One printk_ringbuffer (kernel/printk/printk_ringbuffer.c, since 5.10), its header read and checked. */
export interface LocklessRing {
  readonly memory: VirtualMemory;
  readonly layout: LocklessLayout;
  /** Why the layout may be another. */
  readonly doubt?: string | undefined;
  readonly countBits: number;
  readonly sizeBits: number;
  readonly descs: bigint;
  readonly infos: bigint;
  readonly data: bigint;
  readonly headId: bigint;
  readonly tailId: bigint;
  readonly fail: number;
}

/** All keys are exported since 5.10, the first release with this ring; defaults (formats.md 2.5) stand in for keys lost to truncation. */
export function locklessLayout(info: Vmcoreinfo, wordSize: 4 | 8): LocklessLayout {
  const wide = wordSize === 8;
  const offset = (key: string, narrow64: number, narrow32: number) => info.offset(key) ?? (wide ? narrow64 : narrow32);
  const descRing = offset('printk_ringbuffer.desc_ring', 0, 0);
  // the descriptor ring grew by a word in 5.19 (last_finalized_id)
  const textRing = offset('printk_ringbuffer.text_data_ring', 40, 20);
  const textLen = offset('printk_info.text_len', 16, 16);
  const callerId = offset('printk_info.caller_id', 20, 20);
  const devInfo = offset('printk_info.dev_info', 24, 24);
  return {
    countBits: descRing + offset('prb_desc_ring.count_bits', 0, 0),
    descs: descRing + offset('prb_desc_ring.descs', 8, 4),
    infos: descRing + offset('prb_desc_ring.infos', 16, 8),
    headId: descRing + offset('prb_desc_ring.head_id', 24, 12),
    tailId: descRing + offset('prb_desc_ring.tail_id', 32, 16),
    sizeBits: textRing + offset('prb_data_ring.size_bits', 0, 0),
    data: textRing + offset('prb_data_ring.data', 8, 4),
    fail: offset('printk_ringbuffer.fail', 72, 36),
    ringSize: Math.min(info.size('printk_ringbuffer') ?? 88, 4096),
    desc: {
      size: info.size('prb_desc') ?? 3 * wordSize,
      state: offset('prb_desc.state_var', 0, 0) + (info.offset('atomic_long_t.counter') ?? 0),
      begin: offset('prb_desc.text_blk_lpos', 8, 4) + (info.offset('prb_data_blk_lpos.begin') ?? 0),
      next: offset('prb_desc.text_blk_lpos', 8, 4) + (info.offset('prb_data_blk_lpos.next') ?? wordSize),
    },
    info: {
      size: info.size('printk_info') ?? 88,
      seq: offset('printk_info.seq', 0, 0),
      tsNsec: offset('printk_info.ts_nsec', 8, 8),
      textLen,
      facility: callerId === textLen + 4 ? textLen + 2 : undefined,
      callerId,
      context: devInfo - callerId >= 24 ? callerId + 4 : undefined,
      subsystem: devInfo + (info.offset('dev_printk_info.subsystem') ?? 0),
      subsystemLength: info.length('printk_info_subsystem') ?? 16,
      device: devInfo + (info.offset('dev_printk_info.device') ?? 16),
      deviceLength: info.length('printk_info_device') ?? 48,
    },
  };
}

/** VMCOREINFO's words for the layout that the size of a printk_info gives away; none for that of 5.10 to 6.19. */
export const usualKeys = (infoSize: number): string =>
  infoSize === 112 ? ['SIZE(printk_info)=112', 'OFFSET(printk_info.dev_info)=44'].join('\n') : '';

/**
 * The layout by VMCOREINFO. Where its words for an entry contradict each other, so that reads would leave it or take one field for another,
 * the usual one stands in, and `doubt` says so.
 * @returns undefined where the words for the ring itself do
 */
export function checkedLayout(
  info: Vmcoreinfo,
  wordSize: 4 | 8,
): { readonly layout: LocklessLayout; readonly doubt: string | undefined } | undefined {
  const told = locklessLayout(info, wordSize);
  if (!isRingSane(told, wordSize)) return undefined;
  if (isDescSane(told, wordSize) && isInfoSane(told)) return { layout: told, doubt: undefined };
  const usual = locklessLayout(new Vmcoreinfo(usualKeys(told.info.size)), wordSize);
  const layout = { ...told, desc: isDescSane(told, wordSize) ? told.desc : usual.desc, info: isInfoSane(told) ? told.info : usual.info };
  return { layout, doubt: 'offsets in VMCOREINFO contradict each other: the usual ones were taken' };
}

const isRingSane = ({ ringSize, ...ring }: LocklessLayout, wordSize: 4 | 8): boolean =>
  areFields(ringSize, wordSize, ring.descs, ring.infos, ring.headId, ring.tailId, ring.data) &&
  areFields(ringSize, 4, ring.countBits, ring.sizeBits);

const isDescSane = ({ desc }: LocklessLayout, wordSize: 4 | 8): boolean =>
  desc.size <= 1024 && areFields(desc.size, wordSize, desc.state, desc.begin, desc.next);

const isInfoSane = ({ info }: LocklessLayout): boolean =>
  info.size <= 4096 &&
  areFields(info.size, 8, info.seq, info.tsNsec) &&
  areFields(info.size, 4, info.seq, info.seq + 4, info.tsNsec, info.tsNsec + 4, info.textLen, info.callerId) &&
  info.subsystem + info.subsystemLength <= info.size &&
  info.device + info.deviceLength <= info.size;

/** Whether fields of one width lie in a structure, and none on another. */
const areFields = (size: number, width: number, ...fields: number[]): boolean =>
  fields.every((field, i) => field + width <= size && fields.every((other, j) => i === j || Math.abs(field - other) >= width));
