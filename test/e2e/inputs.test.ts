// Many inputs, odd inputs, and what the exit code says of them, through the built binary.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writerOf } from '../support/fifo.ts';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

const ONE = 'samples/x86_64-6.1-odd-records/vmcore';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-inputs-'));
const at = (name: string): string => join(dir, name);
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(at(name), content);
  return at(name);
};

/** A shell's line in which `$L` is lastkmsg. */
function shell(line: string, input?: Buffer) {
  const L = `${process.execPath} dist/cli.js`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { env: { ...process.env, L }, input, maxBuffer: 1 << 28 });
  return { status, out: stdout.toString('latin1'), err: stderr.toString('utf8') };
}

/** How many files a command has open once it has read the inputs and waits for a pipe, which is its last one. */
async function openFiles(command: string, inputs: readonly string[]): Promise<number> {
  const fifo = at(`fifo-${command}-${inputs.length}`);
  execFileSync('mkfifo', [fifo]);
  const child = spawn(process.execPath, ['dist/cli.js', command, ...inputs, fifo], { stdio: 'ignore' });
  const writer = await writerOf(fifo);
  const count = () => readdirSync(`/proc/${child.pid}/fd`).length;
  // another thread may still have the input before the pipe: until nothing is closed any more
  let open = count();
  for (let same = 0; same < 5; ) {
    await sleep(50);
    same = count() < open ? 0 : same + 1;
    open = Math.min(open, count());
  }
  closeSync(writer);
  await once(child, 'exit');
  return open;
}

test('many inputs need no more open files than a few', async () => {
  if (!existsSync('/proc/self/fd')) return;
  const inputs = [
    ...[ONE, file('a.log', quietLog), file('b.log.gz', gzipSync(quietLog)), file('empty', '')],
    file('cut.gz', gzipSync(readFileSync(ONE)).subarray(0, 5000)),
  ];
  for (const command of ['dmesg', 'info', 'events', 'incidents']) {
    const few = await openFiles(command, [...inputs, ...inputs, ...inputs]);
    const many = await openFiles(command, Array.from({ length: 15 }, () => inputs).flat());
    assert.ok(many <= few + 4, `${command}: ${many} open files, ${few} with a fifth of the inputs`);
  }
});

test('some read, some not: 3 in any order; none read: 2', () => {
  file('bad', '');
  for (const command of ['dmesg', 'info', 'events']) {
    assert.is(shell(`$L ${command} ${at('bad')} ${ONE}`).status, 3, command);
    assert.is(shell(`$L ${command} ${ONE} ${at('bad')}`).status, 3, command);
    assert.is(shell(`$L ${command} ${at('bad')} ${at('bad')}`).status, 2, command);
  }
});

test('an empty directory is one bad input; links to files in a directory are read', () => {
  mkdirSync(at('nothing'));
  mkdirSync(at('linked'));
  copyFileSync(ONE, at('vmcore'));
  symlinkSync('../vmcore', at('linked/latest'));
  symlinkSync('.', at('linked/self'));
  symlinkSync('absent', at('linked/dangling'));
  const { status, out, err } = shell(`$L dmesg ${at('nothing')} ${at('linked')}`);
  assert.is(status, 3);
  assert.match(err, /nothing: sought dumps or logs in this directory; found no files/);
  assert.is(out, shell(`$L dmesg ${ONE}`).out);
});

test('a directory holds other texts too: only what may be a log is read', () => {
  const crash = at('crash');
  mkdirSync(crash, { recursive: true });
  writeFileSync(join(crash, 'README'), 'How to read these dumps.\nAsk the kernel team.\n');
  writeFileSync(join(crash, 'kexec_cmd'), '/sbin/kexec -p --command-line="quiet" /boot/vmlinuz\n');
  writeFileSync(join(crash, 'dmesg.txt'), '[    1.000000] all is well\n');
  writeFileSync(join(crash, 'untimed.log'), 'Kernel panic - not syncing: no times\n');
  writeFileSync(join(crash, 'journal.json'), '{"MESSAGE":"all is well","_TRANSPORT":"kernel","SYSLOG_IDENTIFIER":"kernel"}\n');
  const sources = JSON.parse(shell(`$L incidents --format json ${crash}`).out).map(({ source }: { source: string }) => basename(source));
  assert.equal(sources, ['dmesg.txt', 'journal.json', 'untimed.log']);
  const { status, out, err } = shell(`$L dmesg ${join(crash, 'README')}`);
  assert.equal([status, out], [2, '']);
  assert.match(err, /^lastkmsg: .*README: sought a dump or a kernel log; found text, 2 lines, none of them a kernel's; [^\n]*\n$/);
  assert.match(shell(`$L dmesg --input dmesg ${join(crash, 'README')}`).out, /How to read these dumps/);
});

test('a directory of pstore parts is one log', () => {
  mkdirSync(at('pstore'));
  file('pstore/dmesg-efi-179538159001001', 'Panic#1 Part1\n<6>[    2.000000] two\n');
  file('pstore/dmesg-efi-179538159002001', 'Panic#1 Part2\n<6>[    1.000000] one\n');
  assert.is(shell(`$L dmesg ${at('pstore')}`).out, '[    1.000000] one\n[    2.000000] two\n');
});

test('two named pipes: each is read once', () => {
  const { status, out, err } = shell(`$L dmesg <(cat ${ONE}) <(cat ${file('oops.log', oopsLog)})`);
  assert.is(status, 0, err);
  assert.is(out, shell(`$L dmesg ${ONE} ${at('oops.log')}`).out);
});

test('a raw image through a pipe, when it is said to be one', () => {
  const raw = Buffer.alloc(1 << 20);
  assert.match(shell('$L dmesg --input raw -', raw).err, /VMCOREINFO/);
  assert.is(shell('cat | $L dmesg --input vmcore -', readFileSync(ONE)).out, shell(`$L dmesg ${ONE}`).out);
});

test('info on a dump whose kernel is not found says what the container says', () => {
  const cut = file('no-kernel', readFileSync(ONE).subarray(0, 40_000));
  const { status, out, err } = shell(`$L info ${cut}`);
  assert.match(err, /sought the memory of kernel .* that its VMCOREINFO names; found none of it, .*the dump is incomplete/);
  for (const fact of [
    /container: +kdump-compressed v6/,
    /incomplete: +the file ends at 40000/,
    /architecture: +x86_64/,
    /records: +not found/,
  ])
    assert.match(out, fact);
  assert.is(status, 3);
  assert.is(JSON.parse(shell(`$L info --json ${cut}`).out).container.format, 'kdump-compressed v6');
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
