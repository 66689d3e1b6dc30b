// The log path through the built binaries: every sample, every way in, every way to fail.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const SAMPLES = readdirSync('samples').filter((s) => existsSync(join('samples', s, 'vmcore')));
const ONE = 'samples/x86_64-6.1-odd-records/vmcore';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-e2e-'));
const at = (name: string): string => join(dir, name);

function lastkmsg(args: readonly string[], input?: Buffer, binary = 'dist/cli.js') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], { input, maxBuffer: 1 << 28 });
  return { status, out: stdout.toString('latin1'), err: stderr.toString('utf8') };
}
const installed = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

const vmcores = SAMPLES.map((sample) => join('samples', sample, 'vmcore'));
const expectedOf = (sample: string): string => readFileSync(join('samples', sample, 'dmesg.txt'), 'latin1');

/** Logs of all samples, one behind the other, as one run over all of them prints them. */
function assertLogs(out: string): void {
  let at = 0;
  for (const sample of SAMPLES) {
    const expected = expectedOf(sample);
    assert.is(out.slice(at, at + expected.length), expected, sample);
    at += expected.length;
  }
  assert.is(out.length, at);
}

test('dmesg prints the expected log of every sample', () => assertLogs(lastkmsg(['dmesg', '--quiet', ...vmcores]).out));

for (const sample of SAMPLES)
  test(`${sample}: vmcore-dmesg prints the expected log`, () =>
    assert.is(lastkmsg([join('samples', sample, 'vmcore')], undefined, 'dist/vmcore-dmesg.js').out, expectedOf(sample)));

test('trimmed again, every sample is the same log', () => {
  const small = SAMPLES.map((sample) => at(`${sample}.small`));
  for (const [i, vmcore] of vmcores.entries()) {
    const { status, err } = lastkmsg(['trim', vmcore, '-o', small[i]!]);
    assert.ok(status === 0 || status === 3, err);
  }
  assertLogs(lastkmsg(['dmesg', '--quiet', ...small]).out);
  const whole = (files: readonly string[]) => lastkmsg(['dmesg', '--quiet', '--format', 'kmsg', ...files]).out;
  assert.is(whole(small), whole(vmcores));
});

test('one log by path, by pipe, by redirection, compressed, from a directory', () => {
  const expected = lastkmsg(['dmesg', ONE]).out;
  const bytes = readFileSync(ONE);
  mkdirSync(at('crash/one'), { recursive: true });
  copyFileSync(ONE, at('crash/one/vmcore'));
  writeFileSync(at('vmcore.gz'), gzipSync(bytes));
  assert.is(lastkmsg(['dmesg', '-'], bytes).out, expected);
  assert.is(lastkmsg(['dmesg'], gzipSync(bytes)).out, expected);
  assert.is(lastkmsg(['dmesg', at('vmcore.gz')]).out, expected);
  assert.is(lastkmsg(['dmesg', at('crash')]).out, expected);
  assert.is(spawnSync('sh', ['-c', `'${process.execPath}' dist/cli.js dmesg - < ${ONE}`]).stdout.toString('latin1'), expected);
});

