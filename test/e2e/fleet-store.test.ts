// `lastkmsg fleet` through the bundle: into a store once, and questions over it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runHere } from '../support/run-here.ts';
import { oopsLog, quietLog } from '../support/sample-logs.ts';
import { schemaErrors } from '../support/validate-event.ts';

interface Context {
  dir: string;
  logs: string;
  store: string;
}

const test = suite<Context>('fleet store');
const HOSTS = 12;
process.env.COLUMNS = '80';

test.before((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'lastkmsg-store-'));
  context.logs = join(context.dir, 'logs');
  context.store = join(context.dir, 'store');
  for (let n = 0; n < HOSTS; n++) {
    mkdirSync(join(context.logs, `web-${n}`), { recursive: true });
    const release = n % 2 === 0 ? '6.1.0-56-amd64' : '6.1.0-57-amd64';
    const log = (n % 3 === 0 || n % 2 === 0 ? quietLog : oopsLog).replaceAll('6.1.0-56-amd64', release);
    writeFileSync(join(context.logs, `web-${n}`, 'dmesg.log'), `${log}[    6.000000] systemd[1]: Hostname set to <web-${n}>.\n`);
  }
  const dump = join(context.logs, 'dump');
  mkdirSync(dump);
  copyFileSync('samples/x86_64-7.2-two-ooms-then-oops/vmcore', join(dump, 'vmcore'));
  writeFileSync(join(dump, 'vmcore-dmesg.txt'), spawnSync(process.execPath, ['dist/cli.js', 'dmesg', join(dump, 'vmcore')]).stdout);
  writeFileSync(join(context.logs, 'broken.zip'), Buffer.from('PK\x03\x04\0\0\0\0'.repeat(99), 'latin1'));
});
test.after(({ dir }) => rmSync(dir, { recursive: true }));

const runIn = (dist: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [`${dist}/cli.js`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '80', ...env },
    maxBuffer: 1 << 28,
  });
const run = (...args: readonly string[]) => runIn('dist', args);
const oneLine = (text: string): void => assert.match(text, /^lastkmsg: [^\n]*\n$/);

interface Group {
  readonly kind: string;
  readonly title: string;
  readonly inputs: number;
}
const idsOf = (groups: readonly Group[]): string[] => groups.map(({ kind, title, inputs }) => `${inputs} ${kind} ${title}`);

test('a directory is read into a store, which then says what incidents says, in the same order', ({ logs, store }) => {
  const read = run('fleet', logs, '--store', store, '--json');
  assert.is(read.status, 3, 'a broken file is told, and stops nothing');
  assert.match(read.stderr, 'broken.zip');
  assert.match(read.stderr, `${HOSTS + 3} kept, 0 known already`);
  const grouped = JSON.parse(run('incidents', '--format', 'fleet-json', logs).stdout);
  const told = JSON.parse(read.stdout);
  assert.equal(idsOf(told.rows), idsOf(grouped.groups));
  assert.is(grouped.copies.length, 1);
  assert.ok(told.notes.some((note: string) => note.includes('1 text of a dump beside it')));
});

test('what is in the store is not read again', ({ logs, store }) => {
  const again = run('fleet', logs, '--store', store);
  assert.is(again.status, 0, again.stderr);
  assert.match(again.stderr, `0 kept, ${HOSTS + 3} known already`);
  const renamed = join(logs, 'web-1', 'another-name.log');
  copyFileSync(join(logs, 'web-1', 'dmesg.log'), renamed);
  assert.match(run('fleet', renamed, '--store', store).stderr, '0 kept, 1 known already');
  rmSync(renamed);
});

test('an archive is known by itself, and its members by themselves', ({ dir, logs }) => {
  const store = join(dir, 'from-archive');
  const archive = join(dir, 'case.tar');
  spawnSync('tar', ['-cf', archive, '-C', logs, 'web-1', 'web-5']);
  assert.match(run('fleet', archive, '--store', store).stderr, '3 kept, 0 known already');
  assert.match(run('fleet', archive, '--store', store).stderr, '0 kept, 1 known already');
  assert.match(run('fleet', join(logs, 'web-1'), '--store', store).stderr, '0 kept, 1 known already');
  const { rows } = JSON.parse(run('fleet', 'top', '--json', '--store', store).stdout);
  assert.is(rows[0].inputs, 2);
});

