// The tabs of an OOM: where the memory is, who held it, why that task died, whose limit it was, what the zones had.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event, Oom } from '../../../src/event/event.ts';
import { cells } from '../../../src/output/text/cells.ts';
import { bar } from '../../../src/tui/line/bar.ts';
import { cgroupTree } from '../../../src/tui/oom/cgroup-tree.ts';
import { checksOf } from '../../../src/tui/oom/checks.ts';
import { taskNumbers } from '../../../src/tui/oom/task-numbers.ts';
import { ordered, sortOf, type TaskSort } from '../../../src/tui/oom/task-order.ts';
import { gauge } from '../../../src/tui/oom/watermarks.ts';
import { golden } from '../../support/golden.ts';
import { logText } from '../../support/read-events.ts';
import { ASCII, PLAIN, Screens, SIZES, sourceOf, sourceOfLog } from '../../support/screens.ts';
import { stepsOf } from '../../support/steps.ts';

const DUMP = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const [WIDE, MIDDLE, SMALL] = SIZES;

/** Logs of all ages and forms: cgroup trees, fragmentation, unknown columns, failures without tasks, hostile names, cut reports. */
const LOGS = [
  'article-excerpt',
  'era-2.6.32-table',
  'era-3.10-memcg-tree',
  'era-4.4-fragmented',
  'era-5.4-allocating-task',
  'era-6.12-slab-leak',
  'failure-eras',
  'failure-regions',
  'kill-lines-only',
  'mempolicy',
  'missing-header-row',
  'names-hostile',
  'only-the-end',
  'panic-no-killable',
  'real-6.1-highorder',
  'real-6.1-vmalloc',
  'real-6.12-ppc64-64k',
  'unknown-columns',
];

const logOf = (name: string): string => logText(`${name}.log`);

for (const name of LOGS) {
  test(`${name}: every tab keeps to every terminal, with glyphs and in ASCII`, async () => {
    const source = await sourceOfLog(logOf(name));
    assert.ok(source.events.some(({ oom }) => oom !== undefined));
    for (const size of SIZES) {
      for (const style of [PLAIN, ASCII]) {
        for (const { id } of source.events.filter(({ oom }) => oom !== undefined)) {
          const screens = Screens.ofEvent(source, id, size, style);
          for (const key of '123456789') assert.ok(screens.press(key, 'G').snapshot().length > 0);
        }
      }
    }
  });
}

/** All rows of a tab, as text on a terminal that is tall enough. */
async function tabText(log: string, tab: string, columns = 100): Promise<string> {
  const source = await sourceOfLog(log);
  const { id } = source.events.find(({ oom }) => oom !== undefined)!;
  return Screens.ofEvent(source, id, { columns, rows: 200 }).press(tab).text();
}

const snapshots: readonly (readonly [name: string, log: string | undefined, kind: string, tabs: string])[] = [
  ['memcg', undefined, 'memcg-oom', '123'],
  ['global', undefined, 'oom-kill', '123'],
  ['cgroup-tree', 'era-3.10-memcg-tree', 'memcg-oom', '13'],
  ['fragmented', 'era-4.4-fragmented', 'oom-kill', '3'],
  ['failure', 'real-6.1-highorder', 'page-allocation-failure', '12'],
];

for (const [name, log, kind, tabs] of snapshots) {
  test(`${name} looks as it did`, async () => {
    const source = await (log === undefined ? sourceOf(DUMP) : sourceOfLog(logOf(log)));
    const event = source.events.find((one) => one.oom !== undefined && one.kind === kind);
    assert.ok(event, `${kind} in ${name}`);
    const frames = [WIDE!, MIDDLE!, SMALL!].flatMap((size) =>
      [...tabs].map((tab) => Screens.ofEvent(source, event.id, size).press(tab).snapshot()),
    );
    golden(`screens/oom-${name}.txt`, frames.join('\n'));
  });
}

