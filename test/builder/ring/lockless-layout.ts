import { alignUp, type Shape } from '../image/struct-writer.ts';

/** Kernels between which the ring's structures differ. */
export type LocklessEra = '5.10' | '5.12' | '5.19' | '7.0';

export interface LocklessLayout {
  readonly descRingSize: number;
  readonly textDataRing: number;
  readonly dataRingSize: number;
  readonly fail: number;
  readonly ringSize: number;
  readonly descSize: number;
  readonly infoSize: number;
  readonly callerId2: number | undefined;
  readonly devInfo: number;
  /** Undefined where clear_seq is a plain u64. */
  readonly latchedVal: number | undefined;
  readonly latchedSize: number;
}

export function locklessLayout(shape: Shape, era: LocklessEra): LocklessLayout {
  const w = shape.wordSize;
  // last_finalized_id came in 5.19 (last_finalized_seq from 6.9, the same size).
  const descRingSize = w * (era === '5.10' || era === '5.12' ? 5 : 6);
  const dataRingSize = w * 4;
  const context = era === '7.0';
  const devInfo = context ? 44 : 24;
  const latchedVal = era === '5.10' ? undefined : shape.u64Align;
  return {
    descRingSize,
    textDataRing: descRingSize,
    dataRingSize,
    fail: descRingSize + dataRingSize,
    ringSize: descRingSize + dataRingSize + w,
    descSize: w * 3,
    infoSize: alignUp(devInfo + 64, shape.u64Align),
    callerId2: context ? 24 : undefined,
    devInfo,
    latchedVal,
    latchedSize: latchedVal === undefined ? 8 : latchedVal + 16,
  };
}

/** The lines that log_buf_vmcoreinfo_setup() writes. */
export function locklessLines(shape: Shape, l: LocklessLayout): string[] {
  const w = shape.wordSize;
  return [
    `SIZE(printk_ringbuffer)=${l.ringSize}`,
    'OFFSET(printk_ringbuffer.desc_ring)=0',
    `OFFSET(printk_ringbuffer.text_data_ring)=${l.textDataRing}`,
    `OFFSET(printk_ringbuffer.fail)=${l.fail}`,
    `SIZE(prb_desc_ring)=${l.descRingSize}`,
    'OFFSET(prb_desc_ring.count_bits)=0',
    `OFFSET(prb_desc_ring.descs)=${w}`,
    `OFFSET(prb_desc_ring.infos)=${2 * w}`,
    `OFFSET(prb_desc_ring.head_id)=${3 * w}`,
    `OFFSET(prb_desc_ring.tail_id)=${4 * w}`,
    `SIZE(prb_desc)=${l.descSize}`,
    'OFFSET(prb_desc.state_var)=0',
    `OFFSET(prb_desc.text_blk_lpos)=${w}`,
    `SIZE(prb_data_blk_lpos)=${2 * w}`,
    'OFFSET(prb_data_blk_lpos.begin)=0',
    `OFFSET(prb_data_blk_lpos.next)=${w}`,
    `SIZE(printk_info)=${l.infoSize}`,
    'OFFSET(printk_info.seq)=0',
    'OFFSET(printk_info.ts_nsec)=8',
    'OFFSET(printk_info.text_len)=16',
    'OFFSET(printk_info.caller_id)=20',
    `OFFSET(printk_info.dev_info)=${l.devInfo}`,
    'SIZE(dev_printk_info)=64',
    'OFFSET(dev_printk_info.subsystem)=0',
    'LENGTH(printk_info_subsystem)=16',
    'OFFSET(dev_printk_info.device)=16',
    'LENGTH(printk_info_device)=48',
    `SIZE(prb_data_ring)=${l.dataRingSize}`,
    'OFFSET(prb_data_ring.size_bits)=0',
    `OFFSET(prb_data_ring.data)=${w}`,
    `OFFSET(prb_data_ring.head_lpos)=${2 * w}`,
    `OFFSET(prb_data_ring.tail_lpos)=${3 * w}`,
    `SIZE(atomic_long_t)=${w}`,
    'OFFSET(atomic_long_t.counter)=0',
    ...(l.latchedVal === undefined ? [] : [`SIZE(latched_seq)=${l.latchedSize}`, `OFFSET(latched_seq.val)=${l.latchedVal}`]),
  ];
}
