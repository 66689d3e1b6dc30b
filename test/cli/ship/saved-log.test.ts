// What kdump saves of a dump's log beside it is not shipped a second time.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { savedLogs } from '../../../src/cli/ship/saved-log.ts';
import { groupFiles } from '../../../src/read/inputs/group.ts';

const SAMPLE = 'samples/x86_64-6.1-odd-records';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-saved-'));
test.after(() => rmSync(dir, { recursive: true }));
const text = readFileSync(join(SAMPLE, 'dmesg.txt'));
copyFileSync(join(SAMPLE, 'vmcore'), join(dir, 'dump.202611222026'));
writeFileSync(join(dir, 'dmesg.202611222026'), text);
writeFileSync(join(dir, 'vmcore-dmesg.txt'), Buffer.concat([text, Buffer.from('[ 9999.000000] and what came after\n')]));
writeFileSync(join(dir, 'console.log'), text);

const saved = async (...names: string[]): Promise<(string | undefined)[]> =>
  [...(await savedLogs(await groupFiles(names))).keys()].map(([file]) => file?.name);

test('by its name and its end, beside its dump', async () => {
  assert.equal(await saved(dir), [join(dir, 'dmesg.202611222026')], 'one that has more is no copy, nor is any other log');
});

test('alone it is all there is', async () => {
  assert.equal(await saved(join(dir, 'dmesg.202611222026')), []);
  assert.equal(await saved(join(dir, 'dmesg.202611222026'), join(dir, 'console.log')), []);
});

test.run();
