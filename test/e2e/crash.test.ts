// crash's commands of a real dump, cut to what inspection needs, through the built program; its layout is that of crash 8.0.2.
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { golden } from '../support/golden.ts';

const DUMP = 'test/golden/inspect/rich-stuck-disk-6.1.vmcore';
const SAMPLE = 'samples/x86_64-6.1-odd-records/vmcore';

function crash(args: readonly string[], input?: string) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/cli.js', 'crash', ...args], {
    encoding: 'utf8',
    input: input ?? '',
  });
  return { stdout, stderr, status };
}

/** The commands of the article's cheat sheet, and others that people have in their notes. */
const SESSION = [
  'sys',
  'ps | grep UN',
  'ps -m | head -n 5',
  'bt',
  'bt 0',
  'bt -c 1',
  'ps -k | head -n 4',
  'ps -u -G | wc -l',
  'task -R comm,pid,flags 166',
  'mod -s ext4 | tail -n 2',
  'foreach UN bt',
  'set 166',
  'bt -s',
  'files',
  'files -p 1',
  'vm | head -n 5',
  'kmem -i',
  'kmem -s dentry kmalloc-64',
  'kmem -S dentry',
  'mod | head -n 3',
  'irq | head -n 6',
  'irq -s | head -n 4',
  'dev -d',
  'mount',
  'swap',
  'net',
  'runq | head -n 6',
  'timer | head -n 6',
  'sym panic',
  'dis -l panic+5 3',
  'dis -r sysrq_handle_crash+4',
  'rd panic 4',
  'struct list_head',
  'struct task_struct.pid,comm init_task',
  'vtop init_task',
  'p sysctl_oom_dump_tasks',
  'kmem ffff8a1481210040',
  'kmem panic+4',
  'list task_struct.tasks -s task_struct.pid,comm -h init_task | head -n 6',
  'list -H modules -o module.list -s module.name | tail -n 4',
  'list 10',
  'search -m ff ffff8a1481210000 | tail -n 2',
  'log | tail -n 3',
  'set -p 1',
  'waitq',
  'nosuch',
  'help dis',
];

test('a session on standard input', () => {
  const { stdout, status } = crash([DUMP], `# remarks are skipped\n\n${SESSION.join('\n')}\nq\nsys\n`);
  golden('inspect/crash-session.txt', stdout);
  assert.is(status, 1, 'two lines were wrong');
});

test('one command, and several', () => {
  const one = crash([DUMP, 'ps -m | head -n 1']);
  assert.match(one.stdout, /^\[0 00:00:00\.000\] \[ID\] {2}PID: 15 +TASK: [0-9a-f]{16} {2}CPU: 2 +COMMAND: "rcu_preempt"\n$/);
  assert.is(one.status, 0);
  const two = crash([DUMP, 'sym panic', 'nosuch']);
  assert.match(two.stdout, /^[0-9a-f]{16} \(T\) panic\n$/);
  assert.match(two.stderr, /^lastkmsg: there is no command nosuch/);
  assert.is(two.status, 1);
});

test('no program is started from a command line', () => {
  const { stderr, status } = crash([DUMP, 'ps | sh']);
  assert.match(stderr, /only grep, .* stand behind \|/);
  assert.is(status, 1);
});

test('what holds no symbols says so in a line, and what to use', () => {
  const log = crash([SAMPLE, 'ps']);
  assert.match(log.stderr, /^lastkmsg: [^\n]*sought the kernel’s symbols; found [^\n]+\n$/);
  assert.is(log.status, 2);
  assert.is(crash(['samples/x86_64-6.1-odd-records/dmesg.txt', 'ps']).status, 2);
  assert.is(crash([]).status, 1);
});

test('inspect bt as JSON: frames of the task that panicked', () => {
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'inspect', DUMP, 'bt', '--format', 'json'], { encoding: 'utf8' });
  const { rows } = JSON.parse(stdout) as {
    rows: { pid: number; active: boolean; frames: { symbol: string; kind: string; reliable: boolean }[] }[];
  };
  assert.is(rows.length, 1);
  const [{ pid, active, frames }] = rows as [(typeof rows)[number]];
  assert.is(pid, 1);
  assert.ok(active);
  assert.equal(
    frames.map(({ symbol }) => symbol),
    [
      'delay_tsc',
      'panic',
      'sysrq_handle_crash',
      '__handle_sysrq.cold',
      'write_sysrq_trigger',
      'proc_reg_write',
      'vfs_write',
      'ksys_write',
      'do_syscall_64',
      'entry_SYSCALL_64_after_hwframe',
    ],
  );
  assert.ok(frames.every(({ reliable }) => reliable));
});

test.run();
