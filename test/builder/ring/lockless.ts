import type { Region } from '../image/region.ts';
import { StructWriter } from '../image/struct-writer.ts';
import { hex, since } from '../machine/machine.ts';
import { type LocklessEra, type LocklessLayout, locklessLayout, locklessLines } from './lockless-layout.ts';
import { type Descriptor, FINALIZED, type Info, LocklessRing, type RingOptions } from './lockless-writer.ts';
import { type ExpectedLog, type ExpectedRecord, lostRuns, type PrintkCall } from './printk-call.ts';
import type { BuiltRing, RingSite } from './ring.ts';

export interface LocklessOptions {
  readonly kind: 'lockless';
  readonly calls: readonly PrintkCall[];
  /** Default: by the machine's release. */
  readonly era?: LocklessEra;
  readonly countBits?: number;
  readonly sizeBits?: number;
  readonly perfectFit?: boolean;
  readonly wideIds?: boolean;
  readonly slack?: number;
  /** log_buf_len=: after `early` calls the static ring is copied into one of these sizes, and freezes. */
  readonly dynamic?: { readonly countBits: number; readonly sizeBits: number; readonly early: number };
}

const eraOf = (release: string): LocklessEra =>
  since(release, 7, 0) ? '7.0' : since(release, 5, 19) ? '5.19' : since(release, 5, 12) ? '5.12' : '5.10';

export function buildLockless(site: RingSite, options: LocklessOptions): BuiltRing {
  const era = options.era ?? eraOf(site.release);
  const layout = locklessLayout(site.shape, era);
  const ringOptions: RingOptions = {
    countBits: options.countBits ?? 5,
    sizeBits: options.sizeBits ?? 10,
    perfectFit: options.perfectFit ?? (era === '7.0' || since(site.release, 6, 19)),
    wideIds: options.wideIds ?? era === '7.0',
    slack: options.slack ?? 1,
  };
  const first = new LocklessRing(site.shape, ringOptions);
  const second = options.dynamic && new LocklessRing(site.shape, { ...ringOptions, ...options.dynamic });
  let ts = 0n;
  options.calls.forEach((call, i) => {
    if (second && i === options.dynamic?.early) copyRing(first, second);
    ts = call.tsNsec ?? ts + 1_000_000n;
    (second && i >= (options.dynamic?.early ?? 0) ? second : first).store(call, ts);
  });
  if (second && options.calls.length <= (options.dynamic?.early ?? 0)) copyRing(first, second);

  const pointer = site.image.allocate(site.shape.wordSize);
  const firstAt = write(site, second ? site.image : site.buffers, first, layout);
  const secondAt = second && write(site, site.buffers, second, layout);
  const active = secondAt ?? firstAt;
  site.write(pointer, new StructWriter(site.shape, site.shape.wordSize).word(0, active.ring).bytes);
  const clear = site.image.allocate(layout.latchedSize);
  site.write(clear, clearSeq(site, layout));

  return {
    vmcoreinfo: [
      `SYMBOL(prb)=${hex(pointer)}`,
      `SYMBOL(printk_rb_static)=${hex(firstAt.ring)}`,
      `SYMBOL(clear_seq)=${hex(clear)}`,
      ...locklessLines(site.shape, layout),
    ],
    expected: expect(first, second, layout),
    places: {
      prb: pointer,
      ...active,
      staticRing: firstAt.ring,
      staticData: firstAt.data,
      staticDescs: firstAt.descs,
      staticInfos: firstAt.infos,
      clearSeq: clear,
    },
  };
}

/** setup_log_buf(): every finalized record with data again, with exactly the room that its text takes. */
function copyRing(from: LocklessRing, to: LocklessRing): void {
  for (const record of copied(from)) {
    const info = from.infos.find((i) => i.seq === BigInt(record.seq));
    if (info) to.add(info, info.textLen, FINALIZED);
  }
}

