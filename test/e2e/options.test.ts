// What stands around a command: options of all commands, help, times, options that contradict each other.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

const ONE = 'samples/x86_64-6.1-odd-records/vmcore';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-options-'));
const file = (name: string, content: string): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};
const OOPS = file('oops.log', oopsLog);
const QUIET = file('quiet.log', quietLog);

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args]);
  return { status, out: stdout.toString('utf8'), err: stderr.toString('utf8') };
}

for (const command of ['dmesg', 'info', 'trim', 'events', 'incidents', 'report']) {
  test(`${command} takes the options of all commands, and its help lists them`, () => {
    const { status, out } = run(command, '--help');
    assert.is(status, 0);
    for (const option of ['--input', '--color', '--fail-on', '--quiet', '--verbose', '--help']) assert.match(out, option);
    assert.is(run('help', command).out, out);
  });
}

test('every help fits 80 columns, with examples and exit codes', () => {
  const names = [
    ...run('--help')
      .out.split('\nCommands:')[1]!
      .matchAll(/^ {2}([a-z]+) {2,}\S/gm),
  ]
    .map(([, name]) => name as string)
    .filter((name) => name !== 'help');
  assert.ok(names.length >= 10, names.join(' '));
  for (const args of [[], ...names.map((name) => [name])]) {
    const { out } = run(...args, '--help');
    for (const line of out.split('\n')) assert.ok(line.length <= 80, `${args} ${line}`);
    assert.match(out, /\nExamples:\n {2}\S/, `${args}`);
    assert.match(out, /\nExit codes:\n {2}0 /, `${args}`);
  }
});

test('--version behind a command', () => {
  for (const command of ['dmesg', 'info', 'events']) assert.match(run(command, '--version').out, /^\d+\.\d+\.\d+\n$/);
});

test('options of all commands may stand before the name', () => {
  assert.is(run('--quiet', '--color', 'never', 'dmesg', ONE).out, run('dmesg', ONE).out);
  assert.is(run('--input', 'nonsense', 'info', ONE).status, 1);
  assert.is(run('help', 'nonsense').status, 1);
});

test('--verbose says what a file was read as', () => {
  assert.match(run('dmesg', '--verbose', ONE).err, /vmcore: read as kdump-compressed/);
  assert.match(run('info', '-v', QUIET).err, /quiet\.log: read as /);
});

test('--fail-on: the exit code of any command', () => {
  for (const command of ['dmesg', 'info']) {
    assert.is(run(command, '--fail-on', 'crash', OOPS).status, 10, command);
    assert.is(run(command, '--fail-on', 'crash', QUIET).status, 0, command);
    assert.is(run(command, '--fail-on', 'crashes', QUIET).status, 1, command);
  }
  assert.is(run('trim', '--fail-on', 'null-dereference', ONE, '-o', join(dir, 'small')).status, 10);
});

test('an option of another command is refused, wherever it stands', () => {
  assert.match(run('--all', 'info', ONE).err, /^lastkmsg: info takes no --all$/m);
  assert.is(run('--fail-on', 'crash', 'doctor').status, 1);
  assert.is(run('doctor', '--fail-on', 'crash').status, 1);
  assert.is(run('crash', ONE, 'sys', '--fail-on', 'crash').status, 10);
});

test('standard input that is named twice is read once', () => {
  const input = readFileSync(OOPS);
  const twice = spawnSync(process.execPath, ['dist/cli.js', 'info', '-', '-'], { input });
  assert.equal(twice, { ...spawnSync(process.execPath, ['dist/cli.js', 'info', '-'], { input }), pid: twice.pid });
});

test('--input: a form that is none is a usage error that names those there are', () => {
  const { status, err } = run('dmesg', '--input', 'jurnal', QUIET);
  assert.is(status, 1);
  assert.match(err, /--input takes vmcore, raw, .*journal.*; not jurnal/);
});

test('options that contradict each other are told', () => {
  for (const [one, other] of [
    ['--raw', '--ctime'],
    ['--json', '--ctime'],
    ['--format=kmsg', '--decode'],
    ['--notime', '--reltime'],
  ] as const) {
    const { status, err } = run('dmesg', one, other, ONE);
    assert.is(status, 1, `${one} ${other}`);
    assert.match(err, /exclude each other/);
  }
});

const RTC = '[    1.500000] rtc_cmos 00:01: setting system clock to 2024-05-01T12:00:00 UTC (1714564800)\n';
const dated = file('dated.log', quietLog.replace('[    5.000000]', `${RTC}[    5.000000]`));

test('dates: a text log is dated by its RTC line, before and after it', () => {
  const lines = (...args: string[]) => run('dmesg', ...args, dated).out.split('\n').length - 1;
  assert.match(run('dmesg', '-T', '--utc', dated).out, /^\[Wed May {2}1 11:59:58 2024\] Linux version/);
  const all = lines();
  const late = lines('--since', '2024-05-01T12:00:00Z');
  assert.ok(late > 0 && late < all, `${late} of ${all}`);
  assert.is(lines('--until', '2024-05-01T12:00:00Z') + late, all);
  assert.is(lines('--since', '-1h'), 0);
});

test('dates of a log that nothing dates: said, and nothing is hidden', () => {
  for (const args of [
    ['--since', 'yesterday'],
    ['--until', '2001-01-01'],
  ]) {
    const { status, out, err } = run('dmesg', ...args, QUIET);
    assert.is(out, quietLog);
    assert.match(err, /nothing anchors the clock of this log: --since and --until by date were not applied/);
    assert.is(status, 0);
  }
  assert.match(run('dmesg', '-T', QUIET).err, /nothing anchors.*times are seconds since boot/);
  assert.is(run('dmesg', '-T', '--quiet', QUIET).err, '');
});

test('colour on a terminal that can, and on no other', () => {
  const terminal = (environment: string): string =>
    spawnSync('sh', [
      '-c',
      `${environment} script -qec "${process.execPath} dist/cli.js dmesg -HP ${ONE}" /dev/null </dev/null`,
    ]).stdout.toString();
  if (spawnSync('sh', ['-c', 'command -v script']).status !== 0) return;
  assert.match(terminal('TERM=xterm NO_COLOR='), /\x1b\[/);
  assert.not.match(terminal('TERM=dumb NO_COLOR='), /\x1b\[/);
  assert.not.match(terminal('TERM=xterm NO_COLOR=1'), /\x1b\[/);
});

test('dates of a dump', () => {
  assert.is(run('dmesg', '--until', '2001-01-01', ONE).out, '');
  assert.is(run('dmesg', '--since', '@978307200', ONE).out, run('dmesg', ONE).out);
  assert.is(run('dmesg', '--since', 'boot 5', ONE).status, 1);
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
