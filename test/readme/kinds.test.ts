// README's table of kinds is made from the code and the golden logs: `npm test -- --update readme` writes it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KINDS } from '../../src/event/kinds.ts';
import { kindsTable } from './kinds-table.ts';
import { section } from './sections.ts';

test('the table of kinds in README is what the code and the golden logs say', () =>
  section('kinds', 'test/readme/kinds.test.ts', kindsTable(), 'src/event/README.md'));

test('every kind has a golden log', () => {
  assert.equal(
    KINDS.filter(
      (kind) => kindsTable().includes(`| \`${kind}\` | `) && new RegExp(`\\| \`${kind}\` \\|[^\\n]*\\| – \\|$`, 'm').test(kindsTable()),
    ),
    [],
  );
});

test.run();
