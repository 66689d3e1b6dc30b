import type { ByteOrder } from '../../dump/bytes.ts';
import { type Words, wordsOf } from './words.ts';

/** Entries of an array that follow one another in memory and in number. */
export interface Run {
  /** Physical address and number of an entry. */
  readonly address: number;
  readonly number: bigint;
  /** The greatest number that was seen in it. */
  last: bigint;
  /** Bytes from one entry to the next. */
  readonly stride: number;
}

export interface LocklessRuns {
  /** printk_info, numbered by seq. */
  readonly infos: Run[];
  /** prb_desc, numbered by identifier. */
  readonly descs: Run[];
}

/** sizeof(struct printk_info): 5.10 to 6.19, and with CONFIG_PRINTK_EXECUTION_CTX (7.0). */
const INFO_SIZES = [88, 112] as const;
/** Runs of each kind that are looked at: a kernel has two rings at most, each in two parts where it wrapped. */
const MAX_RUNS = 64;
/** The upper half of ten years in nanoseconds: no machine is up for longer. */
const MAX_TIME_HIGH = 0x4600000;
const COMMITTED = 1;
const FINALIZED = 2;

/** Looks for three entries in a row of each array (kernel/printk/printk_ringbuffer.h, since 5.10) in a piece of memory. */
export function findRuns(runs: LocklessRuns, bytes: Buffer, paddr: number, order: ByteOrder, wordSize: 4 | 8): void {
  const found = wordsOf(bytes, order);
  const step = wordSize / 4;
  for (const size of INFO_SIZES) {
    const s = size / 4;
    const { words: w } = found;
    for (let i = 0; i + 3 * s <= w.length; i += step) {
      const seq = w[i + found.low]!;
      // the cheapest test first: it fails nearly everywhere
      if (w[i + s + found.low] !== seq + 1 || !isInfo(found, i, s)) continue;
      join(runs.infos, paddr + i * 4, seq64(found, i), size);
    }
  }
  const s = (3 * wordSize) / 4;
  const { words: w } = found;
  for (let i = 0; i + 3 * s <= w.length; i += step) {
    const at = wordSize === 8 ? i + found.low : i;
    if (w[at + s] !== w[at]! + 1 || !isDesc(found, i, s, wordSize)) continue;
    join(runs.descs, paddr + i * 4, idOf(found, i, wordSize), 3 * wordSize);
  }
}

/** Numbers that count up, times that do not run back, texts of a length. */
function isInfo({ words: w, low, high }: Words, i: number, s: number): boolean {
  const seqHigh = w[i + high]!;
  if (seqHigh > 0xff || w[i + s + high] !== seqHigh || w[i + 2 * s + low] !== w[i + low]! + 2) return false;
  let before = -1;
  let text = 0;
  for (const at of [i, i + s, i + 2 * s]) {
    if (w[at + 2 + high]! > MAX_TIME_HIGH) return false;
    const time = w[at + 2 + high]! * 2 ** 32 + w[at + 2 + low]!;
    if (time + 1e9 < before) return false; // CPUs' clocks differ a little
    before = time;
    text |= w[at + 4]!;
  }
  return before > 0 || text !== 0;
}

/** Identifiers that count up in a state that has a record, and blocks of text each of which begins where the one before it ends. */
function isDesc(found: Words, i: number, s: number, wordSize: 4 | 8): boolean {
  const state = stateOf(found, i, wordSize);
  if (state !== COMMITTED && state !== FINALIZED) return false;
  const { words: w } = found;
  const step = wordSize / 4;
  /** Whether two fields, by their words' indices, are the same. */
  const same = (a: number, b: number): boolean => w[a] === w[b] && (step === 1 || w[a + 1] === w[b + 1]);
  for (const at of [i, i + s]) {
    const [begin, next] = [at + step, at + 2 * step];
    if (same(begin, next) || !same(next, begin + s)) return false;
  }
  return idOf(found, i + s, wordSize) === idOf(found, i, wordSize) + 1n;
}

const stateOf = ({ words: w, high }: Words, i: number, wordSize: 4 | 8): number => (wordSize === 8 ? w[i + high]! : w[i]!) >>> 30;

function idOf({ words: w, low, high }: Words, i: number, wordSize: 4 | 8): bigint {
  if (wordSize === 4) return BigInt(w[i]! & 0x3fffffff);
  return (BigInt(w[i + high]! & 0x3fffffff) << 32n) | BigInt(w[i + low]!);
}

const seq64 = ({ words: w, low, high }: Words, i: number): bigint => (BigInt(w[i + high]!) << 32n) | BigInt(w[i + low]!);

function join(runs: Run[], address: number, number: bigint, stride: number): void {
  const run = runs.find((r) => r.stride === stride && r.address + Number(number - r.number) * stride === address);
  if (run) run.last = number + 2n > run.last ? number + 2n : run.last;
  else if (runs.length < MAX_RUNS) runs.push({ address, number, last: number + 2n, stride });
}
