// What a wrong command line is told: one line in known phrases, whichever parser found it.
import { parseArgs } from 'node:util';
import { Command, Option } from 'commander';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wrongWords } from '../../src/cli/wrong-words.ts';

const test = suite('wrong words');

function byCommander(...args: string[]): string {
  const root = new Command('lastkmsg');
  root
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .command('info')
    .addOption(new Option('--color <when>', '').choices(['auto', 'always']))
    .option('-k, --kind <list>')
    .argument('<FILE>');
  return said(() => root.parse(['info', ...args], { from: 'user' }));
}

const byNode = (...args: string[]): string =>
  said(() => parseArgs({ args, options: { level: { type: 'string', short: 'l' }, raw: { type: 'boolean' } } }), ['--level', '--raw']);

function said(parse: () => void, options?: readonly string[]): string {
  try {
    parse();
  } catch (error) {
    return wrongWords(error as Error, options).message;
  }
  return 'nothing';
}

test('options that there are not, with the one that was meant', () => {
  assert.is(byCommander('--knd', 'x', 'file'), 'unknown option --knd; did you mean --kind? (see --help)');
  assert.is(byNode('--levle', 'x'), 'unknown option --levle; did you mean --level? (see --help)');
  assert.is(byCommander('-z', 'file'), 'unknown option -z (see --help)');
  assert.is(byNode('-z'), 'unknown option -z (see --help)');
});

test('arguments that lack, or are too many, or none of the choices', () => {
  assert.is(byCommander('file', '-k'), '--kind requires an argument (see --help)');
  assert.is(byNode('-l'), '--level requires an argument (see --help)');
  assert.is(byNode('--raw=1'), '--raw takes no argument (see --help)');
  assert.is(byCommander(), 'missing argument FILE (see --help)');
  assert.is(byCommander('a', 'b'), 'info takes 1 argument at most (see --help)');
  assert.is(byCommander('--color', 'red\nblue', 'a'), '--color takes auto, always; not red\nblue (see --help)');
});

test('what no phrase fits is one line all the same', () => {
  assert.is(wrongWords(new Error('error: something\n else')).message, 'something else');
});

test.run();
