// Completion and the manual page, by the shells and the man that are here.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const run = (...args: string[]) => spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-completion-'));
writeFileSync(join(dir, 'lastkmsg'), `#!/bin/sh\nexec ${process.execPath} ${resolve('dist/cli.js')} "$@"\n`);
chmodSync(join(dir, 'lastkmsg'), 0o755);
test.after(() => rmSync(dir, { recursive: true }));

test('bash completes commands, options and kinds', () => {
  const { stdout } = run('completion', 'bash');
  const complete = (line: string): string[] => {
    const words = line.split(' ');
    const script = `${stdout}\nCOMP_WORDS=(${words.map((w) => `'${w}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _lastkmsg; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, PATH: `${dir}:${process.env.PATH}` } })
      .stdout.trim()
      .split('\n');
  };
  assert.equal(complete('lastkmsg inci'), ['incidents']);
  assert.equal(complete('lastkmsg events --kind hung-t'), ['hung-task']);
  assert.ok(complete('lastkmsg events --').includes('--kind'));
  assert.ok(complete('lastkmsg inspect samples/x86_64-6.1-odd-records/vmcore k').includes('kmem'));
});

test('the scripts of the other shells are theirs', () => {
  for (const shell of ['zsh', 'fish'] as const) {
    const { stdout, status } = run('completion', shell);
    assert.is(status, 0);
    const there = spawnSync(shell, ['-c', 'true']).status === 0;
    if (there) assert.is(spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' }).stderr, '');
  }
  assert.is(run('completion', 'csh').status, 1);
});

test('nothing is said when there is nothing to complete', () => {
  const { stdout, stderr, status } = run('completion', 'words', '--', 'inspect', '/nowhere', 'bt', '');
  assert.equal({ stdout, stderr, status }, { stdout: '', stderr: '', status: 0 });
});

test('the manual page has every command, and man reads it without a word', () => {
  const { stdout } = run('completion', 'man');
  for (const name of ['events', 'incidents', 'report', 'tui', 'inspect', 'crash', 'doctor', 'hook', 'mcp', 'dmesg', 'trim'])
    assert.match(stdout, `.SS "lastkmsg ${name} `);
  assert.match(stdout, '.SH EXIT STATUS');
  const groff = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: stdout, encoding: 'utf8' });
  if (groff.error === undefined) assert.is(groff.stderr, '');
});

test.run();
