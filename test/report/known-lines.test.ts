// The tables hold every line that a report prints: over all golden logs, a line of a report has a row, but for what others print between.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tableOf } from '../../src/report/tables.ts';
import { TextReader } from '../../src/text/reader.ts';
import { assemble } from '../support/assemble.ts';

const DIRS = ['test/golden/events', 'test/golden/oom'];
const LOGS = DIRS.flatMap((dir) =>
  readdirSync(dir)
    .filter((file) => file.endsWith('.log'))
    .map((file) => `${dir}/${file}`),
);
/** Lines of other callers' between a report's own, of user space, and those that a log lost the beginning of. */
const STRANGERS = 0.01;

interface Share {
  known: number;
  readonly unknown: string[];
}
const shares = new Map<string, Share>();
for (const file of LOGS) {
  const reader = new TextReader({ form: 'dmesg' });
  for (const { family, lines } of assemble([...reader.push(readFileSync(file)), ...reader.end()])) {
    const share = shares.get(family.name) ?? { known: 0, unknown: [] };
    shares.set(family.name, share);
    const table = tableOf(family);
    for (const { text, line } of lines) {
      if ((line ?? table(text)) !== undefined || text.trim() === '') share.known++;
      else share.unknown.push(`${file}: ${text}`);
    }
  }
}

for (const [family, { known, unknown }] of shares) {
  test(`${family}: ${known} lines have a row, ${unknown.length} were set aside`, () =>
    assert.ok(unknown.length <= known * STRANGERS, `unknown to the table:\n${unknown.join('\n')}`));
}

test('the golden logs hold reports of each family that has a table', () => assert.ok(shares.size > 0));

test.run();
