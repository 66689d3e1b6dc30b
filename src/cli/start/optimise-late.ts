/**
 * By V8's major version: how often a function runs before it is compiled once more for speed. One and a half to eight times what V8
 * begins with (its flag-definitions.h), which is for pages that stay open: a log of a few hundred kB is read sooner than the compiler's
 * threads are done, and many small logs in one process take a tenth to a third less of all CPU time. With two to three times as much they
 * would take another tenth less, but a log of 50 MB keeps the main thread a tenth longer.
 */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  11: ['--interrupt-budget=100000'], // Node 20; bytes of bytecode, 67,584 as it comes
  12: ['--invocation-count-for-turbofan=12000'], // Node 22; calls, 3,000 as it comes
  13: ['--invocation-count-for-turbofan=4000', '--invocation-count-for-maglev=3200'], // Node 24; 400 as it comes
  14: ['--invocation-count-for-turbofan=4000', '--invocation-count-for-maglev=3200'], // Node 25 and 26
};

/** For this process and its threads. A V8 that is not in the table is left as it is: it would complain of flags that it does not know. */
export function optimiseLate(): void {
  const flags = FLAGS[process.versions.v8.split('.')[0] ?? ''] ?? [];
  // loading it takes a millisecond, of which `dmesg` has few
  for (const flag of flags) process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}
