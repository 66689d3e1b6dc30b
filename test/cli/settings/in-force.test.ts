// Which of option, variable, file and default is in force, and what is said of what cannot be taken.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ConfigFile } from '../../../src/cli/settings/files.ts';
import { settingsOf } from '../../../src/cli/settings/in-force.ts';
import { SETTINGS } from '../../../src/cli/settings/known.ts';

const file = (path: string, text: string, trusted = true): ConfigFile => ({ path, text, trusted, state: 'read' });
const of = (key: string, files: ConfigFile[], env: Record<string, string> = {}) => {
  const found = settingsOf(files, env).inForce.find(({ setting }) => setting.key === key);
  return [found?.value, found?.from];
};

test('a variable comes before the files, the user’s file before the system’s, all before the default', () => {
  const mine = file('/mine', '# one\n\ncolor = never\n');
  const theirs = file('/theirs', 'color=always\nutc = yes');
  assert.equal(of('color', [mine, theirs], { LASTKMSG_COLOR: 'always' }), ['always', { kind: 'variable', variable: 'LASTKMSG_COLOR' }]);
  assert.equal(of('color', [mine, theirs]), ['never', { kind: 'file', file: '/mine', line: 3 }]);
  assert.equal(of('utc', [mine, theirs]), [true, { kind: 'file', file: '/theirs', line: 2 }]);
  assert.equal(of('utc', [mine]), [false, { kind: 'default' }]);
  assert.equal(of('utc', [mine], { LASTKMSG_UTC: '' }), [false, { kind: 'default' }], 'empty is not set');
});

test('lists: words with commas between, roots with colons', () => {
  assert.equal(of('redact-words', [], { LASTKMSG_REDACT_WORDS: 'acme, blue team,' })[0], ['acme', 'blue team']);
  assert.equal(of('roots', [file('/f', 'roots = /var/crash:/srv/dumps')])[0], ['/var/crash', '/srv/dumps']);
});

test('what cannot be taken is a warning with its line, and the next that can is in force', () => {
  const files = [file('/a', 'colour = never\nutc = perhaps\nnonsense\nhook-command = mail'), file('/b', 'utc = yes')];
  const { inForce, warnings } = settingsOf(files, { LASTKMSG_COLOR: 'purple' });
  assert.equal(inForce.find(({ setting }) => setting.key === 'utc')?.value, true);
  assert.equal([...warnings].sort(), [
    '/a:1: there is no setting colour; did you mean color?',
    '/a:2: utc takes yes or no; not perhaps',
    '/a:3: is not key = value',
    'LASTKMSG_COLOR: color takes auto, always or never; not purple',
  ]);
});

test('a command is not taken from a file that others can write', () => {
  const { inForce, warnings } = settingsOf([file('/a', 'hook-command = rm -rf /', false)], {});
  assert.is(inForce.find(({ setting }) => setting.key === 'hook-command')?.value, undefined);
  assert.equal(warnings, ['/a:1: hook-command is not taken from a file that others can write']);
});

test('no text throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, value) => {
      const { inForce } = settingsOf([file('/a', text), file('/b', `color = ${value}`)], { LASTKMSG_ROOTS: value });
      assert.is(inForce.length, SETTINGS.length);
    }),
  );
});

test.run();
