import { parentPort } from 'node:worker_threads';

/** The worker's side of {@link runPool}: answers each task with what `work` makes of it. What `work` throws ends the worker. */
export function serve<Task, Result>(work: (task: Task) => Promise<Result>): void {
  parentPort?.on('message', (task: Task) => {
    work(task).then(
      (result) => parentPort?.postMessage(result),
      (error: unknown) =>
        // out of the promise, so that it is uncaught and the pool is told
        setImmediate(() => {
          throw error;
        }),
    );
  });
}
