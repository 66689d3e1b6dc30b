// A writer that is killed, or whose disk is full, at any moment: what it said to be kept is kept, and nothing twice.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readStore } from '../../../src/fleet/store/reader.ts';

const root = mkdtempSync(join(tmpdir(), 'killed-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const CHILD = 'test/support/ingest-child.ts';
const COUNT = 90;
const KILLS = 10;

/** Runs the writer until it has said so many lines, and kills it in the middle of what comes next. @returns how many answers it said to be kept */
function killedAfter(path: string, lines: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, path, `${COUNT}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      // a batch takes some ten milliseconds: turns of the loop end at another place of it each time
      if (said.split('\n').length > lines) setImmediate(() => child.kill('SIGKILL'));
    });
    child.on('error', reject);
    child.on('close', () => resolve(Number(said.trim().split('\n').at(-1) ?? 0)));
  });
}

async function rowsOf(path: string): Promise<{ readonly inputs: ReadonlySet<string>; readonly problems: readonly string[] }> {
  const reader = await readStore(path);
  try {
    const { rows } = await reader.query('SELECT input FROM inputs');
    const inputs = new Set(rows.map(([name]) => String(name)));
    assert.is(inputs.size, rows.length, 'no input counts twice');
    const [[incidents, events] = []] = (await reader.query('SELECT (SELECT count(*) FROM incidents), (SELECT count(*) FROM events)')).rows;
    assert.equal([incidents, events], [rows.length, rows.length], 'an input is there with all of its rows or not at all');
    return { inputs, problems: reader.problems };
  } finally {
    reader.close();
  }
}

test('killed in the middle, again and again', async () => {
  const path = join(root, 'killed');
  for (let kill = 0; kill < KILLS; kill++) {
    const kept = await killedAfter(path, 1 + kill * 2);
    const { inputs, problems } = await rowsOf(path);
    for (let i = 0; i < kept; i++) assert.ok(inputs.has(`${i}`), `${i} of ${kept} was said to be kept`);
    assert.equal(problems, []);
  }
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', CHILD, path, `${COUNT}`]);
  assert.is(status, 0, 'no lock is left behind');
  assert.is((await rowsOf(path)).inputs.size, COUNT);
});

test('no room: it is said, what was kept stays, and later it goes on', async () => {
  const path = join(root, 'full');
  await killedAfter(path, 2);
  const before = await rowsOf(path);
  // files of at most one block of 512 bytes: less than the smallest unit takes, as on a disk that is full
  const full = spawnSync(
    '/bin/sh',
    ['-c', `trap '' XFSZ; ulimit -f 1; exec "$0" --import tsx ${CHILD} "$1" ${COUNT}`, process.execPath, path],
    {
      encoding: 'utf8',
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    },
  );
  assert.is(full.status, 1, full.stderr);
  assert.match(full.stderr, /^StoreError: .*could not be written to/);
  const after = await rowsOf(path);
  assert.equal([...after.inputs].sort(), [...before.inputs].sort());
  assert.is(spawnSync(process.execPath, ['--import', 'tsx', CHILD, path, `${COUNT}`]).status, 0);
  assert.is((await rowsOf(path)).inputs.size, COUNT);
});

test.run();
