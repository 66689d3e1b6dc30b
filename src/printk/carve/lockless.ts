import type { ByteOrder } from '../../dump/bytes.ts';
import type { Dump } from '../../dump/dump.ts';
import { PhysicalMemory } from '../../memory/physical.ts';
import { VirtualMemory } from '../../memory/virtual.ts';
import { Vmcoreinfo } from '../../memory/vmcoreinfo.ts';
import { type LocklessRing, locklessLayout, usualKeys } from '../lockless-layout.ts';
import { findRuns, type LocklessRuns, type Run } from './find-lockless.ts';
import { inhabited } from './inhabited.ts';
import { wordsOf } from './words.ts';

/** Entries compared to tell whether two arrays belong together. */
const SAMPLE = 256;
/** Bits that an identifier has on every machine. */
const LOW = (1n << 30n) - 1n;

/**
 * The ring of 5.10 and later by its own shape, where nothing tells its address: its arrays lie in one piece each in physical memory, static
 * or from memblock. A descriptor's identifier is its record's number less the count of descriptors, in the low bits (DESC0_ID was made of
 * 32 bits at first): that is what proves that two arrays belong together, and each block of text begins with its record's identifier.
 */
export function carveLockless(dump: Dump, order: ByteOrder, wordSize: 4 | 8): LocklessRing | undefined {
  const runs: LocklessRuns = { infos: [], descs: [] };
  for (const { bytes, paddr } of inhabited(dump)) findRuns(runs, bytes, paddr, order, wordSize);
  const memory = new VirtualMemory(new PhysicalMemory(dump), Number, 4096, order, wordSize);
  const best = bestPair(memory, runs);
  if (best === undefined) return undefined;
  const data = findData(dump, memory, best, order);
  return data && { ...best, ...data };
}

type Arrays = Omit<LocklessRing, 'sizeBits' | 'data'>;

function bestPair(memory: VirtualMemory, { infos, descs }: LocklessRuns): Arrays | undefined {
  let best: { readonly score: number; readonly arrays: Arrays } | undefined;
  for (const info of infos) {
    for (const desc of descs) {
      // the newest of both are nearly the same record, so their distance is nearly the count
      const distance = Number((info.last - desc.last) & LOW);
      const near = Math.round(Math.log2(distance));
      for (const countBits of [near, near + 1, near - 1]) {
        if (!(countBits >= 4 && countBits <= 24)) continue;
        const arrays = arraysAt(memory, info, desc, countBits);
        const score = agreement(arrays, Number(info.number % BigInt(2 ** countBits)));
        if (score > 2 && (!best || score > best.score)) best = { score, arrays };
      }
    }
  }
  return best?.arrays;
}

function arraysAt(memory: VirtualMemory, info: Run, desc: Run, countBits: number): Arrays {
  const count = BigInt(2 ** countBits);
  const layout = locklessLayout(new Vmcoreinfo(usualKeys(info.stride)), memory.wordSize);
  return {
    memory,
    layout,
    countBits,
    infos: BigInt(info.address) - (info.number % count) * BigInt(info.stride),
    descs: BigInt(desc.address) - (desc.number % count) * BigInt(desc.stride),
    headId: 0n,
    tailId: 0n,
    fail: 0,
  };
}

/** How many of the entries around one belong together. */
function agreement({ memory, layout, countBits, infos, descs }: Arrays, around: number): number {
  const count = 2 ** countBits;
  let score = 0;
  for (let i = 0; i < Math.min(SAMPLE, count); i++) {
    const index = (around + i) % count;
    const state = memory.word(descs + BigInt(index * layout.desc.size) + BigInt(layout.desc.state));
    const seq = memory.u64(infos + BigInt(index * layout.info.size) + BigInt(layout.info.seq));
    if (state === undefined || seq === undefined || state >> BigInt(memory.wordSize * 8 - 2) === 0n) continue;
    if (((seq - state) & LOW) === BigInt(count) && seq % BigInt(count) === BigInt(index)) score++;
  }
  return score;
}

interface Block {
  readonly id: bigint;
  readonly begin: bigint;
  readonly next: bigint;
}

/** The text: blocks of three records in a row, each behind the other; then the size under which most blocks begin with their record. */
function findData(
  dump: Dump,
  memory: VirtualMemory,
  arrays: Arrays,
  order: ByteOrder,
): Pick<LocklessRing, 'sizeBits' | 'data'> | undefined {
  const blocks = blocksOf(arrays);
  const isNext = (a: Block | undefined, b: Block | undefined): boolean =>
    a !== undefined && b !== undefined && b.id === a.id + 1n && a.next === b.begin;
  const first = blocks.findIndex((b, i) => isNext(b, blocks[i + 1]) && isNext(blocks[i + 1], blocks[i + 2]));
  if (first < 0) return undefined;
  const three = blocks.slice(first, first + 3);
  for (const { bytes, paddr } of inhabited(dump)) {
    const { words, low } = wordsOf(bytes, order);
    const wide = memory.wordSize === 8;
    const wanted = Number(three[0]!.id & 0xffffffffn);
    for (let i = 0; i + 1 < words.length; i += wide ? 2 : 1) {
      if (words[i + (wide ? low : 0)] !== wanted) continue;
      const at = BigInt(paddr + i * 4);
      const size = three.every((b) => memory.word(at + b.begin - three[0]!.begin) === b.id)
        ? sizeFor(memory, blocks, at, three[0]!)
        : undefined;
      if (size !== undefined) return size;
    }
  }
  return undefined;
}

function sizeFor(
  memory: VirtualMemory,
  blocks: readonly Block[],
  at: bigint,
  { begin }: Block,
): Pick<LocklessRing, 'sizeBits' | 'data'> | undefined {
  let best: { readonly score: number; readonly sizeBits: number; readonly data: bigint } | undefined;
  for (let sizeBits = 8; sizeBits <= 26; sizeBits++) {
    const mask = (1n << BigInt(sizeBits)) - 1n;
    const data = at - (begin & mask);
    if (data < 0n) continue;
    const score = blocks.filter((b) => memory.word(data + (b.begin & mask)) === b.id).length;
    if (score > (best?.score ?? 2)) best = { score, sizeBits, data };
  }
  return best && { sizeBits: best.sizeBits, data: best.data };
}

/** Descriptors with a block, the oldest first: at most as many as tell. */
function blocksOf({ memory, layout, countBits, descs }: Arrays): Block[] {
  const bits = BigInt(memory.wordSize * 8 - 2);
  const blocks: Block[] = [];
  for (let i = 0; i < 2 ** countBits && blocks.length < 4096; i++) {
    const { bytes, state } = memory.read(descs + BigInt(i * layout.desc.size), layout.desc.size);
    if (state !== 'present') continue;
    const word = memory.wordAt(bytes, layout.desc.state);
    const [begin, next] = [memory.wordAt(bytes, layout.desc.begin), memory.wordAt(bytes, layout.desc.next)];
    const kind = word >> bits;
    if ((kind === 1n || kind === 2n) && (begin & 1n) === 0n) blocks.push({ id: word & ((1n << bits) - 1n), begin, next });
  }
  return blocks;
}
