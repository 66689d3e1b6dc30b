// The events command through the bundle: formats, inputs, exit codes, pipes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog, quietLog } from '../support/sample-logs.ts';
import { schemaErrors } from '../support/validate-event.ts';

const test = suite<{ dir: string }>('events');
test.before((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'lastkmsg-events-'));
  writeFileSync(join(context.dir, 'oops.log'), oopsLog);
  writeFileSync(join(context.dir, 'quiet.log'), quietLog);
});
test.after(({ dir }) => rmSync(dir, { recursive: true }));

/** NO_COLOR is the runner's: here colours are asked for by option only. */
const run = (args: readonly string[], options: { input?: string; cwd?: string } = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'dist/cli.js'), ...args], {
    encoding: 'utf8',
    ...options,
  });
  return { status, stdout, stderr };
};
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test('ndjson when piped: one valid event a line', ({ dir }) => {
  const { status, stdout, stderr } = run(['events', join(dir, 'oops.log')]);
  assert.is(stderr, '');
  assert.is(status, 0);
  const events = lines(stdout);
  assert.is(events.length, 1);
  assert.equal(schemaErrors(events[0]), []);
  assert.is(events[0]?.kind, 'null-dereference');
  assert.is(events[0]?.source, join(dir, 'oops.log'));
});

test('json is one array, empty where nothing happened', ({ dir }) => {
  assert.is(JSON.parse(run(['events', '--format', 'json', join(dir, 'oops.log')]).stdout).length, 1);
  assert.is(run(['events', '--format', 'json', join(dir, 'quiet.log')]).stdout, '[]\n');
});

test('the code is disassembled from the bundle, the operand computed', ({ dir }) => {
  const [event] = lines(run(['events', join(dir, 'oops.log')]).stdout) as [
    { code: { instructions: { text: string; faulting?: boolean }[] }; fault: { hint: string } },
  ];
  assert.is(event.code.instructions.find((i) => i.faulting)?.text, 'mov dword ptr [rdi + 0x28], 0');
  assert.match(event.fault.hint, /RDI = 0x0/);
});

test('standard input, directories, several files: each event names its source', ({ dir }) => {
  assert.is(lines(run(['events', '-'], { input: oopsLog }).stdout)[0]?.source, '-');
  assert.is(lines(run(['events', dir]).stdout).length, 1);
  const two = lines(run(['events', 'oops.log', 'oops.log'], { cwd: dir }).stdout);
  assert.equal(
    two.map((e) => [e.source, e.id]),
    [
      ['oops.log', 'E1'],
      ['oops.log', 'E1'],
    ],
  );
});

test('one bad file never stops the others: 3; nothing read: 2; usage: 1', ({ dir }) => {
  const some = run(['events', join(dir, 'missing.log'), join(dir, 'oops.log')]);
  assert.is(some.status, 3);
  assert.is(lines(some.stdout).length, 1);
  assert.match(some.stderr, /^lastkmsg: \S*missing\.log: .*\n$/);
  assert.is(run(['events', join(dir, 'missing.log')]).status, 2);
  assert.is(run(['events', '--kind', 'nonsense', join(dir, 'oops.log')]).status, 1);
  assert.is(run(['events', '--bogus']).status, 1);
  assert.is(run(['--color', 'sometimes', join(dir, 'oops.log')]).status, 1);
});

test('--fail-on: 10 when found, 0 when not; a filter applies before', ({ dir }) => {
  assert.is(run(['events', '--fail-on', 'null-dereference,panic', join(dir, 'oops.log')]).status, 10);
  assert.is(run(['--fail-on', 'crash', 'events', join(dir, 'oops.log')]).status, 10, 'said before the command');
  assert.is(run(['events', '--fail-on', 'kasan', join(dir, 'oops.log')]).status, 0);
  assert.is(run(['events', '--fail-on', 'crash', '--kind', 'kasan', join(dir, 'oops.log')]).status, 0);
  assert.is(run(['--fail-on', 'crash', join(dir, 'oops.log')]).status, 10, 'and for the summary');
});

test('--raw adds the records of the report', ({ dir }) => {
  const [event] = lines(run(['events', '--raw', join(dir, 'oops.log')]).stdout) as [
    { raw: { text: string }[]; records: { count: number } },
  ];
  assert.ok(event.raw.length >= 10);
  assert.ok(event.raw.some((r) => r.text.startsWith('RIP: 0010:driver_xyz_process')));
});

test('the same input gives the same bytes', ({ dir }) => {
  const args = ['events', join(dir, 'oops.log')];
  assert.is(run(args).stdout, run(args).stdout);
});

test('text: title, stack, code; no colour when piped; the whole summary has a table', ({ dir }) => {
  const { stdout } = run(['events', '--format', 'text', join(dir, 'oops.log')]);
  assert.match(stdout, /NULL pointer dereference in driver_xyz_process/);
  assert.match(stdout, /> +\S+: {2}c7 47 28/);
  assert.not.match(stdout, /\x1b/);
  assert.match(run(['events', '--format', 'text', '--color', 'always', join(dir, 'oops.log')]).stdout, /\x1b\[/);
  assert.match(run(['--all', join(dir, 'oops.log')]).stdout, /TIME +SEVERITY[\s\S]*null-dereference/);
  assert.match(run([join(dir, 'quiet.log')]).stdout, /nothing that kills or warns/);
});

test('a reader that goes away ends it quietly', ({ dir }) => {
  const many = Array.from({ length: 300 }, () => `'${join(dir, 'oops.log')}'`).join(' ');
  const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" dist/cli.js events --raw ${many} | head -n 1`], {
    encoding: 'utf8',
  });
  assert.is(stderr, '');
  assert.is(status, 0);
});

test('schema prints the JSON Schema; help and version work', () => {
  assert.match(JSON.parse(run(['schema']).stdout).$schema, /json-schema/);
  assert.match(run(['--help']).stdout, /events[\s\S]*Exit codes/);
  assert.match(run(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
  assert.is(run(['events', '--help']).status, 0);
});

test.run();
