// A worker that does what it is told: doubles a number, waits, or dies.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ n, wait = 0, die }) => {
  if (die === 'throw') throw new Error('broken');
  if (die === 'exit') process.exit(7);
  if (die === 'memory') {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 1e5 }, () => ({ n })));
  }
  setTimeout(() => parentPort.postMessage(2 * n), wait);
});
