// What the binaries load before they print: bytes of code, not seconds. Most of the time of a short run goes there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const DUMP = 'samples/x86_64-6.1-odd-records/vmcore';
const TEXT = 'samples/x86_64-6.1-odd-records/dmesg.txt';
const KB = 1000;

/** The files of dist that a run loads, as node's own account of what was run names them. */
function loaded(binary: string, ...args: readonly string[]): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-start-'));
  try {
    spawnSync(process.execPath, [`dist/${binary}`, ...args], { env: { ...process.env, NODE_V8_COVERAGE: dir } });
    const accounts = readdirSync(dir).map((file) => JSON.parse(readFileSync(join(dir, file), 'utf8')) as { result: { url: string }[] });
    return [...new Set(accounts.flatMap(({ result }) => result.map(({ url }) => url)).filter((url) => url.includes('/dist/')))].map((url) =>
      basename(url),
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const bytesOf = (files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(join('dist', file)).size, 0);

test('the log of a dump takes one file of code beside what loads it', () => {
  assert.equal(loaded('cli.js', 'dmesg', DUMP).sort(), ['cli.js', 'log.cjs']);
  assert.equal(loaded('vmcore-dmesg.js', DUMP).sort(), ['cli.js', 'log.cjs', 'vmcore-dmesg.js']);
  assert.ok(bytesOf(['cli.js', 'log.cjs']) < 200 * KB);
});

test('that file starts no process and needs few modules of node', () => {
  const modules = [...readFileSync('dist/log.cjs', 'utf8').matchAll(/\brequire\("(node:[\w/]+)"\)/g)].map(([, name]) => name);
  assert.equal([...new Set(modules)].sort(), ['node:events', 'node:fs', 'node:os', 'node:path', 'node:util', 'node:zlib']);
});

test('the log of a text takes the text stage, and no grammar', () => {
  const files = loaded('cli.js', 'dmesg', TEXT);
  assert.ok(files.includes('log.cjs') && files.length > 2);
  assert.ok(bytesOf(files) < 430 * KB, `${bytesOf(files)}`);
});

test('what cannot be opened is told before grammars and tables are loaded', () => {
  assert.ok(bytesOf(loaded('cli.js', 'events', 'no-such-file')) < 320 * KB);
  // the others say what a run is that finds something
  assert.ok(bytesOf(loaded('cli.js', 'events', TEXT)) > 1000 * KB);
});

test('events and what correlates them are groups alone: no module is looked for', () => {
  const events = ['cli.js', 'events.cjs', 'log.cjs', 'program.cjs', 'shared.cjs', 'text.cjs'];
  assert.equal(loaded('cli.js', 'events', TEXT).sort(), events);
  assert.equal(loaded('cli.js', TEXT).sort(), [...events, 'incidents.cjs', 'pieces.cjs'].sort());
});

test.run();
