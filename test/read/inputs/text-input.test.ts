import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isPstoreDirectory } from '../../../src/read/inputs/pstore-directory.ts';
import { openText, textFrom } from '../../../src/read/inputs/text-input.ts';

const test = suite('text inputs');
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-text-'));
test.after(() => rmSync(dir, { recursive: true }));

const LOG = Array.from({ length: 3000 }, (_, i) => `[${String(i).padStart(5)}.000000] line ${i}\n`).join('');
function file(name: string, bytes: string | Buffer): string {
  writeFileSync(join(dir, name), bytes);
  return join(dir, name);
}
async function texts(name: string): Promise<{ texts: string[]; losses: readonly string[]; form: string } | undefined> {
  const input = await openText(name);
  if (input === undefined) return undefined;
  const out: string[] = [];
  for await (const batch of input.batches) out.push(...batch.map((r) => r.text));
  return { texts: out, losses: input.losses, form: input.form };
}

test('a rotated log, gzipped', async () => {
  const got = await texts(file('kern.log.2.gz', gzipSync(LOG)));
  assert.is(got?.texts.length, 3000);
  assert.equal(got?.losses, []);
});

test('a gzip stream that is cut gives what it holds, and says so', async () => {
  const whole = gzipSync(LOG);
  const got = await texts(file('cut.gz', whole.subarray(0, whole.length >> 1)));
  assert.ok((got?.texts.length ?? 0) > 100);
  assert.match(got?.losses.join() ?? '', /unexpected end/);
});

test('a compressed part alone', async () => {
  const got = await texts(file('dmesg-ramoops-0.enc.z', deflateRawSync('Panic#1 Part1\n<6>[    1.000000] last words\n')));
  assert.equal(got?.texts, ['last words']);
});

test('a directory of parts is one log; another directory is none', async () => {
  const archive = join(dir, 'pstore');
  mkdirSync(join(archive, '179538159'), { recursive: true });
  writeFileSync(join(archive, '179538159/dmesg-efi-179538159001001'), 'Panic#1 Part1\n<6>[    2.000000] two\n');
  writeFileSync(join(archive, '179538159/dmesg-efi-179538159002001'), 'Panic#1 Part2\n<6>[    1.000000] one\n');
  writeFileSync(join(archive, '179538159/dmesg.txt'), 'not read twice\n');
  assert.equal((await texts(archive))?.texts, ['one', 'two']);
  assert.ok(isPstoreDirectory(archive));
  assert.not(isPstoreDirectory(dir));
  assert.is(await openText(dir), undefined);
});

for (const order of ['utf16le', 'utf16be'] as const) {
  test(`what PowerShell saves is read: ${order}, with its mark and without, cut anywhere`, async () => {
    for (const mark of ['\ufeff', '']) {
      const bytes = Buffer.from(`${mark}${LOG}[ 3000.000000] temp 41 \u00b0C\r\n`, 'utf16le');
      if (order === 'utf16be') bytes.swap16();
      const got = await texts(file('utf16.txt', bytes));
      assert.equal([got?.texts.length, got?.texts[0], got?.texts.at(-1)], [3001, 'line 0', 'temp 41 \xc2\xb0C']);
      const cut = await texts(file('cut.txt', bytes.subarray(0, 1001)));
      assert.ok((cut?.texts.length ?? 0) > 15);
    }
  });
}

test('binary is refused', async () => {
  assert.is(await texts(file('random', Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255)))), undefined);
});

test('a log of stamped lines is given on as soon as the first of them is read', async () => {
  let pieces = 0;
  const chunks = (async function* () {
    for (; pieces < 20; pieces++) yield Buffer.from(LOG);
  })();
  const input = await textFrom('kern.log', { chunks });
  assert.ok(input);
  assert.ok(pieces <= 2, `${pieces} pieces were read before the log was opened`);
  let records = 0;
  for await (const batch of input.batches) records += batch.length;
  assert.is(records, 60_000);
});

test('a log that cannot be opened throws', async () => {
  let code: unknown;
  await openText(join(dir, 'missing')).catch((error: NodeJS.ErrnoException) => (code = error.code));
  assert.is(code, 'ENOENT');
});

test('a followed log goes on when it grows and when it is rotated', async () => {
  const name = file('grows.log', '[    1.000000] one\n[    2.000000] two\n');
  const input = await openText(name, { follow: true });
  const seen: string[] = [];
  for await (const batch of input?.batches ?? []) {
    seen.push(...batch.map((r) => r.text));
    if (seen.includes('two') && !seen.includes('three')) appendFileSync(name, '[    3.000000] three\n');
    if (seen.includes('three') && !seen.includes('four')) {
      renameSync(name, `${name}.1`);
      writeFileSync(name, '[    4.000000] four\n');
    }
    if (seen.includes('four')) break;
  }
  assert.equal(seen, ['one', 'two', 'three', 'four']);
});

test('a followed pipe gives out what it has while it waits', async () => {
  let release: () => void = () => undefined;
  const later = new Promise<void>((resolve) => (release = resolve));
  async function* chunks() {
    yield Buffer.from('[    1.000000] one\n');
    await later;
    yield Buffer.from('[    2.000000] two\n');
  }
  const input = await textFrom('-', { chunks: chunks() }, { follow: true });
  const seen: string[] = [];
  for await (const batch of input?.batches ?? []) {
    seen.push(...batch.map((r) => r.text));
    release();
  }
  assert.equal(seen, ['one', 'two']);
});

test.run();