/** The ring that they are copied into counts them from 0. */
function copied(from: LocklessRing): ExpectedRecord[] {
  const all = from.visible();
  const open = all.findIndex((r) => !r.finalized);
  return all.slice(0, open < 0 ? all.length : open).filter((r) => r.dataless !== 'failed');
}

function expect(first: LocklessRing, second: LocklessRing | undefined, layout: LocklessLayout): ExpectedLog {
  const active = second ?? first;
  const bySeq = new Map((second ? copied(first) : []).map((r, i) => [i, { ...r, seq: i }] as const));
  for (const r of active.visible()) bySeq.set(r.seq, r);
  const all = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  const records = layout.callerId2 === undefined ? all.map((r) => ({ ...r, callerId2: undefined, comm: undefined })) : all;
  return { records, lost: lostRuns(records.map((r) => r.seq)), fail: active.fail };
}

function write(site: RingSite, buffers: Region, ring: LocklessRing, l: LocklessLayout) {
  const { shape } = site;
  const w = shape.wordSize;
  const at = {
    ring: site.image.allocate(l.ringSize, 64),
    descs: buffers.allocate(ring.count * l.descSize, 64),
    infos: buffers.allocate(ring.count * l.infoSize, 64),
    data: buffers.allocate(ring.data.size, 64),
  };
  ring.descs.forEach((d, i) => {
    site.write(at.descs + BigInt(i * l.descSize), descriptor(site, d, l));
  });
  ring.infos.forEach((info, i) => {
    site.write(at.infos + BigInt(i * l.infoSize), infoBytes(site, info, l));
  });
  site.write(at.data, ring.data.bytes);
  const s = new StructWriter(shape, l.ringSize);
  s.u32(0, ring.options.countBits)
    .word(w, at.descs)
    .word(2 * w, at.infos)
    .word(3 * w, ring.headId)
    .word(4 * w, ring.tailId);
  if (l.descRingSize > 5 * w) s.word(5 * w, ring.headId);
  const t = l.textDataRing;
  s.u32(t, ring.options.sizeBits)
    .word(t + w, at.data)
    .word(t + 2 * w, ring.data.head)
    .word(t + 3 * w, ring.data.tail);
  s.word(l.fail, ring.fail);
  site.write(at.ring, s.bytes);
  return at;
}

function descriptor(site: RingSite, d: Descriptor, l: LocklessLayout): Buffer {
  const w = site.shape.wordSize;
  const state = (BigInt(d.state) << BigInt(w * 8 - 2)) | d.id;
  return new StructWriter(site.shape, l.descSize)
    .word(0, state)
    .word(w, d.block.begin)
    .word(2 * w, d.block.next).bytes;
}

/** printk_info, whose flags and level are bit fields: low bits first on little endian, high bits first on big endian. */
function infoBytes(site: RingSite, i: Info, l: LocklessLayout): Buffer {
  const s = new StructWriter(site.shape, l.infoSize);
  s.u64(0, i.seq).u64(8, i.tsNsec).u16(16, i.textLen).u8(18, i.facility);
  s.u8(19, site.shape.order === 'little' ? i.flags | (i.level << 5) : (i.flags << 3) | i.level);
  s.u32(20, i.caller);
  if (l.callerId2 !== undefined) {
    // caller_id2 marks a CPU the way caller_id does.
    const other = i.caller >= 0x8000_0000 ? i.otherCaller : 0x8000_0000 + i.otherCaller;
    s.u32(l.callerId2, other).text(l.callerId2 + 4, i.comm, 15);
  }
  return s.text(l.devInfo, i.subsystem, 16).text(l.devInfo + 16, i.device, 48).bytes;
}

/** struct latched_seq since 5.12: the sequence count's low bit says which of two copies is whole. */
function clearSeq(site: RingSite, l: LocklessLayout): Buffer {
  const value = 1n;
  const s = new StructWriter(site.shape, l.latchedSize);
  if (l.latchedVal === undefined) return s.u64(0, value).bytes;
  return s
    .u32(0, 7)
    .u64(l.latchedVal, value - 1n)
    .u64(l.latchedVal + 8, value).bytes;
}
