// README's table of kinds is made from the code and the golden logs: `npm test -- --update readme` writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KINDS } from '../../src/event/kinds.ts';
import { kindsTable } from './kinds-table.ts';

const BEGIN = '<!-- kinds: written by test/readme/kinds.test.ts -->\n';
const END = '\n<!-- /kinds -->';

test('the table of kinds in README is what the code and the golden logs say', () => {
  const readme = readFileSync('README.md', 'utf8');
  const [before = '', rest = ''] = readme.split(BEGIN);
  const [table, ...after] = rest.split(END);
  if (process.env.UPDATE_GOLDEN) writeFileSync('README.md', `${before}${BEGIN}${kindsTable()}${END}${after.join(END)}`);
  else assert.is(table, kindsTable());
});

test('every kind has a golden log', () => {
  assert.equal(
    KINDS.filter(
      (kind) => kindsTable().includes(`| \`${kind}\` | `) && new RegExp(`\\| \`${kind}\` \\|[^\\n]*\\| – \\|$`, 'm').test(kindsTable()),
    ),
    [],
  );
});

test.run();
