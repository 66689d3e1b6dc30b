// The tables hold every line of a report: over all golden logs each has a row. What others print between is set aside, and in no report.
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
  test(`${family}: each of the ${known + unknown.length} lines of its reports has a row`, () => assert.equal(unknown, []));
}

test('the golden logs hold reports of each family that has a table', () => assert.ok(shares.size > 0));

test.run();
