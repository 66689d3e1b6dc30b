// Every row of every table: its examples are recognised as that row, its captures are declared, it names its printer once.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SHARED } from '../../grammars/call-trace/lines.ts';
import type { Line } from '../../grammars/common/line.ts';
import { startOf } from '../../grammars/common/table.ts';
import { FAMILIES } from '../../grammars/families.ts';
import { readLines } from '../../grammars/readers.ts';
import { buildClassifier } from '../../src/report/classify.ts';
import { recogniseShared, tableOf } from '../../src/report/tables.ts';

const rows: readonly Line[] = [...SHARED, ...FAMILIES.flatMap((family) => family.lines)];

test('an example is recognised as its row', () => {
  for (const line of SHARED) for (const example of line.examples) assert.is(recogniseShared(example)?.name, line.name, example);
  for (const family of FAMILIES) {
    const table = tableOf(family);
    for (const line of family.lines) for (const example of line.examples) assert.is(table(example)?.name, line.name, example);
  }
});

test('an example of a row that opens a report opens it as that row, and no other', () => {
  const { classify } = buildClassifier(FAMILIES);
  for (const family of FAMILIES) {
    for (const line of family.lines.filter((l) => l.opens !== undefined)) {
      for (const example of line.examples) {
        const opened = classify(example)?.line.name;
        // elsewhere a row may hold lines beside those that open
        if (opened !== undefined || HARDWARE.has(family.name)) assert.is(opened, line.name, example);
      }
    }
  }
});
const HARDWARE = new Set(['block', 'filesystem', 'net', 'user', 'usb']);

test('an example is read whole, each of its captures as a value', () => {
  for (const line of rows) {
    for (const text of line.examples) {
      const { nodes, damaged } = readLines([{ text }], [line]);
      assert.equal(damaged, [], `${line.name}: ${text}`);
      const head = nodes.find((n) => n.type === 'head');
      if (line.reads !== undefined) assert.ok(head, `${line.name}: no pattern fits ${text}`);
      if (head?.type !== 'head') continue;
      for (const name of Object.keys(head.fields).filter((n) => n !== 'text' && !FRAME.has(n)))
        assert.ok(head.values[name] !== undefined, `${line.name}: ${name} of ${text}`);
    }
  }
});
/** Captures that make the node's frame. */
const FRAME = new Set(['frame', 'module', 'source']);

test('what a row captures is what it declares; what rows that share a grammar rule declare, the rule captures', () => {
  for (const line of rows) {
    const declared = Object.keys(line.fields ?? {});
    const undeclared = [...captures(line)].filter((name) => !declared.includes(name) && !FRAME.has(name));
    assert.equal(undeclared, [], line.name);
    const alike = line.rule === undefined ? [line] : rows.filter((r) => r.rule?.name === line.rule?.name);
    const captured = new Set(alike.flatMap((r) => [...captures(r)]));
    const idle = declared.filter((name) => !captured.has(name));
    assert.equal(idle, [], line.name);
  }
});
const known = new Map<Line, readonly string[]>();
/** What its patterns name; what a grammar captures, its examples tell. */
function captures(line: Line): readonly string[] {
  const found = known.get(line) ?? (line.rule === undefined ? ofPatterns(line) : ofExamples(line));
  known.set(line, found);
  return found;
}
const ofPatterns = (line: Line): string[] =>
  (line.reads ?? []).flatMap((re) => [...re.source.matchAll(/\(\?<([A-Za-z]\w*)>/g)].map((m) => m[1] ?? ''));
const ofExamples = (line: Line): string[] =>
  line.examples
    .flatMap((text) => readLines([{ text }], [line]).nodes)
    .flatMap((node) => (node.type === 'head' ? Object.keys(node.fields).filter((name) => name !== 'text') : []));

test('each row has an example and names its printer; none begins with a look behind', () => {
  for (const line of rows) {
    assert.ok(line.examples.length > 0 && line.printer !== '', line.name);
    assert.not.match(startOf(line).source, /\(\?<[=!A-Za-z]/, line.name);
  }
});

test.run();
