// The pool: every task has an outcome, whatever happens to its worker.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Outcome, type PoolOptions, runPool } from '../../../src/fleet/pool/run-pool.ts';

interface Task {
  readonly n: number;
  readonly wait?: number;
  readonly die?: 'throw' | 'exit' | 'memory';
}

const WORKER = new URL('./worker.mjs', import.meta.url);

async function run(tasks: readonly Task[], options: Partial<PoolOptions> = {}): Promise<Outcome<number>[]> {
  const outcomes: Outcome<number>[] = [];
  for await (const outcome of runPool<Task, number>(tasks, { worker: WORKER, size: 2, heapMb: 64, ...options })) outcomes.push(outcome);
  return outcomes;
}

test('outcomes come as they are done, or in order', async () => {
  const tasks = Array.from({ length: 200 }, (_, n) => ({ n, wait: n === 0 ? 300 : 0 }));
  const any = await run(tasks);
  assert.is.not(any[0]?.index, 0);
  assert.equal(
    any.map(({ index }) => index).sort((a, b) => a - b),
    tasks.map(({ n }) => n),
  );
  const ordered = await run(tasks, { inOrder: true });
  assert.equal(
    ordered,
    tasks.map(({ n }) => ({ index: n, died: false, result: 2 * n })),
  );
});

test('a worker that dies costs its own task, with the reason; the others are done', async () => {
  const tasks: Task[] = [{ n: 0 }, { n: 1, die: 'throw' }, { n: 2, die: 'exit' }, { n: 3, die: 'memory' }, { n: 4 }, { n: 5 }];
  const outcomes = await run(tasks, { inOrder: true });
  assert.equal(
    outcomes.map((outcome) => (outcome.died ? outcome.why : outcome.result)),
    [0, 'Error: broken', 'the thread ended with code 7', 'more than 64 MB of memory were needed', 8, 10],
  );
});

test('a worker that cannot begin costs every task, and no more', async () => {
  const outcomes = await run([{ n: 1 }, { n: 2 }, { n: 3 }], { worker: new URL('./no-such-worker.mjs', import.meta.url) });
  assert.equal(
    outcomes.map(({ died }) => died),
    [true, true, true],
  );
});

test('who is slow to take outcomes has few waiting', async () => {
  let done = 0;
  const tasks = Array.from({ length: 1000 }, (_, n) => ({ n }));
  let most = 0;
  let taken = 0;
  for await (const _ of runPool<Task, number>(tasks, { worker: WORKER, size: 2, heapMb: 64, onDone: () => done++ })) {
    if (taken++ < 3) await new Promise((resolve) => setTimeout(resolve, 100));
    most = Math.max(most, done - taken);
  }
  assert.is(taken, 1000);
  assert.ok(most <= 64, `${most} waiting`);
});

test('a signal ends it; who stops asking ends the threads', async () => {
  const stop = new AbortController();
  const outcomes: number[] = [];
  const tasks = [{ n: 0 }, { n: 1, wait: 60_000 }, { n: 2, wait: 60_000 }];
  for await (const { index } of runPool<Task, number>(tasks, { worker: WORKER, size: 2, heapMb: 64, signal: stop.signal })) {
    outcomes.push(index);
    setTimeout(() => stop.abort(), 10);
  }
  assert.equal(outcomes, [0]);
  for await (const _ of runPool<Task, number>(tasks, { worker: WORKER, size: 2, heapMb: 64 })) break;
});

test.run();