test('every question answers in every format, and none colours what is no terminal', async ({ store }) => {
  const questions: readonly (readonly string[])[] = [
    ['top'],
    ['top', '--since', '2020-01-01', '--until', '2030-01-01'],
    ['new', '--since', '2020-01-01'],
    ['new', '--release', '6.1.0-57-amd64'],
    ...['host', 'module', 'model', 'firmware', 'release', 'arch'].map((dimension) => ['by', dimension]),
    ['by', 'release', '--signature', 'driver_xyz_process'],
    ['about', 'driver_xyz_process'],
    ['trend', '--by', 'month'],
    ['trend', 'driver_xyz_process'],
    ['sql', 'SELECT status, count(*) AS n FROM inputs GROUP BY 1 ORDER BY 1'],
    ['save', 'by-status', 'SELECT status, count(*) AS n FROM inputs GROUP BY 1 ORDER BY 1'],
    ['run', 'by-status'],
    ['queries'],
  ];
  for (const question of questions) {
    const said = question.join(' ');
    const text = await runHere('fleet', ...question, '--store', store);
    assert.is(text.status, 0, `${said}: ${text.stderr}`);
    assert.not.match(text.stdout, '\x1b', said);
    for (const line of text.stdout.split('\n')) assert.ok(line.length <= 110, `${said}: ${line}`);
    const json = JSON.parse((await runHere('fleet', ...question, '--store', store, '--json')).stdout);
    assert.equal(schemaErrors(json, 'FleetReply'), [], said);
    if (!['top', 'about', 'sql'].includes(`${question[0]}`)) continue;
    const lines = (await runHere('fleet', ...question, '--store', store, '-f', 'ndjson')).stdout.trimEnd().split('\n');
    assert.equal(
      lines.map((line) => JSON.parse(line)),
      json.rows,
      said,
    );
  }
  assert.match(
    (await runHere('fleet', 'about', 'driver_xyz_process', '--store', store, '-f', 'html')).stdout,
    /^<!DOCTYPE html>[\s\S]*<\/html>\n$/,
  );
  const fresh = JSON.parse((await runHere('fleet', 'new', '--release', '6.1.0-57-amd64', '--store', store, '-J')).stdout);
  assert.match(fresh.notes.join(), 'seen in none of 6 inputs of earlier releases');
  assert.is(fresh.rows[0].of, 6);
  assert.is(runIn('dist', ['fleet', 'top', '--json'], { LASTKMSG_STORE: store }).status, 0, 'the store may be a setting');
  assert.is((await runHere('fleet', 'new', '--since', '-20y', '--fail-on', 'crash', '--store', store)).status, 10);
  assert.is((await runHere('fleet', 'new', '--since', '-1s', '--fail-on', 'crash', '--store', store)).status, 0);
  assert.match((await runHere('fleet', 'top', '--store', store, '--color', 'always')).stdout, '\x1b[');
  assert.not.match(runIn('dist', ['fleet', 'top', '--store', store], { NO_COLOR: '1' }).stdout, '\x1b');
});

test('what is wrong is said in a line', async ({ dir, store }) => {
  const newer = join(dir, 'newer');
  mkdirSync(newer);
  writeFileSync(join(newer, 'store.json'), '{"schema":99}');
  for (const [code, args, said] of [
    [1, ['top'], 'fleet takes --store PATH'],
    [2, ['top', '--store', join(dir, 'none')], 'there is no store'],
    [2, ['top', '--store', newer], 'found version 99'],
    [2, ['top', '--store', dir], 'a directory without store.json'],
    [2, [join(dir, 'missing'), '--store', join(dir, 'made')], 'no such file'],
    [1, ['by', 'colour', '--store', store], 'by takes host'],
    [1, ['by', '--store', store], 'usage: lastkmsg fleet by'],
    [1, ['new', '--store', store], 'since when?'],
    [1, ['new', '--release', '9.9', '--store', store], 'found none'],
    [1, ['about', 'nothing like that', '--store', store], 'found none'],
    [1, ['top', '--since', 'soon', '--store', store], '--since takes'],
    [1, ['top', '--rows', '0', '--store', store], '--rows takes'],
    [1, ['top', '--format', 'xml', '--store', store], '--format takes'],
    [1, ['sql', 'SELEC', '--store', store], 'Parser Error'],
    [1, ['sql', "COPY inputs TO '/tmp/x'", '--store', store], 'the store is only read here'],
    [1, ['run', 'nothing', '--store', store], 'found by-status'],
    [1, ['prune', '--store', store], 'fleet prune --before DATE'],
    [2, ['prune', '--before', '-90d', '--store', join(dir, 'none')], 'there is no store'],
  ] as const) {
    const { status, stderr, stdout } = await runHere('fleet', ...args);
    assert.is(status, code, `${args}: ${stderr}`);
    assert.match(stderr, said);
    if (!stderr.includes('kept')) oneLine(stderr);
    assert.is(stdout.includes('bug in lastkmsg'), false);
  }
});

test('prune takes out days by when inputs were read', ({ dir, logs }) => {
  const store = join(dir, 'pruned');
  run('fleet', logs, '--store', store, '-q');
  assert.equal(run('fleet', 'prune', '--before', '-90d', '--store', store).stdout, '0 days removed, 0.0 MB\n');
  assert.match(run('fleet', 'prune', '--before', '2100-01-01', '--store', store).stdout, /^1 day removed: \d{4}-\d\d-\d\d, \d+\.\d MB\n$/);
  assert.match(run('fleet', 'top', '--store', store, '--json').stdout, /"rows":\s*\[\]/);
});

test('without DuckDB it says what to install, and everything else works', ({ dir, logs, store }) => {
  const dist = join(dir, 'alone', 'dist');
  cpSync(resolve('dist'), dist, { recursive: true });
  const { status, stderr } = runIn(dist, ['fleet', 'top', '--store', store]);
  // where somebody has installed it for all programs, it is found
  if (status !== 0) {
    assert.is(status, 2);
    assert.match(stderr, 'npm install -g @duckdb/node-api');
    oneLine(stderr);
  }
  const installed = dirname(dirname(dirname(dirname(createRequire(import.meta.url).resolve('@duckdb/node-api')))));
  assert.is(runIn(dist, ['fleet', 'top', '--store', store], { NODE_PATH: installed }).status, 0);
  assert.is(runIn(dist, ['incidents', '-f', 'text', join(logs, 'web-1'), join(logs, 'web-5')]).status, 0);
});

test('a damaged file is named, and the rest answers', ({ logs, store }) => {
  const days = readdirSync(join(store, 'events'));
  const day = join(store, 'events', days[0]!);
  const [unit = ''] = readdirSync(day);
  writeFileSync(join(day, unit), 'garbage');
  const { status, stderr, stdout } = run('fleet', 'top', '--store', store);
  assert.is(status, 3);
  assert.match(stderr, `${unit}: it is no Parquet file`);
  assert.match(stdout, / inputs?/);
  assert.match(run('fleet', logs, '--store', store).stderr, / kept/);
});

test.run();
