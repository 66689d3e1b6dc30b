// What is remembered of a line changes nothing: a log that is read again and again has the same lines in the same reports.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readReport } from '../../src/event/facts/facts.ts';
import { memoryOf } from '../../src/report/tables.ts';
import { TextReader } from '../../src/text/reader.ts';
import { assemble } from '../support/assemble.ts';

const DIRECTORY = 'test/golden/events';
const LOGS = readdirSync(DIRECTORY).filter((file) => file.endsWith('.log'));

/** The rows and the nodes of all reports of a log. */
function understood(file: string): readonly unknown[] {
  return assemble(recordsOf(file)).map((report) => ({
    family: report.family.name,
    lines: report.lines.map(({ text, line, record }) => `${record.seq} ${line?.name} ${text}`),
    nodes: readReport(report).nodes.map((node) => ('row' in node ? { ...node, row: node.row.name } : node)),
  }));
}

test('a log is read the third time, when its lines are known, as the first time', () => {
  let known = 0;
  for (const file of LOGS) {
    const first = understood(file);
    assert.equal(understood(file), first, file);
    assert.equal(understood(file), first, file);
    for (const { family, lines } of assemble(recordsOf(file)))
      for (const { text } of lines) if (memoryOf(family).get(text)?.follows) known++;
  }
  assert.ok(known > 1000, `${known} lines known`);
});
const recordsOf = (file: string) => {
  const reader = new TextReader({ form: 'dmesg' });
  return [...reader.push(readFileSync(`${DIRECTORY}/${file}`)), ...reader.end()];
};

test.run();
