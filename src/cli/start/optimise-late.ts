/**
 * By V8's major version: how often a function runs before it is compiled once more for speed. Two to sixteen times what V8 begins with
 * (its flag-definitions.h), which is for pages that stay open: a log of a few hundred kB is read sooner than the compiler's threads are
 * done, and they took a quarter of all CPU time. Hundreds of small logs in one process gain as much, a log of 50 MB a tenth, a healthy
 * one of 100 MB nothing. More than that costs large logs what the threads would have saved them.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  11: ['--interrupt-budget=150000'], // Node 20; bytes of bytecode, 67,584 as it comes
  12: ['--invocation-count-for-turbofan=12000'], // Node 22; calls, 3,000 as it comes
  13: ['--invocation-count-for-turbofan=12000', '--invocation-count-for-maglev=6400'], // Node 24; 400 as it comes
  14: ['--invocation-count-for-turbofan=12000', '--invocation-count-for-maglev=6400'], // Node 25 and 26
};

/** For this process and its threads. A V8 that is not in the table is left as it is: it would complain of flags that it does not know. */
export function optimiseLate(): void {
  const flags = FLAGS[process.versions.v8.split('.')[0] ?? ''] ?? [];
  // loading it takes a millisecond, of which `dmesg` has few
  for (const flag of flags) process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}
