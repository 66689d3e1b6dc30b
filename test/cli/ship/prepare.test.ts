// What is shipped of an input says the same as the input.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type PrepareOptions, prepare } from '../../../src/cli/ship/prepare.ts';
import { asLogInput, open, openBytes } from '../../../src/read/inputs/open.ts';
import { readIncidents } from '../../../src/read/read-incidents.ts';
import { oopsLog } from '../../support/sample-logs.ts';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-prepare-'));
test.after(() => rmSync(dir, { recursive: true }));
const DUMP = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const plain: PrepareOptions = { inspect: false, redact: false, words: [] };

async function shipped(name: string, options: Partial<PrepareOptions> = {}) {
  const prepared = await prepare([{ name }], { ...plain, ...options });
  const bytes = Buffer.concat([...prepared.pieces()]);
  assert.is(bytes.length, prepared.bytes);
  await prepared.close();
  return { ...prepared, content: bytes };
}

async function eventsOf(opened: Awaited<ReturnType<typeof open>>) {
  const { events } = await readIncidents(asLogInput(opened), { machine: false });
  await opened.close();
  return events.map(({ kind, title, uptime, signature }) => ({ kind, title, uptime, signature }));
}

test('of a dump its log is kept, in a file that has no holes', async () => {
  const { content } = await shipped(DUMP);
  assert.equal(await eventsOf(await openBytes('x', content)), await eventsOf(await open([{ name: DUMP }])));
  assert.equal((await shipped(DUMP)).id, (await shipped(DUMP)).id);
});

test('what is redacted has the same events, and not the names', async () => {
  const { content, input } = await shipped(DUMP, { redact: true, words: [] });
  const before = await eventsOf(await open([{ name: DUMP }]));
  const after = await eventsOf(await openBytes('x', content));
  assert.equal(
    after.map(({ kind, uptime }) => [kind, uptime]),
    before.map(({ kind, uptime }) => [kind, uptime]),
  );
  assert.is(input, 'vmcore');
  const log = join(dir, 'web-01.log');
  writeFileSync(log, `${oopsLog}[   99.000000] systemd[1]: Hostname set to <web-01>.\n[   99.100000] web-01: link 192.168.7.9 up\n`);
  const text = (await shipped(log, { redact: true })).content.toString();
  assert.not.match(text, /web-01|192\.168\.7\.9/);
  assert.match(text, /host-1/);
});

test('a log is the same whether it is compressed or not', async () => {
  const [log, zipped] = [join(dir, 'a.log'), join(dir, 'a.log.gz')];
  writeFileSync(log, oopsLog);
  writeFileSync(zipped, gzipSync(oopsLog));
  assert.is((await shipped(log)).id, (await shipped(zipped)).id);
  assert.is((await shipped(log)).content.toString(), oopsLog);
});

test.run();
