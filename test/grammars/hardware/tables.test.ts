import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TABLES } from '../../../grammars/hardware/index.ts';
import { HardwareParser, hardwareLexer } from '../../../grammars/hardware/parser.ts';

test('every table is a grammar that chevrotain accepts with all its checks on', () => {
  for (const [name, heads] of Object.entries(TABLES)) {
    assert.not.throws(() => new HardwareParser(heads, true), undefined, name);
    assert.equal(hardwareLexer(heads, true).lexerDefinitionErrors, [], name);
  }
});

test('a rule has one name, whatever its table', () => {
  const names = Object.values(TABLES).flatMap((heads) => heads.map((h) => h.name));
  assert.equal(
    names.filter((n, i) => names.indexOf(n) !== i),
    [],
  );
});

test.run();
