// Where a test is looked for, there it is: the tree mirrors src and grammars (test/README.md).
import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** Tests of the whole, and of what tests are made of. */
const WHOLE = /^(?:\.|builder|e2e|library|property|readme|runner|support)$/;

test('a folder of tests is a folder of src, or of the whole', () => {
  const folders = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => dirname(file));
  assert.equal(
    [...new Set(folders)].filter((folder) => !WHOLE.test(folder) && !existsSync(`src/${folder}`) && !existsSync(folder)),
    [],
  );
});

test.run();
