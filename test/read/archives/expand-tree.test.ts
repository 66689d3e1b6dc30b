// An unpacked sos report and a supportconfig: what of thousands of texts is a log, in which order, each once.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { expandTree } from '../../../src/read/archives/expand-tree.ts';
import { expand } from '../../../src/read/inputs/expand.ts';
import { groupFiles } from '../../../src/read/inputs/group.ts';
import { tarOf } from '../../support/archives.ts';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-tree-'));
const write = (path: string, content: string | Buffer): void => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
};
const texts = Array.from({ length: 30 }, (_, i) => `usb 1-1: new device number ${i}`);
const dmesg = texts.map((text, i) => `[    ${i}.000000] ${text}\n`).join('');
const ctime = texts.map((text, i) => `[Sun Nov 22 20:00:${String(i).padStart(2, '0')} 2026] ${text}\n`).join('');
const syslog = (host: string): string =>
  texts.map((text, i) => `Nov 22 20:01:${String(i).padStart(2, '0')} ${host} kernel: ${text}\n`).join('');

async function namesIn(path: string) {
  const { groups, notes, close } = await expand((await groupFiles([join(dir, path)]))[0]!);
  close();
  const short = (name: string) => name.replaceAll(`${dir}/`, '');
  return { names: groups.map((group) => short(group.map(({ name }) => name).join(' + '))), notes: notes.map(short) };
}

test('an sos report: known places first, copies once, links and its own reports not at all', async () => {
  const sos = 'sosreport-web-01';
  write(`${sos}/version.txt`, 'sosreport: 4.7.1\n');
  write(`${sos}/sos_logs/sos.log`, `${dmesg}`);
  write(`${sos}/sos_reports/sos.txt`, `${dmesg}`);
  write(`${sos}/sos_commands/kernel/dmesg`, dmesg);
  write(`${sos}/sos_commands/kernel/dmesg_-T`, ctime);
  write(`${sos}/sos_commands/kernel/lsmod`, 'Module Size Used by\next4 1 1\n');
  write(`${sos}/sos_commands/logs/journalctl_--no-pager_--boot`, `-- Logs begin at Sun 2026-11-22 20:00:00 UTC. --\n${syslog('journal')}`);
  write(
    `${sos}/var/log/messages`,
    `Nov 22 20:00:00 web-01 systemd[1]: Started Session 1.\n${syslog('web-01')}Nov 22 20:02:00 web-01 kernel: last\n`,
  );
  write(`${sos}/var/log/secure`, 'Nov 22 20:00:00 web-01 sshd[1]: Accepted publickey\n');
  write(`${sos}/opt/app/console.out`, dmesg.replaceAll('usb', 'pci'));
  symlinkSync('sos_commands/kernel/dmesg', join(dir, sos, 'dmesg'));
  const { names, notes } = await namesIn(sos);
  assert.equal(names, [`${sos}/sos_commands/kernel/dmesg`, `${sos}/var/log/messages`, `${sos}/opt/app/console.out`]);
  assert.equal(notes, [
    `${sos}/sos_commands/kernel/dmesg_-T: the same log as sos_commands/kernel/dmesg, left out`,
    `${sos}/sos_commands/logs/journalctl_--no-pager_--boot: the same log as sos_commands/kernel/dmesg, left out`,
  ]);
});

const section = (name: string, text: string): string => `#==[ Command ]======================================#\n# ${name}\n\n${text}\n`;

test('a tree of more files than are looked at, and of folders too deep, says so; what came before is read', async () => {
  write('deep/a.log', dmesg);
  write('deep/b.log', dmesg.replaceAll('usb', 'pci'));
  write(`deep/${'d/'.repeat(12)}c.log`, dmesg.replaceAll('usb', 'net'));
  const read = async (most?: number) => {
    const { groups, losses, close } = await expandTree(join(dir, 'deep'), undefined, most);
    close();
    return [groups.length, losses.map((loss) => loss.replace(dir, ''))];
  };
  assert.equal(await read(), [2, ['/deep: more than 200000 files, or folders more than 12 deep: the rest is not looked at']]);
  assert.equal(await read(1), [1, ['/deep: more than 1 files, or folders more than 12 deep: the rest is not looked at']]);
});

test('a supportconfig: the sections that hold a log', async () => {
  write('scc_web/basic-environment.txt', section('/bin/date', 'Sun Nov 22 20:00:00 UTC 2026'));
  write('scc_web/supportconfig.txt', 'x\n');
  write('scc_web/boot.txt', section('/bin/cat /etc/default/grub', 'GRUB_DEFAULT=saved') + section('/bin/dmesg', dmesg));
  write('scc_web/messages.txt', section('/var/log/messages - Last 500 Lines', syslog('web').replaceAll('usb', 'pci')));
  assert.equal((await namesIn('scc_web')).names, [
    'scc_web/boot.txt!/bin/dmesg',
    'scc_web/messages.txt!/var/log/messages - Last 500 Lines',
  ]);
  assert.equal((await namesIn('scc_web/boot.txt')).names, ['scc_web/boot.txt!/bin/dmesg']);
  assert.equal((await namesIn('scc_web/basic-environment.txt')).names, ['scc_web/basic-environment.txt'], 'without a log: the text itself');
});

test('the parts of pstore in an archive are one log', async () => {
  write(
    'pstore.tar',
    tarOf([
      { name: 'var/lib/systemd/pstore/179538159/dmesg-efi-179538159001001', content: 'Panic#1 Part1\n<6>[    2.000000] two\n' },
      { name: 'var/lib/systemd/pstore/179538159/dmesg-efi-179538159002001', content: 'Panic#1 Part2\n<6>[    1.000000] one\n' },
    ]),
  );
  assert.equal((await namesIn('pstore.tar')).names, ['pstore.tar!var/lib/systemd/pstore']);
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
