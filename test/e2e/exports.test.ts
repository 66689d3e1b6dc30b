// Events in the forms of other programs, out of the binary: bytes arrive as they were written, and nothing is loaded that is not asked for.
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { entriesOf, isPrometheus, xmlFaults } from '../support/framings.ts';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

function run(input: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'events', ...args, '-'], { input });
  return { status, stdout, stderr: stderr.toString() };
}
const text = (format: string, log = oopsLog): string => run(log, '--format', format).stdout.toString();

test('each form is whole', () => {
  assert.is(JSON.parse(text('otlp')).resourceLogs.length, 1);
  assert.is(JSON.parse(text('ecs')).event.action, 'null-dereference');
  assert.is(entriesOf(run(oopsLog, '--format', 'journal').stdout)[0]?.get('LASTKMSG_KIND'), 'null-dereference');
  assert.match(text('prometheus'), 'lastkmsg_events{source="-",kind="null-dereference"');
  assert.ok(text('prometheus').trimEnd().split('\n').every(isPrometheus));
  assert.equal(xmlFaults(text('junit')), []);
  assert.match(text('junit'), 'tests="1" failures="1"');
  assert.is(JSON.parse(text('sarif')).runs[0].results[0].ruleId, 'null-dereference');
});

test('so it is of a log in which nothing happened', () => {
  assert.equal(JSON.parse(text('otlp', quietLog)), { resourceLogs: [] });
  assert.is(text('ecs', quietLog) + text('journal', quietLog), '');
  assert.match(text('prometheus', quietLog), 'lastkmsg_source_read{source="-"} 1');
  assert.match(text('junit', quietLog), 'tests="1" failures="0"');
  assert.equal(JSON.parse(text('sarif', quietLog)).runs[0].results, []);
});

test('incidents have the same forms: one a headline, with its reasons', () => {
  const told = (format: string, log = oopsLog): string =>
    spawnSync(process.execPath, ['dist/cli.js', 'incidents', '--format', format, '-'], { input: log, encoding: 'utf8' }).stdout;
  const [{ headline, reasons }] = JSON.parse(told('json')).incidents;
  const [document] = told('ecs')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.is(document.message, headline);
  assert.is(document.event.dataset, 'lastkmsg.incidents');
  assert.ok(document.event.reason.startsWith(reasons[0].text));
  assert.match(told('prometheus'), 'lastkmsg_incidents{source="-",kind="null-dereference"');
  assert.equal(xmlFaults(told('junit')), []);
  assert.ok(told('sarif').includes(reasons[0].text));
  assert.match(told('junit', quietLog), 'tests="1" failures="0"');
});

test('--fail-on counts whatever the form; a form that is whole at the end alone cannot follow', () => {
  assert.is(run(oopsLog, '--format', 'junit', '--fail-on', 'crash').status, 10);
  const { status, stderr } = run(oopsLog, '--format', 'sarif', '--follow');
  assert.is(status, 1);
  assert.match(stderr, 'is written at the end of the log');
});

test.run();
