// What single lines are read as: nothing that a line prints is lost, and names may hold anything.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oom } from '../../../grammars/oom/family.ts';
import { readOom } from '../../support/read-oom.ts';

const readAs = (text: string): unknown => {
  const [node] = readOom(text).nodes;
  return node?.type === 'oom' ? node.value : node;
};
const leaves = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];

/** Rows whose values are none of the contract's: they are known, so that they belong to their report. */
const KNOWN = new Set(oom.lines.filter((row) => row.rule === undefined).map(({ name }) => name));
/** Numbers that an event has no use for. */
const SPARED: Readonly<Record<string, readonly string[]>> = {
  slab_out_of_memory: ['-1', '0'],
  __oom_kill_process_pinned: [],
};

test('each number of a line is a value or a part of one', () => {
  for (const row of oom.lines.filter(({ name }) => !KNOWN.has(name))) {
    for (const example of row.examples) {
      const all = leaves(readAs(example)).join(' ');
      for (const [number = ''] of example.matchAll(/(?<![\w.])-?\d+(?![\w.]*:\/)/g))
        if (!SPARED[row.name]?.includes(number)) assert.ok(all.includes(number), `${row.name}: ${number} of ${example}`);
    }
  }
});

const COMMS: readonly string[] = ['java', 'a) b: c', '(x) total-vm:1', 'a b', '7z 12', 'x)', '((', 'Kill process 1'];

test('a killed task may be called what follows its name', () => {
  for (const comm of COMMS) {
    const line = `Memory cgroup out of memory: Killed process 31 (${comm}) total-vm:26592kB, anon-rss:25380kB, file-rss:4kB, UID:0 pgtables:88kB`;
    const value = readAs(line) as { comm: string; pid: number; counters: object };
    assert.equal([value.pid, value.comm], [31, comm]);
    assert.equal(value.counters, { totalVmKb: 26592, anonRssKb: 25380, fileRssKb: 4, pgtablesKb: 88 });
  }
});

test('whoever asks, and whoever pins the memory of the dead, keeps its name', () => {
  for (const comm of COMMS) {
    assert.is((readAs(`${comm} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0`) as { comm: string }).comm, comm);
    const pinned = readAs(`oom killer 30 (${comm}) has mm pinned by 1 (${comm})`) as { comm: string; by: object };
    assert.equal([pinned.comm, pinned.by], [comm, { pid: 1, comm }]);
  }
});

test('paths may hold the words and colons that end them', () => {
  const summary = readAs(
    'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=a,b,mems_allowed=0-1,3,oom_memcg=/a: b,task=c,task_memcg=/a: b,task=c/d,task=(x),pid=31,uid=0',
  );
  assert.equal(summary, {
    type: 'summary',
    globalOom: false,
    constraint: 'CONSTRAINT_MEMCG',
    nodemask: '(null)',
    cpuset: 'a,b',
    memsAllowed: '0-1,3',
    oomMemcg: '/a: b,task=c',
    taskMemcg: '/a: b,task=c/d',
    task: '(x)',
    pid: 31,
    uid: 0,
  });
  assert.equal(readAs('Memory cgroup stats for /a: b:: cache:1KB rss:2KB'), {
    type: 'statHead',
    counters: { cache: 1, rss: 2 },
    path: '/a: b:',
  });
});

test('a counter that no release has is carried by its own name', () => {
  assert.equal(readAs(' quantum_pages:42 free:7'), { type: 'memInfo', counters: { quantumPages: 42, free: 7 } });
  assert.equal(readAs('12 pages quantum'), { type: 'ram', counters: { quantum: 12 } });
  assert.equal(readAs('Node 0 DMA free:4kB quantum:8kB'), { type: 'zone', name: 'DMA', counters: { freeKb: 4, quantumKb: 8 }, node: 0 });
});

test('a number that cannot be is quoted and left out', () => {
  const { nodes, odd } = readOom('active_anon:1 isolated_anon:18446744073709551615');
  assert.equal(odd, ['isolated_anon: 18446744073709551615']);
  assert.equal(nodes[0]?.type === 'oom' && nodes[0].value, { type: 'memInfo', counters: { activeAnon: 1 }, odd });
  assert.is((readAs('memory: usage 1kB, limit 9007199254740992kB, failcnt 0') as { limitKb: number }).limitKb, 2 ** 53);
});

test('a line that is cut gives what is left of it', () => {
  for (const row of oom.lines) {
    for (const example of row.examples)
      for (let end = 1; end < example.length; end++) assert.equal(readOom(example.slice(0, end)).odd, [], example.slice(0, end));
  }
  assert.equal(readAs('Node 0 DMA: 1*4kB (U) 2*8'), {
    type: 'buddy',
    name: 'DMA',
    blocks: [{ order: 0, sizeKb: 4, count: 1, types: 'U' }],
    node: 0,
  });
});

test.run();
