import type { Counters, LineBase } from '../oom/values.ts';

/** `memory: usage 40960kB, limit 40960kB, failcnt 20`; a limit that is none is printed as 2^63 bytes in kB, less a page. */
export interface PageCounterLine extends LineBase {
  readonly type: 'pageCounter';
  readonly name: string;
  readonly usageKb?: number;
  readonly limitKb?: number;
  readonly failcnt?: number;
}

export interface TaskKilledLine extends LineBase {
  readonly type: 'taskKilled';
  readonly taskMemcg: string;
  readonly oomMemcg?: string;
}

/** Head of a block of memory.stat; v1 has the counters (kB) on the same line. */
export interface StatHeadLine extends LineBase {
  readonly type: 'statHead';
  readonly path?: string;
  readonly counters: Counters;
}

/** One counter of the block: bytes, or events. */
export interface StatLine extends LineBase {
  readonly type: 'stat';
  readonly counters: Counters;
}

export type MemcgLine = PageCounterLine | TaskKilledLine | StatHeadLine | StatLine;
