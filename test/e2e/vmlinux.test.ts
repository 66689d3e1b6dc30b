// --vmlinux: frames to source lines by eu-addr2line, on a file with debuginfo made here; and the machine that has no eu-addr2line.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const able = has('cc') && has('eu-addr2line');

const SOURCE = `const char banner[] __attribute__((used)) = "Linux version 6.1.0-lab (a@b) (cc) #1 SMP";
int read_pointer(int *p)
{
	return *p;
}
int call_reader(int *p)
{
	int x = read_pointer(p);
	return x + 1;
}
int main(void) { return 0; }
`;
const log = (faultAt: string, returnAt: string): string => `[    0.000000] Linux version 6.1.0-lab (a@b) (cc) #1 SMP
[   15.000000] BUG: kernel NULL pointer dereference, address: 0000000000000000
[   15.000001] #PF: supervisor read access in kernel mode
[   15.000002] Oops: 0000 [#1] PREEMPT SMP NOPTI
[   15.000003] CPU: 1 PID: 9 Comm: cat Not tainted 6.1.0-lab #1
[   15.000004] RIP: 0010:read_pointer+${faultAt}/0x10
[   15.000005] Call Trace:
[   15.000006]  <TASK>
[   15.000007]  not_in_the_file+0x5/0x20
[   15.000008]  call_reader+${returnAt}/0x40
[   15.000009]  xyz_read+0x5/0x20 [driver_xyz]
[   15.000010]  </TASK>
[   15.000011] ---[ end trace 0000000000000000 ]---
`;

const test = suite<{ dir: string; env: Record<string, string | undefined> }>('vmlinux');
test.before((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'lastkmsg-vmlinux-'));
  writeFileSync(join(context.dir, 'a.c'), SOURCE);
  if (!able) return;
  spawnSync('cc', ['-g', '-O0', '-o', 'vmlinux', 'a.c'], { cwd: context.dir });
  spawnSync('cc', ['-O0', '-o', 'stripped', 'a.c'], { cwd: context.dir });
});
test.after(({ dir }) => rmSync(dir, { recursive: true }));

/** What is said below the summary of the log. */
function said(dir: string, elf: string, path = process.env.PATH): string {
  const call = spawnSync('objdump', ['-d', '--no-show-raw-insn', join(dir, elf)], { encoding: 'utf8' }).stdout ?? '';
  const [, start, , after] = /^([0-9a-f]+) <call_reader>:\n(?:.*\n)*?(.*read_pointer>\n) *([0-9a-f]+):/m.exec(call) ?? [];
  const offset = start === undefined || after === undefined ? 0x15 : Number.parseInt(after, 16) - Number.parseInt(start, 16);
  writeFileSync(join(dir, 'oops.log'), log('0x5', `0x${offset.toString(16)}`));
  const { stdout, status } = spawnSync(process.execPath, ['dist/cli.js', '--vmlinux', join(dir, elf), join(dir, 'oops.log')], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path, COLUMNS: '200' },
  });
  assert.is(status, 0);
  return stdout.slice(stdout.lastIndexOf(`${join(dir, elf)}: `));
}

const each = able ? test : test.skip;

each('each frame of the kernel has its own line, also behind one that the file does not know', ({ dir }) => {
  const lines = said(dir, 'vmlinux').split('\n');
  assert.match(lines[0] ?? '', /has the same release, 6\.1\.0-lab; build ids were not compared/);
  assert.match(lines[1] ?? '', /^ {2}read_pointer\+0x5\/0x10 {2}\S+a\.c:3\b/);
  assert.match(lines[2] ?? '', /^ {2}not_in_the_file\+0x5\/0x20 {2}\?\?$/);
  // the line of the call, not that of what comes after it
  assert.match(lines[3] ?? '', /^ {2}call_reader\+\S+ {2}\S+a\.c:8\b/);
  assert.not.match(lines.join('\n'), /xyz_read/);
});

each('a file without debuginfo, and a machine without eu-addr2line, are told in one line', ({ dir }) => {
  assert.match(said(dir, 'stripped'), /\n.*not resolved to source lines: this file has none \(no debuginfo\?\)\n$/);
  assert.match(
    said(dir, 'vmlinux', '/nonexistent'),
    /same release.*\n.*not resolved to source lines: eu-addr2line \(elfutils\) is not installed\n$/,
  );
});

test.run();
