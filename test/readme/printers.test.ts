// grammars/README.md lists what prints each line that we know, from the tables: `npm test -- --update readme` writes it.
import { test } from 'uvu';
import { printersTables } from './printers-table.ts';
import { section } from './sections.ts';

test('who prints the lines, as the tables say', () =>
  section('printers', 'test/readme/printers.test.ts', printersTables(), 'grammars/README.md'));

test.run();
