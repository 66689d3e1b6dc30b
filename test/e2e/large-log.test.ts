// A large log is read on all cores: what is said of it is what one thread says, also where no thread can be had.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const BYTES = 34 << 20;
const REPORTS = ['hw-ext4-block-x86-6.1', 'oops-divide-x86-6.1'].map((name) =>
  readFileSync(`test/golden/events/${name}.log`, 'latin1').replace(/^(?:<\d+>)?\[[^\]]*\] ?/gm, ''),
);

/** Boots of healthy lines with a report now and then, under clocks that go on. */
function largeLog(): string {
  const lines: string[] = [];
  let bytes = 0;
  for (let n = 0, usec = 0; bytes < BYTES; n++) {
    const add = (text: string): void => {
      const line = `[${(usec / 1e6).toFixed(6).padStart(12)}] ${text}`;
      usec += 40_000;
      bytes += line.length + 1;
      lines.push(line);
    };
    if (n % 60 === 0) {
      usec = 0;
      add(`Linux version 6.1.${n} (user@host) #1 SMP`);
    }
    for (let i = 0; i < 2000; i++) add(`usb 1-1: new full-speed USB device number ${i} using xhci_hcd, address ${n}`);
    for (const text of (REPORTS[n % REPORTS.length] ?? '').split('\n')) add(text);
  }
  return lines.join('\n');
}

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-large-'));
const log = join(dir, 'large.log');
test.before(() => writeFileSync(log, largeLog(), 'latin1'));
test.after(() => rmSync(dir, { recursive: true, force: true }));

/** A machine of six CPUs, wherever the test runs. */
const CPUS = `data:text/javascript,${encodeURIComponent(
  "import os from 'node:os'; import { syncBuiltinESMExports } from 'node:module'; os.availableParallelism = () => 6; syncBuiltinESMExports();",
)}`;

const run = (cli: string, args: readonly string[]): string => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', CPUS, cli, ...args], {
    encoding: 'latin1',
    maxBuffer: 1 << 28,
  });
  assert.is(status, 0, stderr);
  return stdout;
};

test('events and summary on all cores, without the threads’ file, and where it cannot be loaded', () => {
  // Node asks the machine; a limit of time is read by one thread
  const one = run('dist/cli.js', ['events', '--max-time', '3600', log]);
  assert.ok(one.split('\n').length > 100);
  assert.is(run('dist/cli.js', ['events', log]), one);
  const summary = run('dist/cli.js', ['--max-time', '3600', log]);
  assert.is(run('dist/cli.js', [log]), summary);
  const copy = join(dir, 'dist');
  cpSync('dist', copy, { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
  writeFileSync(join(copy, 'log-worker.js'), 'throw new Error("no thread");');
  assert.is(run(join(copy, 'cli.js'), ['events', log]), one);
  rmSync(join(copy, 'log-worker.js'));
  assert.is(run(join(copy, 'cli.js'), ['events', log]), one);
});

test.run();
