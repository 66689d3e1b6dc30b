// The manual page: what roff would take for its own is written so that it is text.
import { Command } from 'commander';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { manPage } from '../../src/cli/completion/man.ts';

test('backslashes, hyphens, dots and quotes at the beginning of a line, and what is no ASCII', () => {
  const root = new Command('lastkmsg').description('words');
  root.command('events').description('.dots first').option('--a-b', "'quoted' first").option('-c', String.raw`a\b … ‘😀’`);
  root.command('dmesg').description('the log');
  const lines = manPage(root, '.x\n  y\\z').split('\n');
  for (const line of [
    '\\&.dots first',
    '.B \\-\\-a\\-b',
    "\\&'quoted' first",
    String.raw`a\eb \[u2026] \[u2018]\[u1F600]\[u2019]`,
    '\\&.x',
    '  y\\ez',
  ])
    assert.ok(lines.includes(line), line);
  assert.not.match(lines.join('\n'), /[^\x00-\x7f]/);
});

test.run();
