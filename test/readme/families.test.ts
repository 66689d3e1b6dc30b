// README's table of families is made from the table of kinds: `npm test -- --update readme` writes it.
import { test } from 'uvu';
import { FAMILIES, kindsOf } from '../../src/event/kinds.ts';
import { section } from './sections.ts';

const row = (name: string, kinds: readonly string[]): string => `| ${name} | ${kinds.map((kind) => `\`${kind}\``).join(' ')} |`;

test("README's fleet section names every family and what is in it", () =>
  section(
    'families',
    'test/readme/families.test.ts',
    ['| KIND | kinds |', '|---|---|', ...FAMILIES.map((family) => row(family, kindsOf([family])))].join('\n'),
    'src/fleet/README.md',
  ));

test.run();
