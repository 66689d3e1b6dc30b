import { FAMILIES } from '../../grammars/families.ts';
import { type Parsed, readLines } from '../../grammars/readers.ts';
import { tableOf } from '../../src/report/tables.ts';

/** What the lines of a text are read as within a report of the family. */
export function readText(family: string, text: string): Parsed {
  const found = FAMILIES.find((f) => f.name === family);
  if (found === undefined) throw new Error(`no family ${family}`);
  const lines = text.split('\n').map((line) => ({ text: line }));
  return readLines(
    lines,
    lines.map((line) => tableOf(found)(line.text)),
  );
}
