// What a shell is told at a Tab, by the words that stand before it.
import { Command } from 'commander';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Asked, candidates } from '../../src/cli/completion/candidates.ts';

const root = new Command('lastkmsg').option('-q, --quiet', 'no warnings').option('--color <when>', 'colours');
root
  .command('events')
  .description('structured events')
  .option('-k, --kind <list>', 'kinds')
  .option('--raw', 'records')
  .option('-f, --format <form>', 'form');
root.command('inspect').description('memory').option('-J, --json', 'JSON');
root.command('hook').description('after a dump').option('--root <dir>', 'an image');
root.command('completion').description('of shells');
const ask: Asked = {
  parts: async () => ['overview', 'ps', 'bt'],
  pids: async (file) =>
    file === 'vmcore'
      ? [
          ['1', 'systemd'],
          ['117', 'java'],
        ]
      : [],
};
const words = async (line: string): Promise<string[]> =>
  (await candidates(root, line.split(' '), ask, { dmesg: ['--level'] })).words.map(([word]) => word);

for (const [line, expected] of [
  ['', ['events', 'inspect', 'hook', 'completion']],
  ['ev', ['events']],
  ['--color ', ['auto', 'always', 'never']],
  ['--q', ['--quiet']],
  ['events --ra', ['--raw']],
  ['events --kind hung-', ['hung-task']],
  ['events -k oom-kill,pan', ['oom-kill,panic']],
  ['events --format ', ['ndjson', 'json', 'text', 'otlp', 'ecs', 'journal', 'prometheus', 'junit', 'sarif']],
  ['inspect vmcore ', ['overview', 'ps', 'bt']],
  ['inspect --json vmcore p', ['ps']],
  ['inspect vmcore bt ', ['1', '117']],
  ['inspect vmcore bt 11', ['117']],
  ['inspect other bt ', []],
  ['hook ', ['install', 'remove', 'status', 'run']],
  ['completion ba', ['bash']],
  ['vmcore ', []],
] as const)
  test(`lastkmsg ${line}<Tab>`, async () => assert.equal(await words(line), expected as unknown as string[]));

test('where a file can stand the shell adds its own', async () => {
  const also = async (line: string) => (await candidates(root, line.split(' '), ask)).also;
  assert.is(await also(''), 'files');
  assert.is(await also('events '), 'files');
  assert.is(await also('hook run '), 'directories');
  assert.is(await also('hook --root '), 'directories');
  assert.is(await also('inspect vmcore '), undefined);
});

test.run();
