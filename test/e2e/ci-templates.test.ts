// The templates of docs/ci: their shell steps are run as they stand, on a log with a crash and on one without.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { xmlFaults } from '../support/framings.ts';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-ci-'));
symlinkSync(resolve('dist/cli.js'), join(dir, 'lastkmsg'));
test.after(() => rmSync(dir, { recursive: true }));

/** Lines of a template that a shell runs. */
const steps = (template: string): string[] =>
  [...readFileSync(`docs/ci/${template}.yml`, 'utf8').matchAll(/^ +(?:- )?(lastkmsg .+)$/gm)].map(([, line = '']) => line);

/** Runs the steps on a log, each whatever the one before said. @returns their exit codes */
function run(template: string, log: string): (number | null)[] {
  writeFileSync(join(dir, 'console.log'), log);
  const env = { ...process.env, PATH: `${dir}:${process.env.PATH}`, GITHUB_STEP_SUMMARY: join(dir, 'summary.md') };
  return steps(template).map((step) => spawnSync('bash', ['-e', '-c', step], { cwd: dir, env }).status);
}
const left = (name: string): string => readFileSync(join(dir, name), 'utf8');

test('GitHub: the job fails where the kernel crashed, and leaves SARIF and a summary', () => {
  assert.equal(run('github', oopsLog), [0, 10]);
  assert.is(JSON.parse(left('kernel.sarif')).runs[0].results.length, 1);
  assert.match(left('summary.md'), 'NULL pointer');
  assert.equal(run('github', quietLog), [0, 0]);
});

test('GitLab: likewise, with JUnit and a report', () => {
  assert.equal(run('gitlab', oopsLog), [0, 10]);
  assert.match(left('kernel.xml'), 'failures="1"');
  assert.equal(xmlFaults(left('kernel.xml')), []);
  assert.match(left('kernel.html'), '<html');
  assert.equal(run('gitlab', quietLog), [0, 0]);
});

test.run();
