// The list of what --fast leaves out: no entry outlives its file.
import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SLOW } from './slow.ts';

test('every entry is the beginning of a test file', () => {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  assert.equal(
    SLOW.filter((slow) => !files.some((file) => file.startsWith(slow))),
    [],
  );
});

test.run();
