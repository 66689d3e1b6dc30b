import type { Symbols } from '../symbols/symbols.ts';

/** What every kernel of 64 bits has without KASAN. */
const USUAL = 0x4000;
const LARGEST = 0x20000;

/**
 * THREAD_SIZE, bytes: the first task's stack is a variable of that size. 8f69cba096b5 (6.10) named its bounds `__start_init_stack`,
 * before they were `__start_init_task`; types do not say it.
 */
export function threadSize(symbols: Symbols): number {
  for (const name of ['init_stack', 'init_task']) {
    const start = symbols.address(`__start_${name}`);
    const end = symbols.address(`__end_${name}`);
    if (start === undefined || end === undefined) continue;
    const size = Number(end - start);
    if (size >= 0x2000 && size <= LARGEST && Number.isInteger(Math.log2(size))) return size;
  }
  return USUAL;
}
