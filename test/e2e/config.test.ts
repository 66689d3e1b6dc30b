// Settings through the binary: what is in force, that commands obey it, and that dmesg does not look.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog } from '../support/sample-logs.ts';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-config-'));
const path = join(dir, 'lastkmsg', 'config');
mkdirSync(join(dir, 'lastkmsg'));
test.after(() => rmSync(dir, { recursive: true }));

interface Said {
  readonly settings: readonly { key: string; value: unknown; from: { kind: string } }[];
  readonly files: readonly { path: string; state: string }[];
  readonly warnings: readonly string[];
}

function run(text: string, args: readonly string[], env: Record<string, string> = {}) {
  writeFileSync(path, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], {
    input: oopsLog,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, XDG_CONFIG_HOME: dir, XDG_CONFIG_DIRS: '/nowhere', ...env },
  });
  return { status, stdout, stderr };
}

test('config says each setting, and why', () => {
  const { stdout, status } = run('utc = yes\nroots = /srv\n', ['config', '--json', '--color', 'never'], { LASTKMSG_ROOTS: '/var/crash' });
  assert.is(status, 0);
  const { settings, files, warnings } = JSON.parse(stdout) as Said;
  const why = Object.fromEntries(settings.map(({ key, from }) => [key, from]));
  assert.equal(why.color, { kind: 'option', option: '--color' });
  assert.equal(why.utc, { kind: 'file', file: path, line: 1 });
  assert.equal(why.roots, { kind: 'variable', variable: 'LASTKMSG_ROOTS' });
  assert.equal(why['redact-words'], { kind: 'default' });
  assert.equal(files, [
    { path, state: 'read' },
    { path: '/nowhere/lastkmsg/config', state: 'absent' },
  ]);
  assert.equal(warnings, []);
  assert.match(run('utc = yes\n', ['config']).stdout, /^utc +yes +.*config:1$/m);
});

test('commands take settings where no option is given; what is wrong is a line, and no error', () => {
  const coloured = (text: string, ...args: string[]): boolean => run(text, ['events', '-f', 'text', ...args, '-']).stdout.includes('\x1b[');
  assert.not.ok(coloured(''));
  assert.ok(coloured('color = always\n'));
  assert.not.ok(coloured('color = always\n', '--color=never'));
  const { status, stderr } = run('colour = always\n', ['events', '-']);
  assert.is(status, 0);
  assert.is(stderr, `lastkmsg: ${path}:1: there is no setting colour; did you mean color?\n`);
  assert.is(run('colour = always\n', ['events', '-q', '-']).stderr, '');
});

test('words of the settings are replaced where a report is redacted, and redact none by themselves', () => {
  const words = { LASTKMSG_REDACT_WORDS: 'driver_xyz' };
  const report = (...args: string[]): string => run('', ['report', '--format', 'text', ...args, '-'], words).stdout;
  assert.match(report(), 'driver_xyz');
  assert.not.match(report('--redact'), 'driver_xyz');
});

test('a command of a file that others can write is not run', () => {
  run('hook-command = true\n', ['config']);
  chmodSync(path, 0o666);
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'config', '--json'], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CONFIG_HOME: dir },
  });
  chmodSync(path, 0o644);
  const { settings } = JSON.parse(stdout) as Said;
  assert.equal(settings.find(({ key }) => key === 'hook-command')?.from, { kind: 'default' });
});

test('dmesg does not look at any', () => {
  assert.is(run('nonsense\n', ['dmesg', '-']).stderr, '');
  assert.is(run('nonsense\n', ['dmesg', '-']).status, 0);
});

test.run();
