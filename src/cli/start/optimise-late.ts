/** How much of what it calls is compiled into a function, in bytes of bytecode: 920 as it comes. */
const INLINED = '--max-inlined-bytecode-size-cumulative=300';

/**
 * By V8's major version: how often a function runs before it is compiled once more for speed, and how large it may become. V8 begins with
 * what suits pages that stay open (its flag-definitions.h): a log of a few hundred kB is read sooner than the compiler's threads are done.
 * Later, many small logs in one process take a tenth to a third less of all CPU time, but two to three times as late a log of 50 MB keeps
 * the main thread a tenth longer. Smaller functions save another twentieth to seventh, and the main thread takes as long as before.
 */
const FLAGS: Readonly<Record<number, readonly string[]>> = {
  11: ['--interrupt-budget=80000', INLINED], // Node 20; bytes of bytecode, 67,584 as it comes
  12: ['--invocation-count-for-turbofan=12000'], // Node 22; calls, 3,000 as it comes
  13: ['--invocation-count-for-turbofan=4000', '--invocation-count-for-maglev=3200', INLINED], // Node 24; 400 as it comes
  14: ['--invocation-count-for-turbofan=4000', '--invocation-count-for-maglev=3200', INLINED], // Node 25 and 26
};

/** For this process and its threads. A V8 that is not in the table is left as it is: it would complain of flags that it does not know. */
export function optimiseLate(): void {
  const flags = FLAGS[Number.parseInt(process.versions.v8, 10)] ?? [];
  // loading it takes a millisecond, of which `dmesg` has few
  for (const flag of flags) process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}
