import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ask } from '../../../src/cli/inspect/ask.ts';
import { PARTS } from '../../../src/cli/inspect/parts.ts';
import { answerText } from '../../../src/cli/inspect/table.ts';
import { unknownOf } from '../../../src/cli/inspect/unknown.ts';
import { golden } from '../../support/golden.ts';
import { HOLES, inspectSample, RICH } from '../../support/inspect-sample.ts';

const QUESTIONS = [
  'overview',
  'sys',
  'ps',
  'ps -m',
  'ps --state UN',
  'stuck',
  'mod',
  'kmem -i',
  'kmem -s',
  'kmem -z',
  'irq',
  'irq -s',
  'dev -d',
  'mount',
  'files 147',
  'vm 1',
  'timer',
  'wq -a',
  'runq',
  'cgroups',
  'net',
  'swap',
  'sym schedule xyz_write',
  'struct list_head',
  'struct task_struct.thread_info init_task',
  'struct task_struct.comm init_task',
  'rd linux_banner 4',
  'vtop init_task',
  'vtop 0x401000 1',
];

for (const [name, file] of [
  ['rich-stuck-disk-6.1', RICH],
  ['holes-7.2', HOLES],
] as const) {
  test(`every part of a whole dump: ${name}`, async () => {
    const { inspection } = await inspectSample(file);
    assert.ok(inspection);
    const texts = QUESTIONS.map((question) => {
      const [part, ...args] = question.split(' ');
      try {
        const answer = ask(inspection, PARTS.find((each) => each.name === part)!, args);
        const unknown = unknownOf(answer, inspection.kernel).map(({ what, reason }) => `unknown: ${what} (${reason})\n`);
        return `$ ${question}\n${answerText(answer)}${unknown.join('')}`;
      } catch (error) {
        assert.is((error as Error).name, 'UsageError'); // what this machine does not have
        return `$ ${question}\n${(error as Error).message}\n`;
      }
    });
    golden(`inspect/${name}.txt`, texts.join('\n'));
  });
}

test('--help names every part', () => {
  const program = readFileSync('src/cli/help.ts', 'utf8');
  const listed = program.slice(program.indexOf('WHAT is one of'), program.indexOf('`;', program.indexOf('WHAT is one of')));
  for (const { name } of PARTS) assert.match(listed, new RegExp(`\\b${name}\\b`));
});

test('arguments that a part does not know are refused', async () => {
  const { inspection } = await inspectSample(RICH);
  for (const [part, ...args] of [
    ['ps', '-z'],
    ['ps', '99999'],
    ['kmem'],
    ['files'],
    ['vm', '2'],
    ['sym', 'no_such_symbol'],
    ['struct', 'no_such_type'],
    ['struct', 'task_struct.no_such_member'],
    ['rd', 'init_task', '-1'],
  ]) {
    assert.throws(
      () => PARTS.find(({ name }) => name === part)!.answer(inspection!, args),
      (error: Error) => error.name === 'UsageError',
      `${part} ${args}`,
    );
  }
});

test.run();
