import { isSea } from 'node:sea';
import type { Deadline } from '../../dump/open/deadline.ts';
import type { FleetInput } from '../../fleet/input.ts';
import { type Outcome, runPool } from '../../fleet/pool/run-pool.ts';
import type { InputForm } from '../../read/inputs/form.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import type { ReadTask } from './read-one.ts';
import { type Reading, unreadable } from './reading.ts';
import { heapMbOf, threadsFor } from './threads.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface FleetOptions {
  /** `--input`. */
  readonly form?: InputForm | undefined;
  /** `--max-time`: of all inputs. */
  readonly deadline?: Deadline | undefined;
  /** Stops reading: no more inputs come. */
  readonly signal?: AbortSignal | undefined;
}

export interface ReadOptions extends FleetOptions, Pick<ReadTask, 'report' | 'script' | 'told' | 'filter'> {
  /** Ids of the answers that are wanted, in the order of the groups. */
  readonly ids?: readonly (string | undefined)[] | undefined;
  /** In the order of the groups, not as they are done. */
  readonly inOrder?: boolean | undefined;
  /** Threads; else as many as pay. 0: none but this one. */
  readonly threads?: number | undefined;
}

/** Beside the chunk that this is part of. Node 20 loads no TypeScript into a thread, and the single executable has no files: there are none. */
const WORKER = new URL('./fleet-worker.mjs', import.meta.url);
const HAS_FILES = !import.meta.url.endsWith('.ts') && !isSea();
export const threadsOf = (groups: readonly InputGroup[]): number => (HAS_FILES ? threadsFor(groups) : 0);

/**
 * Reads many inputs, on threads where that pays, and gives each as it is done, in no order. What cannot be read is an input with a
 * reason; never throws.
 * @param groups files that make one input each, as groupFiles() gives them; one may be an archive of many
 */
export async function* readFleet(
  groups: readonly InputGroup[],
  options: FleetOptions = {},
  onProgress?: (progress: Progress) => void,
): AsyncGenerator<FleetInput> {
  for await (const { input } of readMany(groups, options, onProgress)) yield input;
}

/** The same with reports and scripts, in order if wanted. */
export async function* readMany(
  groups: readonly InputGroup[],
  { form, deadline, signal, report, script, told, filter, ids, inOrder, threads = threadsOf(groups) }: ReadOptions,
  onProgress?: (progress: Progress) => void,
): AsyncGenerator<Reading> {
  const tasks = groups.map((files, i): ReadTask => {
    const id = ids?.[i];
    return { files, form, deadline, isFirst: i === 0, report, script, told, filter, answer: id === undefined ? undefined : { id } };
  });
  let done = 0;
  const onDone = (): void => onProgress?.({ done: ++done, total: tasks.length });
  if (threads === 0) {
    // a process whose threads read loads no grammars itself
    const { readAll } = await import('./read-one.ts');
    for (const task of tasks) {
      if (signal?.aborted) return;
      const readings = await readAll(task);
      onDone();
      yield* readings;
      // a signal, or a key of the dashboard, gets its turn
      await new Promise(setImmediate);
    }
    return;
  }
  const pool = { worker: WORKER, size: threads, heapMb: heapMbOf(threads), inOrder, signal, onDone };
  for await (const outcome of runPool<ReadTask, readonly Reading[]>(tasks, pool)) yield* readingsOf(outcome, tasks);
}

function readingsOf(outcome: Outcome<readonly Reading[]>, tasks: readonly ReadTask[]): readonly Reading[] {
  if (!outcome.died) return outcome.result;
  const source = tasks[outcome.index]?.files[0]?.name ?? '-';
  return [unreadable(source, `${source}: it ended the thread that read it: ${outcome.why}`)];
}
