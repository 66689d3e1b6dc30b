import { statSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { InputFile, InputGroup } from '../../read/inputs/input-file.ts';

/** Threads at most: each loads the program once and holds one input's events. */
const MOST_THREADS = 8;
/** A thread costs 0.4 s of CPU before it reads anything and runs cold at first: a small log or a dump takes a tenth of that. */
const FEW_INPUTS = 8;
const SMALL_BYTES = 16 << 20;
const INPUTS_A_THREAD = 4;
/** Heap of a thread, MB: a log of nothing but reports needs some of its size. */
const LEAST_HEAP = 512;
const MOST_HEAP = 4096;

/** Threads that pay; 0 where this one is done before another would have begun, or only this one has what is read. */
export function threadsFor(groups: readonly InputGroup[]): number {
  const cpus = availableParallelism();
  if (cpus < 2 || groups.length < 2 || groups.some(([file]) => file === undefined || file.name === '-' || file.pipe)) return 0;
  const few = groups.length <= FEW_INPUTS;
  if (few && bytesOf(groups.flat()) <= SMALL_BYTES) return 0;
  return Math.min(few ? groups.length : Math.ceil(groups.length / INPUTS_A_THREAD), cpus, MOST_THREADS);
}

/** Three quarters of the machine's memory, shared. */
export const heapMbOf = (threads: number): number =>
  Math.round(Math.min(MOST_HEAP, Math.max(LEAST_HEAP, (totalmem() / 2 ** 20 / threads) * 0.75)));

function bytesOf(files: readonly InputFile[]): number {
  let sum = 0;
  for (const { name, held } of files) {
    try {
      sum += held?.size ?? statSync(name).size;
    } catch {
      // opening it will say why
    }
  }
  return sum;
}
