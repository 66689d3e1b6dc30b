// The text view of an OOM event: tables of memory, limits, zones and tasks with units and totals, each claim with its records.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oomSections } from '../../../src/output/oom/index.ts';
import { cells } from '../../../src/output/text/cells.ts';
import { plain } from '../../../src/output/text/theme.ts';
import { golden } from '../../support/golden.ts';
import { eventsOf, logText } from '../../support/read-events.ts';

const view = (file: string, width: number): string =>
  eventsOf(logText(file))
    .map((event) =>
      [event.title, ...oomSections(event, { width, paint: plain }).flatMap(({ title, lines }) => ['', title, ...lines])].join('\n'),
    )
    .join('\n\n');

for (const file of ['era-6.12-slab-leak', 'real-6.1-memcg-v1', 'era-5.4-allocating-task', 'names-hostile']) {
  test(`${file} at 80 columns`, () => golden(`oom/view-${file}.txt`, `${view(`${file}.log`, 80)}\n`));
}

test('no table is wider than 100 columns, no line holds a control byte', () => {
  for (const file of ['real-7.2-memcg-global.log', 'era-3.10-memcg-tree.log', 'era-4.4-fragmented.log', 'mempolicy.log']) {
    const lines = view(file, 100).split('\n');
    assert.ok(lines.length > 20, file);
    for (const line of lines) {
      assert.ok(cells(line) <= 100, line);
      assert.not.match(line, /[\x00-\x1f\x7f]/);
    }
  }
});

test('an escape in a task’s name stays text', () => {
  const log = logText('real-6.1-cpuset.log').replaceAll(' java', ' \x1b[31mj');
  assert.not.match(
    eventsOf(log)
      .flatMap((event) => oomSections(event, { width: 80, paint: plain }).flatMap(({ lines }) => lines))
      .join('\n'),
    /\x1b/,
  );
});

test.run();
