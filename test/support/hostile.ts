// Text that rules may be tempted to look at again and again: tests count the steps, `npm run bench -- hostile` times what the
// expressions do with it.

/** Lines of lock reports, of about `long` characters that rules may be tempted to look at again and again. */
export const lockLines = (long: number): readonly string[] => [
  `BUG: ${'.'.repeat(long)}x`,
  ` (${'){('.repeat(long / 3)}`,
  ` #0: ${'(a){'.repeat(long / 4)}`,
  `${'a/1 '.repeat(long / 4)}is trying to acquire lock:`,
  `${'a/1'.repeat(long / 3)}`,
  `-> #0 ${'('.repeat(long)}`,
  `  lock(a);${' '.repeat(long)}x`,
  `INFO: task ${'a:1 '.repeat(long / 4)}blocked for more than 1 seconds.`,
  `task:${' '.repeat(long)}state: x`,
  `INFO: task a:1 blocked on a mutex likely owned by task ${':1'.repeat(long / 2)} x`,
];

/** Lines of OOM reports that go on for `long` characters. */
export const oomLines = (long: number): readonly string[] => [
  `${'a'.repeat(long)} invoked oom-killer: gfp_mask=0x0`,
  `Killed process 1 (${'a'.repeat(long)}`,
  `Node 0 ${'a'.repeat(long)}`,
  `[ 1] ${'1 '.repeat(long / 2)}x`,
  `cma: ${'a'.repeat(long)}`,
  `${' invoked oom-killer: '.repeat(long / 21)}`,
  `${'a: '.repeat(long / 3)}page allocation failure: order:0, mode:0x0(${'A|'.repeat(long / 2)}`,
  `${'a cpuset= mems_allowed='.repeat(long / 23)}`,
  `Killed process 1 (${'),'.repeat(long / 2)}`,
  `Memory cgroup stats for ${'/a: b'.repeat(long / 5)}`,
  `Task in /${' killed'.repeat(long / 7)}`,
  `a ${' '.repeat(long)}1kB 1kB x`,
  `active_anon:1 ${'a:1 '.repeat(long / 4)}`,
  `DMA: ${'1*4kB (U) '.repeat(long / 10)}`,
];

/** What rules of redaction begin with, to be repeated. */
export const REDACTABLE: readonly string[] = [
  'a.',
  '10.',
  'aa:',
  'a@',
  '/home/a',
  '/a',
  ' /a/',
  'sn ',
  'x=',
  '\\\\a',
  '1-',
  'f::',
  ' ',
  '"',
  'Command line: a=b ',
];
