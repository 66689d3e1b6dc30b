// The library's door: one log, whatever it comes from, read as often as it is asked for.
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError, type KernelLog, openLog } from '../../src/index.ts';
import { eventToJson } from '../../src/output/json/event-json.ts';
import { readEvents } from '../../src/read/events/read-events.ts';
import { openLogInput } from '../../src/read/inputs/open.ts';
import { tarOf } from '../support/archives.ts';
import { RICH } from '../support/inspect-sample.ts';
import { oopsLog } from '../support/sample-logs.ts';

const DUMP = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const TEXT = Buffer.from(oopsLog);
const directory = mkdtempSync(join(tmpdir(), 'lastkmsg-door-'));
const file = join(directory, 'oops.log');
writeFileSync(file, TEXT);
test.after(() => rmSync(directory, { recursive: true, force: true }));

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function closing<T>(log: Promise<KernelLog>, use: (log: KernelLog) => Promise<T>): Promise<T> {
  const opened = await log;
  return use(opened).finally(() => opened.close());
}

const openFiles = (): number => readdirSync('/proc/self/fd').length;

async function refusal(log: Promise<unknown>): Promise<InputError> {
  const error: unknown = await log.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error(`no InputError: ${String(error)}`);
  return error;
}

test('events are what the command prints', async () => {
  const input = await openLogInput([{ name: DUMP }]);
  const printed = (await all(readEvents(input, { raw: true }))).map((event) => JSON.parse(eventToJson(event)));
  await input.close();
  assert.equal(await closing(openLog(DUMP), (log) => all(log.events({ raw: true }))), printed);
});

test('the memory of a dump, where it is asked: in the verdict, and as facts', async () => {
  const plain = await closing(openLog(RICH), (log) => log.incidents());
  assert.is(plain.machine, undefined);
  const { machine, incidents } = await closing(openLog(RICH), (log) => log.incidents({ memory: true }));
  assert.is(machine?.stack?.agrees, true);
  assert.ok(incidents[0]?.clauses.some(({ memory, text }) => memory && text.startsWith('in the dump dd[164] waits for')));
  assert.not(plain.incidents[0]?.clauses.some(({ memory }) => memory));
  assert.is((await closing(openLog(DUMP), (log) => log.incidents({ memory: true }))).machine, undefined, 'it holds its log alone');
});

for (const [what, path, bytes] of [
  ['a dump', DUMP, readFileSync(DUMP)],
  ['a text', file, TEXT],
] as const) {
  test(`${what}: a file, its bytes, a stream of them and all that compressed give one answer`, async () => {
    const expected = await closing(openLog(path), (log) => log.incidents());
    assert.ok(expected.events.length > 0);
    const named = { name: path };
    const compressed = gzipSync(bytes);
    for (const source of [new Uint8Array(bytes), pieces(bytes, 1000), createReadStream(path), compressed, pieces(compressed, 77)]) {
      const { info, ...found } = await closing(openLog(source, named), (log) => log.incidents());
      assert.equal(found, { events: expected.events, incidents: expected.incidents, unexplained: expected.unexplained });
      assert.equal(info.log, expected.info.log);
    }
  });
}

test('readers begin anew, in any order and side by side', async () => {
  await closing(openLog(DUMP), async (log) => {
    const first = await all(log.records());
    const [again, events, { info, events: same }] = await Promise.all([all(log.records()), all(log.events()), log.incidents()]);
    assert.equal(again, first);
    assert.equal(same, events);
    assert.equal(await log.info(), info);
    assert.is(info.log.records, first.length);
  });
});

test('a stream is read once, and says so', async () => {
  await closing(openLog(pieces(TEXT, 100), { name: 'console' }), async (log) => {
    const { info } = await log.incidents();
    assert.equal(await log.info(), info, 'what is known needs no second reading');
    assert.match((await refusal(log.incidents())).message, /^console: sought to read it again; found a stream/);
  });
});

test('records have seconds and text, not bytes', async () => {
  const text = Buffer.from('<4>[    1.500000] caf\u00e9 \u2713 ready\n<6>[    2.000000] second\n');
  const [first, second] = await closing(openLog(text), (log) => all(log.records()));
  assert.equal(first, { seq: 1, uptime: 1.5, level: 4, facility: 0, text: 'caf\u00e9 \u2713 ready' });
  assert.is(second?.uptime, 2);
});

test('files are given back: by a reader that ends, one that is left, and by close()', async () => {
  const before = openFiles();
  const log = await openLog(DUMP);
  for await (const _ of log.records()) break;
  await log.incidents();
  assert.is(openFiles(), before);
  const unread = await openLog(DUMP);
  assert.is(openFiles(), before + 1);
  await unread.close();
  await unread.close();
  assert.is(openFiles(), before);
  assert.match((await refusal(all(unread.events()))).message, /found a log that was closed/);
});

test('what is no log is an InputError with its facts', async () => {
  const { facts, message } = await refusal(openLog(join(directory, 'none')));
  assert.equal(facts, { file: join(directory, 'none'), sought: 'a dump or a log', found: 'no such file or directory', hint: undefined });
  assert.not.match(message, /\n/);
  assert.match((await refusal(openLog(join(directory, 'none'), { form: 'journal' }))).facts.found, /no such file/);
  assert.match((await refusal(openLog(new Uint8Array(0)))).message, /^\(bytes\): .*nothing/);
  assert.match((await refusal(openLog(pieces(new Uint8Array(0), 1)))).message, /^\(stream\): .*nothing/);
  assert.match((await refusal(openLog(directory, { form: 'vmcore' }))).message, /sought/);
  const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * 197) % 256);
  await refusal(openLog(noise));
});

test('the only log of an archive is opened; of several each by its name', async () => {
  const name = join(directory, 'case.tar');
  writeFileSync(
    name,
    tarOf([
      { name: 'sos/README', content: 'what this is\n' },
      { name: 'sos/dmesg', content: TEXT },
    ]),
  );
  const before = openFiles();
  const events = await closing(openLog(name), (log) => all(log.events()));
  assert.equal(
    events.map(({ title }) => title),
    (await closing(openLog(file), (log) => all(log.events()))).map(({ title }) => title),
  );
  writeFileSync(
    name,
    tarOf([
      { name: 'a.log', content: TEXT },
      { name: 'b.log', content: `${TEXT}[  100.000000] and more\n` },
    ]),
  );
  const { found } = (await refusal(openLog(name))).facts;
  assert.match(found, /^2: .*case\.tar!a\.log, .*case\.tar!b\.log$/);
  assert.is(await closing(openLog(`${name}!b.log`), async (log) => log.name), `${name}!b.log`);
  assert.is(openFiles(), before);
});

test('a stream that breaks off gives what came, and says so', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield TEXT;
    throw new Error('connection reset');
  }
  await closing(openLog(broken()), async (log) => {
    assert.ok((await all(log.events())).length > 0);
    assert.match(log.losses.join('\n'), /connection reset/);
  });
});

test('a form that is none is refused before anything is opened', async () => {
  const wrong = openLog('vmcore', { form: 'jurnal' as 'journal' });
  assert.is(await wrong.then(String, (error: unknown) => (error as Error).name), 'RangeError');
});

test.run();
