// Where a limit cuts, it says so.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bytesSource } from '../../../src/dump/open/bytes-source.ts';
import { gunzip } from '../../../src/dump/open/gunzip.ts';
import { InputError } from '../../../src/dump/source.ts';
import { lose, newReport } from '../../../src/printk/report.ts';
import { expand } from '../../../src/read/inputs/expand.ts';
import { groupFiles } from '../../../src/read/inputs/group.ts';
import { open } from '../../../src/read/inputs/open.ts';
import { oomLog } from '../../bench/oom.ts';
import { eventsOf } from '../../support/read-events.ts';
import { oopsLog } from '../../support/sample-logs.ts';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-limits-'));

/** The reason for which a group cannot be read. */
async function reasonOf(group: Awaited<ReturnType<typeof groupFiles>>[number]): Promise<string> {
  const error = await open(group).catch((thrown: unknown) => thrown);
  assert.instance(error, InputError);
  return (error as InputError).message;
}

test('a directory with more files than are read, and one that is deeper', async () => {
  const many = join(dir, 'many');
  mkdirSync(many);
  for (let n = 0; n < 5; n++) writeFileSync(join(many, `${n}.log`), oopsLog);
  assert.is((await groupFiles([many], 5)).length, 5);
  const groups = await groupFiles([many], 4);
  assert.is(groups.length, 5);
  assert.match(await reasonOf(groups[4]!), 'found more than 4 files; the rest is not read');
  const deep = join(dir, 'a', 'b', 'c', 'd', 'e');
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(dir, 'a', 'b', 'c', 'd', 'shallow.log'), oopsLog);
  // an empty folder hides nothing
  assert.is((await groupFiles([join(dir, 'a')])).length, 1);
  writeFileSync(join(deep, 'deep.log'), oopsLog);
  const [shallow, rest, ...none] = await groupFiles([join(dir, 'a')]);
  assert.match(shallow?.[0]?.name ?? '', 'shallow.log');
  assert.match(await reasonOf(rest!), 'folders more than 4 deep');
  assert.equal(none, []);
});

test('of links in a directory those to files are read, no other', async () => {
  const linked = join(dir, 'linked');
  mkdirSync(linked);
  writeFileSync(join(linked, 'kern.log'), oopsLog);
  symlinkSync('kern.log', join(linked, 'latest'));
  symlinkSync('gone.log', join(linked, 'dangling'));
  symlinkSync('..', join(linked, 'circle'));
  assert.equal(
    (await groupFiles([linked])).map(([file]) => basename(file!.name)),
    ['kern.log', 'latest'],
  );
});

test('a support case that is deeper than is looked', async () => {
  const sos = join(dir, 'sos');
  const deep = join(sos, ...Array.from({ length: 13 }, (_, i) => `d${i}`));
  mkdirSync(join(sos, 'sos_commands'), { recursive: true });
  mkdirSync(join(sos, 'sos_logs'));
  mkdirSync(join(sos, 'sos_reports'));
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, 'vmcore-dmesg.txt'), oopsLog);
  writeFileSync(join(sos, 'sos_commands', 'dmesg'), oopsLog);
  const { losses, close } = await expand((await groupFiles([sos]))[0]!);
  close();
  assert.match(losses.join('\n'), 'folders more than 12 deep: the rest is not looked at');
});

test('members of a gzip with nothing in them', async () => {
  const end: { cut: string | undefined } = { cut: undefined };
  const bytes = Buffer.concat([...Array.from({ length: 1000 }, () => gzipSync('')), gzipSync('behind')]);
  for await (const piece of gunzip(bytesSource('a.gz', bytes), end)) assert.is(piece.length, 0);
  assert.is(end.cut, '1000 members with nothing in them');
});

test('gaps between records beyond those that are named', () => {
  const report = newReport('lockless');
  for (let n = 0; n < 1003; n++) lose(report, 2 * n, 'damaged');
  assert.is(report.lost.length, 1000);
  assert.is(report.lostMore, 3);
});

test('locks that an event does not hold', () => {
  const locks = (n: number): string => {
    const texts = ['INFO: task cat:611 blocked for more than 120 seconds.', '      Not tainted 6.1.0 #1'];
    texts.push('"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.');
    texts.push('task:cat             state:D stack:14032 pid:611   ppid:1      flags:0x00000002', 'Call Trace:', ' <TASK>');
    texts.push(' __schedule+0x2eb/0x8d0', ' schedule+0x5a/0xd0', ' xyz_read+0x24/0x90 [driver_xyz]', ' </TASK>', '');
    texts.push('Showing all locks held in the system:');
    for (let i = 0; i < n; i++) {
      texts.push(`1 lock held by cat/${1000 + i}:`);
      texts.push(` #0: ffffffffc0a2${i.toString(16).padStart(4, '0')} (xyz_mutex${i}){+.+.}-{3:3}, at: xyz_read+0x24/0x90 [driver_xyz]`);
    }
    return texts.map((text, i) => `[${(365 + i / 1e6).toFixed(6).padStart(12)}] ${text}\n`).join('');
  };
  const [few] = eventsOf(locks(500));
  assert.is(few?.locks?.length, 500);
  assert.is(few?.completeness, 'complete');
  const [many] = eventsOf(locks(600));
  assert.is(many?.locks?.length, 512);
  assert.is(many?.completeness, 'truncated');
  assert.is(many?.completenessReason, 'the event holds 512 of 600 locks; the log has all');
});

test('a report of 100,000 tasks is whole; one that has no end is cut and says so', () => {
  const [whole] = eventsOf(oomLog(100_000));
  assert.is(whole?.oom?.tasks?.length, 100_000);
  assert.is(whole?.completeness, 'complete');
  const wide = 'x'.repeat(15_000);
  for (const endless of [oomLog(140_000), oomLog(3000).replaceAll(/ worker (\d+)/g, ` ${wide}$1`)]) {
    const [cut] = eventsOf(endless);
    assert.is(cut?.completeness, 'truncated');
    assert.is(cut?.completenessReason, 'the report is longer than is read');
  }
});

test('a line of nothing but addresses, as long as one may be, is read', () => {
  const trace = `[    1.000002] Call Trace:\n[    1.000003] ${' [<ffffffff8154c189>]'.repeat(780)}\n`;
  const [oops] = eventsOf(`[    1.000000] BUG: unable to handle kernel NULL pointer dereference at 0000000000000010\n${trace}`);
  assert.is(oops?.kind, 'null-dereference');
});

test('of very many cgroups under a limit an event holds the first, and a list without end is cut', () => {
  const [head = '', tail = ''] = oomLog(2).split(/(?<=kB)\n(?=.*pages RAM)/);
  const groups = (n: number): string => {
    const lines = Array.from({ length: n }, (_, i) => `Memory cgroup stats for /a/b${i}: cache:${i}KB rss:0KB`);
    return `${head}\n${lines.map((line) => `[  100.000012] ${line}\n`).join('')}${tail}`;
  };
  const [few] = eventsOf(groups(4096));
  assert.is(Object.keys(few?.oom?.memcgStat ?? {}).length, 4096);
  assert.is(few?.completeness, 'complete');
  const [many] = eventsOf(groups(5000));
  assert.is(Object.keys(many?.oom?.memcgStat ?? {}).length, 4096);
  assert.is(many?.completenessReason, 'the event holds 4096 of 5000 cgroups; the log has all');
  const [cut] = eventsOf(groups(131_100));
  assert.is(cut?.records.count, 131_072);
  assert.is(cut?.completenessReason, 'the report is longer than is read');
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
