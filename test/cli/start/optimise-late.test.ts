// What is asked of V8 is known to it: a flag that it does not know is a complaint on a user's stderr.
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

test('the V8 that runs takes every flag', () => {
  const script = "import { optimiseLate } from './src/cli/start/optimise-late.ts'; optimiseLate();";
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.is(stderr, '');
  assert.is(status, 0);
});

test.run();
