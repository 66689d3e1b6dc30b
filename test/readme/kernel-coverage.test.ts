// The share of the kernel's messages that the tables know: what was recorded is promised, written in the README, and can be counted again.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CRASH_ROW, count, HARDWARE_ROW, type Summary, shareKnown } from '../../scripts/kernel-coverage/count.ts';
import { section } from './sections.ts';

const summary = JSON.parse(readFileSync('scripts/kernel-coverage/summary.json', 'utf8')) as Summary;
const PROMISED = 95;

test('of the messages in files that print crash reports at least 95 % are known, in four releases', () => {
  assert.equal(Object.keys(summary), ['5.10', '6.1', '6.12', '7.2']);
  for (const [release, rows] of Object.entries(summary)) {
    const crash = rows[CRASH_ROW];
    assert.ok(crash && shareKnown(crash) >= PROMISED, release);
    // a smaller definition would be an easy way to a larger share
    assert.ok(crash.recognised + crash.inside + crash.ignored + crash.unknown > 1700, release);
  }
});

test('the table of the README is what was counted', () => {
  const rows = Object.entries(summary).flatMap(([release, counts]) =>
    [CRASH_ROW, HARDWARE_ROW].map((name) => {
      const n = counts[name];
      assert.ok(n, `${release}: ${name}`);
      const all = n.recognised + n.inside + n.ignored + n.unknown;
      return `| ${release} | ${name} | ${all} | ${n.recognised} | ${n.inside} | ${n.ignored} | ${n.unknown} | ${shareKnown(n).toFixed(1)} % |`;
    }),
  );
  const head = ['| Linux | | messages | recognised | inside | ignored | unknown | known |', '|---|---|---|---|---|---|---|---|'];
  section('coverage', 'test/readme/kernel-coverage.test.ts', [...head, ...rows].join('\n'), 'grammars/README.md');
});

// KERNEL_SOURCES=/usr/src/linux-source-6.1:/usr/src/linux-source-7.2
for (const root of (process.env.KERNEL_SOURCES ?? '').split(':').filter((path) => path !== '')) {
  test(`${root} counted again is not less than what was recorded`, () => {
    const now = count(root)[CRASH_ROW];
    const before = summary[/(\d+\.\d+)[^/]*\/?$/.exec(root)?.[1] ?? '']?.[CRASH_ROW];
    assert.ok(now && shareKnown(now) >= PROMISED);
    if (before) assert.ok(now.unknown <= before.unknown, `${now.unknown} unknown, ${before.unknown} recorded`);
  });
}

test.run();
