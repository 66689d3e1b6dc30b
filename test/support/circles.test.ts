// The finder of circles finds them: else the architecture test would pass whatever is imported.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { circlesOf } from './circles.ts';

const graphOf = (...edges: readonly string[]) => {
  const graph = new Map<string, string[]>();
  for (const [from = '', to = ''] of edges.map((edge) => edge.split('>'))) graph.set(from, [...(graph.get(from) ?? []), to]);
  return graph;
};

test('a tree and a diamond have no circle', () => {
  assert.equal(circlesOf(graphOf('a>b', 'a>c', 'b>d', 'c>d', 'd>e')), []);
});

test('circles are found wherever the walk begins, and each is told once', () => {
  assert.equal(circlesOf(graphOf('a>b', 'b>c', 'c>b', 'c>d')), [['b', 'c']]);
  assert.equal(circlesOf(graphOf('d>e', 'a>b', 'b>c', 'c>a', 'e>d', 'c>d')), [
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
  assert.equal(circlesOf(graphOf('a>a')), [['a']]);
});

test.run();
