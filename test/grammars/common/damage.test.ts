// A line that a grammar begins to read and cannot costs itself only, and lines are remembered without changing what is read.
import { createToken } from 'chevrotain';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Line } from '../../../grammars/common/line.ts';
import { LineParser } from '../../../grammars/common/parser.ts';
import { readText } from '../../support/read-text.ts';

const Open = createToken({ name: 'Open', pattern: /\(/ });
const Close = createToken({ name: 'Close', pattern: /\)/ });

class Brackets extends LineParser {
  readonly pair = this.RULE('pair', () => {
    this.CONSUME(Open);
    this.CONSUME(Close);
    this.ACTION(() => this.push({ type: 'text', line: this.at, key: 'pair', text: '()' }));
  });

  constructor() {
    super(['pair'], { line: [Open, Close] });
    this.performSelfAnalysis();
  }

  protected rules() {
    return { pair: () => this.SUBRULE(this.pair) };
  }
}

const PAIR: Line = { name: 'pair', printer: '', examples: ['()'], rule: { grammar: 'call-trace', name: 'pair', mode: 'line' } };

test('a line that cannot be read is damaged; those around it are read', () => {
  const parser = new Brackets();
  for (const broken of ['(', ')', '()(', '((']) {
    const read = parser.read(['()', broken, '()'].map((text, at) => ({ text, line: PAIR, at })));
    assert.equal(
      read.map(({ damaged }) => damaged),
      [false, true, false],
      broken,
    );
    for (const at of [0, 2]) assert.equal(read[at]?.nodes, [{ type: 'text', line: at, key: 'pair', text: '()' }], broken);
  }
});

test('a report is read alike whatever was read before', () => {
  const block = 'Call Trace:\n <TASK>\n foo+0x1/0x2 [bar]\nRAX: 0000000000000010 RBX: 0000000000000002\n foo+0x1/0x2 [bar]\n </TASK>';
  const first = readText('oops', block);
  for (let i = 0; i < 3; i++) assert.equal(readText('oops', block), first);
  const moved = readText('oops', `x\n${block}`).nodes;
  assert.equal(
    moved,
    first.nodes.map((node) => ({ ...node, line: node.line + 1 })),
  );
});

test.run();
