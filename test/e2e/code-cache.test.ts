// What V8 compiled is kept for later runs, and nothing depends on it.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const SAMPLE = 'samples/x86_64-6.1-odd-records';
const LOG = readFileSync(join(SAMPLE, 'dmesg.txt'), 'utf8');

/** Runs with a cache directory of its own; the log that it prints must be right, and nothing be said. */
function withCache(use: (parent: string, kept: string, dmesg: (env?: NodeJS.ProcessEnv) => void) => void): void {
  const parent = mkdtempSync(join(tmpdir(), 'lastkmsg-cache-'));
  const dmesg = (env: NodeJS.ProcessEnv = {}): void => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'dmesg', join(SAMPLE, 'vmcore')], {
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: parent, ...env },
    });
    assert.equal({ status, stderr }, { status: 0, stderr: '' });
    assert.is(stdout, LOG);
  };
  try {
    use(parent, join(parent, 'lastkmsg'), dmesg);
  } finally {
    rmSync(parent, { recursive: true });
  }
}

/** The one file of the group `log`. */
const fileOf = (kept: string): string => {
  const files = readdirSync(kept).filter((name) => name.startsWith('log-'));
  assert.is(files.length, 1, `${files}`);
  return join(kept, files[0]!);
};

test('the first run writes it, for this user alone, and the second reads it', () =>
  withCache((_, kept, dmesg) => {
    dmesg();
    const file = fileOf(kept);
    assert.is(statSync(kept).mode & 0o777, 0o700);
    assert.is(statSync(file).mode & 0o777, 0o600);
    const inos = [statSync(file).ino];
    for (let i = 0; i < 5; i++) {
      dmesg();
      inos.push(statSync(fileOf(kept)).ino);
    }
    // but for one run in sixteen, which writes it anew
    assert.ok(
      inos.some((ino, i) => i > 0 && ino === inos[i - 1]),
      'each run wrote it',
    );
  }));

test('a damaged one is not run, and replaced', () =>
  withCache((_, kept, dmesg) => {
    dmesg();
    const file = fileOf(kept);
    const whole = readFileSync(file);
    const damages = [
      () => truncateSync(file, 0),
      () => truncateSync(file, 3),
      () => truncateSync(file, whole.length >> 1),
      () =>
        writeFileSync(
          file,
          whole.map((byte, i) => (i === whole.length >> 1 ? byte ^ 1 : byte)),
        ),
      () => writeFileSync(file, Buffer.alloc(whole.length, 0xff)),
    ];
    for (const damage of damages) {
      damage();
      const { ino } = statSync(file);
      dmesg();
      assert.is.not(statSync(fileOf(kept)).ino, ino);
      writeFileSync(file, whole);
    }
  }));

test('code that others can write is neither run nor written', () =>
  withCache((_, kept, dmesg) => {
    mkdirSync(kept);
    chmodSync(kept, 0o777);
    dmesg();
    assert.equal(readdirSync(kept), []);
    chmodSync(kept, 0o700);
    dmesg();
    const { ino } = statSync(fileOf(kept));
    chmodSync(fileOf(kept), 0o622);
    dmesg();
    assert.is.not(statSync(fileOf(kept)).ino, ino);
  }));

test("there need be no place for it, and node's variable turns it off", () =>
  withCache((parent, kept, dmesg) => {
    dmesg({ NODE_DISABLE_COMPILE_CACHE: '1' });
    assert.not(existsSync(kept));
    writeFileSync(join(parent, 'file'), '');
    dmesg({ XDG_CACHE_HOME: join(parent, 'file') });
    dmesg({ XDG_CACHE_HOME: '', HOME: '' });
    dmesg({ XDG_CACHE_HOME: '', HOME: parent });
    assert.ok(fileOf(join(parent, '.cache', 'lastkmsg')));
  }));

test('of other releases few are kept', () =>
  withCache((_, kept, dmesg) => {
    mkdirSync(kept, { mode: 0o700 });
    for (let i = 0; i < 9; i++) writeFileSync(join(kept, `log-${i}`), '');
    dmesg();
    assert.is(readdirSync(kept).length, 4);
    assert.ok(readdirSync(kept).some((name) => name.includes(process.version)));
  }));

test('commands that load more keep all of it', () =>
  withCache((parent, kept) => {
    const run = (): string =>
      spawnSync(process.execPath, ['dist/cli.js', 'events', join(SAMPLE, 'dmesg.txt')], {
        encoding: 'utf8',
        env: { ...process.env, XDG_CACHE_HOME: parent },
      }).stdout;
    const first = run();
    assert.ok(['log', 'text', 'program', 'events'].every((group) => readdirSync(kept).some((name) => name.startsWith(`${group}-`))));
    assert.is(run(), first);
  }));

test.run();
