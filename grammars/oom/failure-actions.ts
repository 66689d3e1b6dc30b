import type { CstNode } from 'chevrotain';
import { fieldsOf, pairsOf, present } from './actions.ts';
import { imageOf, nodesOf, tokensOf } from './cst.ts';
import { textAfter } from './lexing.ts';
import { numberReader } from './numbers.ts';
import type { AllocationFailureLine, OomLine } from './values.ts';

const oddOf = (odd: readonly string[]) => (odd.length > 0 ? { odd } : {});

/** Allocations that failed: pages, vmalloc, vmap, CMA, slab. */
export const FAILURE_ACTIONS: Record<string, (node: CstNode, line: string) => OomLine | undefined> = {
  warnAlloc(node, line) {
    const numbers = numberReader();
    const fields = fieldsOf(node, numbers);
    const comm = imageOf(node, 'AllocComm');
    const stalls = tokensOf(node, 'PageAllocationStalls').length > 0;
    const why = imageOf(node, 'AllocReason');
    const what = stalls
      ? 'stall'
      : tokensOf(node, 'PageAllocationFailure').length > 0
        ? 'page'
        : why?.startsWith('vmalloc')
          ? 'vmalloc'
          : 'reclaim';
    const mode = line.search(/,? *mode:0x/);
    const start = (comm?.length ?? -2) + 2;
    return {
      type: 'allocationFailure',
      what,
      reason: (mode >= start ? line.slice(start, mode) : line.slice(start)).replace(/,? *order:.*$/, ''),
      ...present({
        comm,
        gfp: fields.gfp,
        order: fields.pairs.get('order')?.value ?? numbers.signed(/page order (\d+)/.exec(why ?? '')?.[1], 'order'),
        nodemask: fields.nodemask,
        cpuset: fields.cpuset,
        memsAllowed: fields.memsAllowed,
        sizeBytes: what === 'vmalloc' ? numbers.count(vmallocSize(why ?? ''), 'size') : undefined,
        stallMs: stalls ? numbers.count(/stalls for (\d+)ms/.exec(line)?.[1], 'stall') : undefined,
      }),
      ...oddOf(numbers.odd),
    };
  },

  slabOutOfMemory(node, line) {
    const numbers = numberReader();
    const fields = fieldsOf(node, numbers);
    const cache = textAfter(tokensOf(node, 'CacheName')[0]);
    if (cache !== undefined) return { type: 'slabCache', cache, counters: spacedCounters(line), ...oddOf(numbers.odd) };
    return {
      type: 'allocationFailure',
      what: 'slab',
      reason: line.replace(/,? *\(?gfp=.*$/, ''),
      ...present({ gfp: fields.gfp }),
    };
  },

  allocRegion(node, line) {
    const numbers = numberReader();
    const said = nodesOf(node, 'fields').at(-1);
    const firstNumber = nodesOf(said, 'stranger')
      .map((s) => imageOf(s, 'Num'))
      .find((n) => n !== undefined);
    const failed = tokensOf(node, 'AllocFailed')[0];
    if (failed) {
      // `cma: cma_alloc: reserved: alloc failed, req-size: 257 pages, ret: -16`; no area's name until 5.11
      const names = line
        .slice(0, failed.startOffset)
        .split(': ')
        .filter((part) => part !== '');
      return region('cma', line, {
        area: names.length > 2 ? names.slice(2).join(': ') : undefined,
        pages: numbers.count(firstNumber, 'req-size'),
        errno: pairsOf(said, numbers).get('ret')?.value,
      });
    }
    const free = /=> (\d+) free of (\d+) total pages/.exec(line);
    if (free) {
      const counters = present({ freePages: numbers.count(free[1], 'free'), totalPages: numbers.count(free[2], 'total') });
      return { type: 'cmaFree', counters: counters as Record<string, number>, ...oddOf(numbers.odd) };
    }
    return region('vmap', line, { sizeBytes: numbers.count(firstNumber, 'size') });
  },
};

type RegionFacts = { [K in 'area' | 'pages' | 'errno' | 'sizeBytes']?: AllocationFailureLine[K] | undefined };

const region = (what: 'cma' | 'vmap', line: string, facts: RegionFacts): OomLine => ({
  type: 'allocationFailure',
  what,
  reason: line,
  ...present(facts),
});

/** `size 4096, …`, `allocation failure: 4096 bytes`, `allocated 4096 of 8192 bytes`: bytes asked for, in the words of 2.6.39 … 7.x. */
const vmallocSize = (why: string): string | undefined =>
  (/allocated \d+ of (\d+) bytes/.exec(why) ?? /allocation failure: (\d+) bytes/.exec(why) ?? /size (\d+)/.exec(why))?.[1];

/** `object size: 192, buffer size: 192`: keys of two words. */
function spacedCounters(line: string): Record<string, number> {
  const counters: Record<string, number> = {};
  for (const [, key, value] of line.matchAll(/([a-z]+(?: [a-z]+)*): (\d+)/g)) {
    const [first = '', ...others] = (key ?? '').split(' ');
    counters[first + others.map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('')] = Number(value);
  }
  return counters;
}