test('levels, facilities and times filter', () => {
  const errors = lastkmsg(['dmesg', '-x', '-l', 'err+', ONE])
    .out.split('\n')
    .filter((l) => /^\w/.test(l));
  assert.ok(errors.length > 0 && errors.every((l) => /:(emerg|alert|crit|err) *:/.test(l)), errors[0]);
  const late = lastkmsg(['dmesg', '--since', '6', ONE])
    .out.split('\n')
    .filter((l) => l.startsWith('['));
  assert.ok(late.length > 0 && late.every((l) => Number(/\[ *(\d+)/.exec(l)?.[1]) >= 6));
  assert.match(lastkmsg(['dmesg', '-T', '--utc', ONE]).out, /^\[Sun Nov 22 20:26:\d\d 2026\] Linux version/);
});

test('further lines of a record stay with it where levels and times filter', () => {
  writeFileSync(at('lines.syslog'), '<3>[    1.000000] one\n  two\n<6>[    2.000000] three\n  four\n');
  assert.is(lastkmsg(['dmesg', '-l', 'err', '-p', '-F', at('lines.syslog')]).out, '[    1.000000] one\n                 two\n');
  assert.is(lastkmsg(['dmesg', '--since', '1.5', '-p', '-F', at('lines.syslog')]).out, '[    2.000000] three\n                 four\n');
});

test('who printed a line is kept where a text says it', () => {
  writeFileSync(at('caller.kmsg'), '6,1,1000000,-,caller=T1;one\n6,2,2000000,-,caller=C4;two\n');
  writeFileSync(at('caller.syslog'), '<0>[    0.000000] [    T0] zero\n<6>[  216.000000] [    C2] irq\n');
  const callers = (...args: string[]) => lastkmsg(['dmesg', ...args]).out.match(/\b[TC]\d+\b/g);
  for (const form of [[], ['-r'], ['-x'], ['-J'], ['-t']]) {
    assert.equal(callers(...form, '-K', at('caller.kmsg')), ['T1', 'C4'], form.join());
    assert.equal(callers(...form, '-F', at('caller.syslog')), ['T0', 'C2'], form.join());
  }
});

test('colours that are asked for are given, and by default only where a terminal is', () => {
  assert.match(lastkmsg(['dmesg', '--color=always', ONE]).out, /^\x1b\[32m\[ {4}0\.000000\]\x1b\[0m /);
  assert.not.match(lastkmsg(['dmesg', '-x', '--color', ONE]).out, /\x1b/);
});

test('--salvage marks what it finds beside the records, and changes none of them', () => {
  const sample = 'samples/synthetic-loongarch64-6.6/vmcore';
  const plain = lastkmsg(['dmesg', '-q', sample]).out;
  const lines = lastkmsg(['dmesg', '-q', '--salvage', sample]).out.split('\n');
  const isMarked = (line: string): boolean => line.startsWith('[salvaged');
  assert.ok(lines.some((line) => /^\[salvaged, record \d+\] message \d+/.test(line)));
  assert.is(lines.filter((line) => !isMarked(line)).join('\n'), plain);
  assert.is(lastkmsg(['dmesg', '-q', '--salvage', '--format', 'kmsg', sample]).status, 1);
  const json = JSON.parse(lastkmsg(['dmesg', '-qJ', '--salvage', sample]).out) as { dmesg: { msg: string }[] };
  assert.is(json.dmesg.filter(({ msg }) => isMarked(msg)).length, lines.filter(isMarked).length);
});

test('--json is JSON, and holds what the raw form holds', () => {
  const { dmesg } = JSON.parse(lastkmsg(['dmesg', '-J', ONE]).out) as { dmesg: { pri: number; msg: string }[] };
  assert.is(
    dmesg.length,
    lastkmsg(['dmesg', '-r', ONE])
      .out.split('\n')
      .filter((l) => l.startsWith('<')).length,
  );
});

test('info says what the dump is', () => {
  const info = JSON.parse(lastkmsg(['info', '--json', ONE]).out);
  assert.is(info.kernel.release, '6.1.0-56-amd64');
  assert.is(info.machine.architecture, 'x86_64');
  assert.is(info.log.records, 485);
  assert.match(lastkmsg(['info', ONE]).out, /dump level:/);
});

test('what cannot be read: one line, where, what, and exit code 2', () => {
  writeFileSync(at('empty'), '');
  writeFileSync(at('windows.dmp'), Buffer.concat([Buffer.from('PAGEDU64'), Buffer.alloc(9000)]));
  writeFileSync(at('cut.elf'), Buffer.from('7f454c46020101', 'hex'));
  writeFileSync(at('noise'), Buffer.alloc(100_000, 0x9c));
  for (const [file, says] of [
    [at('absent'), /no such file/],
    [at('empty'), /empty/],
    [at('windows.dmp'), /Windows crash dump.*not a Linux kernel/],
    [at('cut.elf'), /ELF header/],
    [at('noise'), /sought/],
  ] as const) {
    const { status, out, err } = lastkmsg(['dmesg', file]);
    assert.is(status, 2, `${file}: ${err}`);
    assert.is(out, '');
    assert.match(err, says);
    assert.is(err.trimEnd().split('\n').length, 1, err);
  }
});

test('a cut dump prints what is left and exits with 3; a bad file does not stop a good one', () => {
  const cut = at('cut.vmcore');
  copyFileSync('samples/x86_64-6.1-wrapped-ring/vmcore', cut);
  truncateSync(cut, 130_000);
  const { status, out, err } = lastkmsg(['dmesg', cut, ONE]);
  assert.is(status, 3, err);
  assert.ok(out.includes('Linux version'));
  assert.match(lastkmsg(['dmesg', at('absent'), ONE]).out, /Linux version/);
});

test('usage errors are told in a line, with exit code 1', () => {
  for (const args of [
    ['dmesg', '--format', 'xml', ONE],
    ['dmesg', '--nonsense', ONE],
    ['dmesg', '-l', 'loud', ONE],
    ['trim', ONE],
  ]) {
    const { status, err } = lastkmsg(args);
    assert.is(status, 1, `${args}: ${err}`);
    assert.is(err.trimEnd().split('\n').length, 1);
  }
});

test('a reader that goes away ends it quietly', () => {
  const { status, stderr } = spawnSync('bash', [
    '-c',
    `set -o pipefail; '${process.execPath}' dist/cli.js dmesg ${ONE.replace('odd-records', 'wrapped-ring')} | head -1`,
  ]);
  assert.ok(status === 0 || status === 141, `${status}`);
  assert.not.match(String(stderr), /EPIPE|bug/);
});

test('makedumpfile opens what trim writes, and prints the same records', () => {
  if (!installed('makedumpfile')) return;
  for (const sample of SAMPLES.filter((s) => s.startsWith('x86_64'))) {
    const log = at(`${sample}.txt`);
    const vmcore = join('samples', sample, 'vmcore');
    const made = spawnSync('makedumpfile', ['--dump-dmesg', vmcore, log]);
    assert.is(made.status, 0, `${sample}: ${made.stdout}${made.stderr}`);
    const lines = readFileSync(log, 'latin1');
    const ours = lastkmsg(['dmesg', '--quiet', '--format', 'makedumpfile', vmcore]).out;
    // before 1.7.5 makedumpfile printed no caller ids
    const bare = (s: string) => s.replace(/^(\[ *\d+\.\d+\] )\[ *[TC]\d+\] /gm, '$1').replace(/^ {15,}/gm, ' ');
    assert.is(bare(ours), bare(lines), sample);
  }
});

test('the log path loads no grammar, no UI and no command line library', () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    // a group names those that it needs at once (scripts/groups.mjs)
    for (const [, group] of readFileSync(join('dist', file), 'utf8').matchAll(/__load\("(\w+)"\)/g)) visit(`${group}.cjs`);
  };
  for (const file of ['cli.js', 'vmcore-dmesg.js', 'log.cjs']) visit(file);
  for (const file of seen) assert.not.match(readFileSync(join('dist', file), 'utf8'), /chevrotain|createElement|CommanderError/, file);
  // or the pattern would tell nothing
  assert.match(readFileSync('dist/program.cjs', 'utf8'), /__load\("log"\)/);
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
