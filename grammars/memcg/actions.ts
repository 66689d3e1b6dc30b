import type { CstNode } from 'chevrotain';
import { present } from '../oom/actions.ts';
import { camelCase, imageOf, nodesOf, tokensOf } from '../oom/cst.ts';
import { textAfter } from '../oom/lexing.ts';
import { type NumberReader, numberReader } from '../oom/numbers.ts';
import type { Counters } from '../oom/values.ts';
import type { MemcgLine } from './values.ts';

const oddOf = (numbers: NumberReader) => (numbers.odd.length > 0 ? { odd: numbers.odd } : {});

function countersOf(node: CstNode, numbers: NumberReader, except?: string): Counters {
  const counters: Record<string, number> = {};
  for (const pair of nodesOf(node, 'pair')) {
    const key = imageOf(pair, 'Key') ?? '';
    if (key === except) continue;
    const value = numbers.count(imageOf(pair, 'Num'), key);
    if (value !== undefined) counters[camelCase(key)] = value;
  }
  return counters;
}

/** Limits count up to 2^64: an unlimited one of 3.x is beyond 2^53, but no less unlimited. */
const limitOf = (node: CstNode): number | undefined => {
  const pair = nodesOf(node, 'pair').find((p) => imageOf(p, 'Key') === 'limit');
  const value = Number(imageOf(pair, 'Num'));
  return Number.isFinite(value) && value >= 0 ? value : undefined;
};

/** Syntax tree → value, one function a rule of the parser. */
export const ACTIONS: Record<string, (node: CstNode) => MemcgLine | undefined> = {
  printOomMeminfo(node) {
    const numbers = numberReader();
    const counters = countersOf(node, numbers, 'limit');
    return {
      type: 'pageCounter',
      name: imageOf(node, 'CounterName') ?? '',
      ...present({ usageKb: counters.usage, limitKb: limitOf(node), failcnt: counters.failcnt }),
      ...oddOf(numbers),
    };
  },

  printOomInfo(node) {
    const taskMemcg = textAfter(tokensOf(node, 'TaskIn')[0]);
    if (taskMemcg === undefined) return undefined;
    return { type: 'taskKilled', taskMemcg, ...present({ oomMemcg: textAfter(tokensOf(node, 'LimitOf')[0]) }) };
  },

  memoryStatHead(node) {
    const numbers = numberReader();
    const path = textAfter(tokensOf(node, 'StatsFor')[0]);
    return { type: 'statHead', counters: countersOf(node, numbers), ...present({ path }), ...oddOf(numbers) };
  },

  memoryStat(node) {
    const numbers = numberReader();
    return { type: 'stat', counters: countersOf(node, numbers), ...oddOf(numbers) };
  },

  showProtectedMemory(node) {
    const numbers = numberReader();
    const [min, low] = tokensOf(node, 'Num').map((n) => numbers.count(n.image, 'protection'));
    return { type: 'protection', ...present({ minKb: min, lowKb: low }), ...oddOf(numbers) };
  },
};
