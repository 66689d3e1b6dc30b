// `lastkmsg FILE` and `lastkmsg DIR`, through the bundle but where many are looked at: a page each, whatever the sample.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cells } from '../../src/output/text/cells.ts';
import { runHere } from '../support/run-here.ts';
import { oopsLog } from '../support/sample-logs.ts';

const test = suite<{ dir: string }>('summary');
test.before((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'lastkmsg-summary-'));
});
test.after(({ dir }) => rmSync(dir, { recursive: true }));

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', env: { ...process.env, COLUMNS: '80', TZ: 'UTC', ...env } });

process.env.COLUMNS = '80';
process.env.TZ = 'UTC';

const SAMPLES = readdirSync('samples')
  .map((name) => join('samples', name, 'vmcore'))
  .filter((path) => existsSync(path));
const TWO_OOMS = 'samples/x86_64-5.10-two-ooms-then-oops';

test('a summary is a page of 80 columns: what happened first, what to do next last', async () => {
  assert.ok(SAMPLES.length > 10);
  for (const file of SAMPLES) {
    const { stdout, status } = await runHere(file);
    const lines = stdout.trimEnd().split('\n');
    assert.is(status === 0 || status === 3, true, file);
    assert.ok(lines.length <= 40, `${file}: ${lines.length} lines`);
    for (const line of lines) assert.ok(cells(line) <= 80, `${file}: ${line}`);
    if (/^I\d+ {2}[A-Z]+ {2}/m.test(stdout)) assert.match(stdout, /\nNext steps for I\d+\n[\s\S]+\n\nMore: --all.*\n$/);
  }
});

test('the incidents have one order in every form', async () => {
  const order = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, id]) => id);
  const brief = order((await runHere(TWO_OOMS)).stdout, /^(?: {2})?(I\d+) {2}/gm);
  assert.equal(brief, ['I4', 'I1', 'I2', 'I3']);
  assert.equal(order((await runHere('--all', `${TWO_OOMS}/vmcore`)).stdout, /^(I\d+) {2}/gm), brief);
  const report = async (format: string): Promise<string> => (await runHere('report', '--format', format, `${TWO_OOMS}/vmcore`)).stdout;
  assert.equal(order(await report('text'), /^(I\d+) {2}/gm), brief);
  assert.equal(order(await report('markdown'), /^\*\*(I\d+), /gm), brief);
  assert.equal(order(await report('html'), /<h3>.*Incident (I\d+)<\/h3>/g), brief);
});

test('a directory: the one crash that lies there with its text, else what its inputs share', () => {
  const one = run([TWO_OOMS]).stdout;
  assert.match(one, /\(dmesg\.txt is\s+the same log\)/);
  assert.match(one, /^I4 {2}FATAL/m);
  const many = run(['samples']).stdout.trimEnd().split('\n');
  assert.match(many[0] ?? '', /^36 inputs, /);
  assert.ok(many.length <= 40, `${many.length} lines`);
  for (const line of many) assert.ok(cells(line) <= 80, line);
  assert.match(run(['--all', 'samples/armhf-6.1']).stdout, /dmesg\.txt: [\s\S]*\nsamples\/armhf-6\.1\/vmcore: /);
});

test('alike incidents are one line', async ({ dir }) => {
  const file = join(dir, 'many.log');
  writeFileSync(file, oopsLog.repeat(40));
  const { stdout } = await runHere(file);
  assert.match(stdout, /\d+ more incidents like it/);
  assert.ok(stdout.split('\n').length <= 41);
});

test('neither NO_COLOR nor a pipe has colour; --color always has', () => {
  assert.not.match(run([TWO_OOMS], { NO_COLOR: '1' }).stdout, /\x1b/);
  assert.not.match(run([TWO_OOMS]).stdout, /\x1b/);
  assert.match(run(['--color', 'always', TWO_OOMS]).stdout, /\x1b\[1;31m/);
});

/** What a terminal of 80 by 24 is sent. */
const onTerminal = (args: string, env: NodeJS.ProcessEnv) =>
  spawnSync('script', ['-qec', `stty cols 80 rows 24; exec ${process.execPath} dist/cli.js ${args}`, '/dev/null'], {
    encoding: 'utf8',
    env: { ...process.env, TERM: 'xterm', LC_ALL: 'C.UTF-8', ...env },
  }).stdout;

test('on a terminal: a page needs no pager, more than a page has one, without one it is written all the same', () => {
  const vmcore = 'samples/s390x-6.1/vmcore';
  const paged = { PAGER: 'sed s/^/PAGED:/' };
  for (const sample of [vmcore, 'samples/armhf-6.1', TWO_OOMS]) assert.not.match(onTerminal(sample, paged), /PAGED/, sample);
  assert.match(onTerminal(`--all ${vmcore}`, paged), /PAGED:[\s\S]*PAGED:/);
  assert.not.match(onTerminal(`--all --no-pager ${vmcore}`, paged), /PAGED/);
  assert.match(onTerminal(`--all ${vmcore}`, { PAGER: 'no-such-pager-here' }), /Next steps for/);
  assert.match(onTerminal('samples/armhf-6.1', { PAGER: 'cat' }), /0 of 2 inputs read/);
});

test('a terminal that knows no more is sent ASCII', () => {
  const sent = onTerminal(TWO_OOMS, { LC_ALL: 'C', PAGER: 'cat' });
  assert.match(sent, /I4 {2}FATAL/);
  assert.not.match(sent, /[^\x00-\x7f]/);
});

test('what is misspelt is named, and known errors in known words', ({ dir }) => {
  const err = (...args: string[]) => run(args).stderr.trimEnd();
  assert.match(err('evnts', 'x'), /evnts: no such file, and no command; did you mean events\?/);
  assert.match(err('events', '--knd', 'x'), /^lastkmsg: unknown option --knd; did you mean --kind\? \(see --help\)$/);
  assert.match(err('events', '--kind', 'oom-kil', 'x'), /did you mean oom-kill\?/);
  assert.match(err('--input', 'dmseg', 'x'), /did you mean dmesg\?/);
  assert.match(err('help', 'reprot'), /did you mean report\?/);
  assert.is(err('nofile.log'), 'lastkmsg: nofile.log: no such file or directory');
  assert.match(err('report', TWO_OOMS, '-o', join(dir, 'none', 'x.html')), /x\.html: no such file or directory$/);
});

test.run();
