// --max-time through the built binary: an input without end, and a time of nothing, of which the first piece is read.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-max-time-'));
const LINE = '[    1.000000] usb 1-1: new high-speed USB device number 2 using xhci_hcd\n';
const OOPS = readFileSync('test/golden/events/oops-null-arm64-6.12.log', 'latin1');
const long = join(dir, 'long.log');
writeFileSync(long, OOPS + LINE.repeat(100_000));
const quiet = join(dir, 'quiet.log');
writeFileSync(quiet, LINE.repeat(100_000));

/** A shell's line in which `$L` is lastkmsg. */
function shell(line: string) {
  const L = `${process.execPath} dist/cli.js`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { env: { ...process.env, L }, maxBuffer: 1 << 28 });
  return { status, out: stdout.toString('latin1'), err: stderr.toString('utf8') };
}

const STOPPED = /stopped after 0 s \(--max-time\): 0\.0\d of 7\.\d MB read/;

test('every command that reads tells what it read, and that it stopped', () => {
  for (const command of ['', 'dmesg', 'events', 'incidents', 'report', 'info']) {
    const { status, out, err } = shell(`$L ${command} --max-time 0 ${long}`);
    assert.is(status, 3, command);
    assert.ok(out.length > 0, command);
    assert.match(command === 'info' ? out : err, STOPPED, command);
    if (command !== 'dmesg' && command !== 'info') assert.match(out, 'NULL pointer', command);
  }
});

test('before the command it counts too, and seconds are numbers', () => {
  for (const command of ['dmesg', 'events']) assert.match(shell(`$L --max-time 0 ${command} ${long}`).err, STOPPED, command);
  for (const bad of ['x', '-1', '1e9', '']) assert.is(shell(`$L events --max-time=${bad} ${long}`).status, 1, bad);
});

test('no silence is claimed of what was not read', () => {
  const plain = shell(`$L --max-time 0 ${quiet}`);
  assert.match(plain.out.replace(/\s+/g, ' '), 'no event was found, but not all was read: reading stopped after 0 s');
  assert.not.match(plain.out, 'nothing that kills');
  const [json] = [shell(`$L incidents --json --max-time 0 ${quiet}`).out].map((out) => JSON.parse(out));
  assert.match(json.dump.reading.stopped, STOPPED);
  assert.match(json.dump.warnings.join('\n'), STOPPED);
  const prose = join(dir, 'prose.txt');
  writeFileSync(prose, 'Nothing of this is a kernel log, nor will be.\n'.repeat(10_000));
  const none = shell(`$L --max-time 0 ${prose}`);
  assert.is(none.status, 2);
  assert.match(none.err, 'stopped after 0 s');
});

test('a pipe without end ends, followed or not; one that says nothing is not waited for', async () => {
  const endless = `yes '${LINE.trim()}' | $L`;
  for (const command of ['', 'events', 'dmesg', 'incidents']) {
    const { status, err } = shell(`${endless} ${command} --max-time 0 - >/dev/null; exit \${PIPESTATUS[1]}`);
    assert.is(status, 3, command);
    assert.match(err, /stopped after 0 s \(--max-time\): \d+\.\d+ MB read/, command);
  }
  // what is followed ends so
  assert.is(shell(`${endless} events -w --max-time 0 -; exit \${PIPESTATUS[1]}`).status, 0);
  const silent = spawn(process.execPath, ['dist/cli.js', '--max-time', '0', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
  const [said, [code]] = await Promise.all([text(silent.stderr), once(silent, 'exit')]);
  assert.is(code, 2);
  assert.match(said, 'found nothing yet: stopped after 0 s (--max-time)');
});

test('what is compressed is decompressed no further', () => {
  const packed = join(dir, 'long.log.gz');
  writeFileSync(packed, gzipSync(OOPS + LINE.repeat(100_000)));
  const { status, err } = shell(`$L events --max-time 0 ${packed}`);
  assert.is(status, 3);
  assert.match(err, /decompressing it stopped after 0 s \(--max-time\), at \d+ bytes/);
  const tar = join(dir, 'logs.tar.gz');
  spawnSync('tar', ['-czf', tar, '-C', dir, 'long.log', 'quiet.log']);
  assert.match(shell(`$L events --max-time 0 ${tar}`).err, 'after 0 s (--max-time)');
});

test('inputs that no time was left for are counted, and a store reads them the next time', () => {
  const many = join(dir, 'many');
  mkdirSync(many);
  for (const n of [1, 2, 3]) writeFileSync(join(many, `${n}.log`), OOPS.replaceAll('fault', `fault${n}`) + LINE.repeat(1500 * n));
  for (const command of ['events', 'incidents', 'report', '']) {
    const { status, err } = shell(`$L ${command} --max-time 0 ${many}`);
    assert.is(status, 3, command);
    assert.match(err, '2 inputs were not read: stopped after 0 s (--max-time)', command);
  }
  const fleet = JSON.parse(shell(`$L incidents --format fleet-json --max-time 0 ${many}`).out);
  assert.is(JSON.stringify(fleet).match(/not read: stopped after 0 s/g)?.length, 2);
  const store = join(dir, 'store');
  assert.match(shell(`$L fleet ${many} --store ${store} --max-time 0`).err, '0 kept');
  assert.match(shell(`$L fleet ${many} --store ${store}`).err, '3 kept');
});

test('a dump that no time was left for is not read, and says so', () => {
  const sample = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
  for (const command of ['dmesg', 'events', 'inspect', 'incidents']) {
    const { status, out, err } = shell(`$L ${command} --max-time 0 ${sample}`);
    assert.is(status, 2, command);
    assert.is(out, '', command);
    assert.match(err, 'stopped after 0 s (--max-time)', command);
  }
  assert.is(shell(`$L events --max-time 600 ${sample}`).status, 0);
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
