// The server for assistants, through the built binary and the SDK's own client.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog } from '../support/sample-logs.ts';

const SAMPLES = resolve('samples');
const DUMP = 'x86_64-5.10-two-ooms-then-oops/vmcore';
const root = mkdtempSync(join(tmpdir(), 'lastkmsg-mcp-'));
const outside = mkdtempSync(join(tmpdir(), 'lastkmsg-outside-'));
writeFileSync(join(root, 'oops.log'), oopsLog);
writeFileSync(join(outside, 'secret.log'), oopsLog);
mkdirSync(join(root, 'below'));
symlinkSync(join(outside, 'secret.log'), join(root, 'link.log'));
symlinkSync(outside, join(root, 'linked'));
symlinkSync('/dev/zero', join(root, 'zero'));
spawnSync('mkfifo', [join(root, 'fifo')]);

const client = new Client({ name: 'test', version: '1' });
test.before(() =>
  client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ['dist/cli.js', 'mcp', '--root', root, '--root', SAMPLES],
      stderr: 'ignore',
    }),
  ),
);
test.after(async () => {
  await client.close();
  for (const dir of [root, outside]) rmSync(dir, { recursive: true });
});

// biome-ignore lint/suspicious/noExplicitAny: each tool answers something else
type Answer = any;

async function call(name: string, args: Record<string, unknown>): Promise<{ error: boolean; text: string; data: Answer }> {
  const { content, isError } = (await client.callTool({ name, arguments: args })) as { content: { text: string }[]; isError?: boolean };
  const text = content[0]?.text ?? '';
  return { error: isError === true, text, data: isError ? undefined : JSON.parse(text) };
}

test('its tools are read-only, and say what they are for', async () => {
  const { tools } = await client.listTools();
  assert.equal(tools.map(({ name }) => name).sort(), ['event', 'events', 'incidents', 'info', 'inspect', 'list_inputs', 'search_log']);
  for (const tool of tools) {
    assert.ok(tool.annotations?.readOnlyHint, tool.name);
    assert.ok((tool.description?.length ?? 0) > 30, tool.name);
  }
});

test('from a listing to a verdict, an event and its records', async () => {
  const { data: listed } = await call('list_inputs', { directory: root });
  assert.equal(
    listed.items.map(({ path }: { path: string }) => path),
    [join(root, 'oops.log')],
  );
  const { data: report } = await call('incidents', { path: DUMP });
  assert.ok(report.incidents.length > 0);
  const { data: events } = await call('events', { path: DUMP, severities: 'error+', limit: 1 });
  assert.is(events.items.length, 1);
  assert.is(events.next, 1);
  const { data: rest } = await call('events', { path: DUMP, severities: 'error+', offset: events.next });
  assert.is(rest.items.length, events.total - 1);
  const { data: event } = await call('event', { path: DUMP, id: events.items[0].id });
  assert.is(event.title, events.items[0].title);
  const { data: log } = await call('search_log', { path: DUMP, first: event.records.first, last: event.records.last, limit: 3 });
  assert.is(log.items[0].record, event.records.first);
  assert.is(log.items.length, 3);
  const { data: found } = await call('search_log', { path: DUMP, words: ['KILLED', 'process'] });
  for (const { text } of found.items) assert.match(text.toLowerCase(), /killed.*process|process.*killed/s);
});

test('info and inspect of a dump', async () => {
  assert.is((await call('info', { path: DUMP })).data.kernel.release, '5.10.0-46-amd64');
  const { data } = await call('inspect', { path: DUMP, what: 'ps -m' });
  assert.is(data.command, 'ps -m');
  assert.match((await call('inspect', { path: 'oops.log' })).text, 'it has no memory to inspect');
  assert.match((await call('inspect', { path: DUMP, what: 'rm -rf' })).text, 'inspect has no rm');
});

test('it never leaves its roots', async () => {
  const elsewhere = join(outside, 'secret.log');
  for (const path of [
    elsewhere,
    '../../../../etc/passwd',
    '/etc/passwd',
    'link.log',
    'linked/secret.log',
    'below/../../x',
    '/proc/self/environ',
    `${elsewhere}!x`,
    'oops.log\0',
    '',
  ]) {
    const { error, text } = await call('info', { path });
    assert.ok(error, path);
    assert.not.match(text, 'root:', path);
    assert.not.match(text, 'BUG:', path);
  }
  for (const path of ['zero', 'fifo', 'below']) assert.ok((await call('info', { path })).error, path);
  for (const directory of ['..', '/', '/etc', 'linked', outside]) assert.ok((await call('list_inputs', { directory })).error, directory);
});

test('bad requests are answered as the protocol has it, and the server goes on', async () => {
  for (const args of [{}, { path: 7 }, { path: DUMP, limit: 1e9 }, { path: DUMP, offset: -1 }])
    assert.ok((await call('events', args)).error);
  assert.match((await call('events', { path: DUMP, kinds: 'nonsense' })).text, 'nonsense');
  const { text } = await call('info', { path: '\x1b[31m\u202e.log' });
  assert.match(text, String.raw`no such file`);
  assert.match(text, String.raw`\x1b[31m\u202e.log`);
  assert.match((await call('event', { path: DUMP, id: 'E99' })).text, 'there is no E99');
  try {
    await client.callTool({ name: 'shell', arguments: {} });
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, 'not found');
  }
  assert.not.ok((await call('info', { path: DUMP })).error);
});

test('the report is a resource', async () => {
  const { contents } = await client.readResource({ uri: `lastkmsg://report/${DUMP}` });
  const [first] = contents as { text: string; mimeType: string }[];
  assert.is(first?.mimeType, 'text/markdown');
  assert.match(first?.text ?? '', /^# /);
  try {
    await client.readResource({ uri: 'lastkmsg://report//etc/passwd' });
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, 'no such file');
  }
});

test('an answer is bounded, however long the log', async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `[${i}.000000] ${'x'.repeat(400)} ${i}`);
  writeFileSync(join(root, 'long.log'), `${lines.join('\n')}\n`);
  const { text, data } = await call('search_log', { path: 'long.log', limit: 500 });
  assert.ok(text.length < 150_000, `${text.length}`);
  assert.is(data.total, 20_000);
  assert.ok(data.next > 0);
});

test('a root that is none', () => {
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'mcp', '--root', '/nowhere'], { encoding: 'utf8' });
  assert.is(status, 1);
  assert.match(stderr, '--root takes directories');
});

test.run();
