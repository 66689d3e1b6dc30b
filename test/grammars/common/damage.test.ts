// A line that a grammar begins to read and cannot costs itself only, and lines are remembered without changing what is read.
import { createToken, Lexer } from 'chevrotain';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Alternative, BlockParser } from '../../../grammars/common/parser.ts';
import { EndOfLine, Indent, LineBreak, UnknownLine } from '../../../grammars/common/tokens.ts';
import { parseOops } from '../../../grammars/oops/index.ts';

const Open = createToken({ name: 'Open', pattern: /\(/ });
const Close = createToken({ name: 'Close', pattern: /\)/ });
const TOKENS = [LineBreak, Indent, Open, Close, UnknownLine];

class Brackets extends BlockParser {
  readonly pair = this.RULE('pair', () => {
    this.CONSUME(Open);
    this.CONSUME(Close);
    this.ACTION(() => this.push({ type: 'text', line: this.at, key: 'pair', text: '()' }));
  });

  constructor() {
    super([EndOfLine, ...TOKENS], true);
    this.performSelfAnalysis();
  }

  protected lines(): Alternative[] {
    return [{ ALT: () => this.SUBRULE(this.pair) }];
  }
}

test('a line that cannot be read is damaged; those around it are read', () => {
  const parser = new Brackets();
  const lexer = new Lexer(TOKENS);
  for (const broken of ['(', ')', '()(', '((', 'x)']) {
    const { nodes, damaged } = parser.read(`()\n${broken}\n()`, lexer);
    const whole = nodes.filter((n) => n.line !== 1);
    assert.equal(
      whole.map((n) => n.line),
      [0, 2],
      broken,
    );
    assert.equal(damaged, broken === 'x)' ? [] : [1], broken);
  }
});

test('a block is read alike whatever was read before', () => {
  const block = 'Call Trace:\n <TASK>\n foo+0x1/0x2 [bar]\nRAX: 0000000000000010 RBX: 0000000000000002\n foo+0x1/0x2 [bar]\n </TASK>';
  const first = parseOops(block);
  for (let i = 0; i < 3; i++) assert.equal(parseOops(block), first);
  const moved = parseOops(`x\n${block}`).nodes;
  assert.equal(
    moved,
    first.nodes.map((node) => ({ ...node, line: node.line + 1 })),
  );
});

test.run();