test('a tab that has nothing is not there: a failed allocation has no tasks, an OOM in / no cgroups', async () => {
  const failure = await tabText(logOf('real-6.1-vmalloc'), '1');
  assert.match(failure, /\[1\]Memory─+\[2\]Zones/);
  const kill = await tabText(logOf('unknown-columns'), '1');
  assert.match(kill, /\[2\]Tasks─+\[3\]Zones/);
  const bare = await tabText(logOf('kill-lines-only'), '1');
  assert.not.match(bare, /\]Zones/);
});

test('badness is worked out in the numbers of the report', async () => {
  const text = await tabText(logOf('real-7.2-memcg-global'), '1');
  assert.match(text, /Why java {4}badness = rss 6,508 \+ swap 0 \+ pgtables 22 \+ adj 100 × \(10,240 ÷ 1000\) = 7,530/);
  const root = await tabText(logOf('era-3.10-memcg-tree'), '1');
  assert.match(root, /\(adj 0 − root's 30\) × \(51,200 ÷\s+1000\) = 49,530/);
});

test('a newer kernel’s column keeps its name and its number; sizes in kB only where the page’s size is in the log', async () => {
  const text = await tabText(logOf('unknown-columns'), '2');
  assert.match(text, /rss_tape/);
  assert.match(text, /total_vm kB +rss kB/);
  const log = logOf('unknown-columns')
    .split('\n')
    .filter((line) => !/\d\*\d+kB|Killed process/.test(line))
    .join('\n');
  const pages = await tabText(log, '2');
  assert.match(pages, /total_vm pages +rss pages/);
});

test('zones are drawn against their watermarks, and the reason stands below', async () => {
  const text = await tabText(logOf('era-4.4-fragmented'), '3');
  assert.match(text, /Request +order 3 \(8 pages\)/);
  assert.match(text, /Node 0 Normal .*below low/);
  assert.match(text, /but no free block of order 3 or above/);
  assert.match(text, /▸ +3 +32/);
});

test('enter on a task leads to its row of the log', async () => {
  const source = await sourceOf(DUMP);
  const event = source.events.find(({ kind }) => kind === 'oom-kill')!;
  const screens = Screens.ofEvent(source, event.id).press('2', 'enter');
  const { place } = screens;
  assert.ok(place.screen === 'log');
  assert.match(source.records.text(place.at), /^\[ +117\] .* node$/);
});

test('names of tasks and paths of cgroups are shown, not obeyed', async () => {
  const log = logOf('real-7.2-memcg-global').replaceAll(' java', ' \x1b[2Jj').replaceAll('/pod123/xyz', '/pod\x1b]0;x\x07/\xe2\x80\xaexyz');
  for (const tab of '12345') assert.not.match(await tabText(log, tab), /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  assert.match(await tabText(log, '2'), /\\x1b\[2Jj/);
  assert.match(await tabText(log, '3'), /\\u202exyz/);
});

test('a bar is never wider than its room, a gauge neither', () => {
  for (const share of [-1, 0, 1e-9, 0.33, 1, 2, Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const width of [0, 1, 7, 40]) assert.ok(cells(bar(share, width)) <= width);
  }
  for (const freeKb of [0, 1, 5000, 1e12]) {
    for (const width of [4, 14, 40]) {
      const drawn = gauge({ name: 'Normal', freeKb, minKb: 100, lowKb: 120, highKb: 140 }, width);
      assert.ok(cells(drawn) <= width);
      assert.ok(drawn.includes('│'));
    }
  }
});

test('the tree of cgroups marks the limit and the victim, however deep or odd its paths', () => {
  const tree = (cgroup: NonNullable<Oom['cgroup']>) => cgroupTree({ cgroup, limits: { memory: { limitKb: 10, usageKb: 10 } } });
  assert.equal(
    tree({ oomMemcg: '/a/b', taskMemcg: '/a/b/c' }).map(({ path, roles, limit }) => [path, roles.join(), limit]),
    [
      ['/', '', undefined],
      ['/a', '', undefined],
      ['/a/b', 'oom_memcg', 10],
      ['/a/b/c', 'task_memcg', undefined],
    ],
  );
  assert.equal(tree({ taskMemcg: '/' }), []);
  assert.ok(tree({ oomMemcg: '/x'.repeat(2000) }).length <= 66);
});

test('numbers that do not agree are told', () => {
  const usage = { scope: 'cgroup', totalKb: 1000, parts: [{ name: 'anonymous', kb: 500 }], unaccountedKb: 500, tasksRssKb: 100 } as const;
  const checks = checksOf({ usage: { ...usage, parts: [...usage.parts] }, limits: { memory: { usageKb: 1000, limitKb: 4000 } } });
  assert.equal(
    checks.map(({ pass }) => pass),
    [false, false, false],
  );
});

test('s sorts by what the report holds, the unkillable last, equals as the kernel printed them', () => {
  const tasks = [
    { pid: 1, name: 'init', rssPages: 5, oomScoreAdj: -1000 },
    { pid: 7, name: 'b', rssPages: 9, oomScoreAdj: 0 },
    { pid: 8, name: 'a', rssPages: 9, oomScoreAdj: 3 },
  ];
  const badness = [
    { pid: 8, points: 12, rank: 1 },
    { pid: 7, points: 9, rank: 2 },
    { pid: 1, unkillable: true },
  ];
  const numbers = taskNumbers({ oom: { tasks, victimChoice: { badness, explains: true } } } as unknown as Event)!;
  const names = (sort: TaskSort): string =>
    ordered(numbers, sort)
      .map((i) => tasks[i]!.name)
      .join(' ');
  assert.equal(
    [0, 1, 2, 3, 4, 5].map((pressed) => sortOf(numbers, pressed)),
    ['badness', 'rss', 'adj', 'pid', 'name', 'badness'],
  );
  assert.is(names('badness'), 'a b init');
  assert.is(names('rss'), 'b a init');
  assert.is(names('adj'), 'a b init');
  assert.is(names('pid'), 'init b a');
  assert.is(names('name'), 'a b init');
});

/** A report with as many tasks as a big machine has. */
function manyTasks(many: number): string {
  const lines = logOf('unknown-columns').split('\n');
  const at = lines.findIndex((line) => line.includes(' java') && line.includes('[     99]'));
  const rows = Array.from({ length: many }, (_, i) => {
    const pid = `${1000 + i}`.padStart(7);
    return `[ 1000.003100] [${pid}]  1000 ${pid}   101003    ${(i * 7919) % 40_000}     7    353075     ${i % 100}             ${i % 3 === 0 ? -1000 : 0} worker-${i}`;
  });
  return [...lines.slice(0, at + 1), ...rows, ...lines.slice(at + 1)].join('\n');
}

/** Steps of a page, of all sort orders and of a filter over so many tasks. */
async function costsOf(many: number) {
  const source = await sourceOfLog(manyTasks(many));
  const event = source.events.find(({ oom }) => oom !== undefined)!;
  assert.is(event.oom?.tasks?.length, many + 1);
  const screens = Screens.ofEvent(source, event.id).press('2');
  assert.match(screens.text(), `${(many + 1).toLocaleString('en')} tasks`);
  const page = await stepsOf(() => screens.press('space').painted());
  let sort = 0;
  for (const by of ['rss', 'swap', 'adj', 'pid', 'name', 'badness'])
    sort += await stepsOf(() => assert.match(screens.press('s').text(), `sort: ${by} [s]`));
  const filter = await stepsOf(() => assert.match(screens.press('f', ...`worker-${many - 1}`, 'enter').text(), `worker-${many - 1}`));
  // the heads stay, whatever rows are let through
  assert.match(screens.text(), /task +pid/);
  return { page, sort, filter };
}

test('20,000 tasks: a page costs what it shows; sort and filter are linear', async () => {
  const half = await costsOf(10_000);
  const whole = await costsOf(20_000);
  const both = JSON.stringify({ half, whole });
  assert.ok(whole.page < 1.2 * half.page, both);
  assert.ok(whole.sort < 2.6 * half.sort && whole.filter < 2.6 * half.filter, both);
});

test.run();
