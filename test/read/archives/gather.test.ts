// What is found in archives, and what they may not ask for.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openFile } from '../../../src/dump/open/file-source.ts';
import { InputError } from '../../../src/dump/source.ts';
import { type Gathered, gather, keptSource } from '../../../src/read/archives/gather.ts';
import { LIMITS, type Limits } from '../../../src/read/archives/limits.ts';
import { type TestMember, tarOf, zipOf } from '../../support/archives.ts';
import { oopsLog } from '../../support/sample-logs.ts';

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-archives-'));
const LOG = Array.from({ length: 40 }, (_, i) => `[${String(i).padStart(5)}.000000] usb 1-1: line ${i}\n`).join('');

interface Found extends Gathered {
  readonly paths: readonly string[];
}

async function found(bytes: Buffer, options: { wanted?: string; limits?: Limits } = {}): Promise<Found> {
  const path = join(dir, 'archive');
  writeFileSync(path, bytes);
  const source = openFile(path);
  const gathered = await gather(source, options);
  source.close();
  gathered.spool.close();
  return { ...gathered, paths: gathered.kept.map((one) => one.path) };
}

const MEMBERS: readonly TestMember[] = [
  { name: 'case/', type: '5' },
  { name: 'case/README.md', content: '# How to read a kernel log\n\nLook for `BUG: ` and Oops.\n' },
  { name: 'case/dmesg', content: LOG },
  { name: 'case/nginx.log', content: '10.0.0.1 - - [22/Nov/2026:20:00:00 +0000] "GET / HTTP/1.1" 200 12\n'.repeat(50) },
  { name: 'case/console.log', content: oopsLog },
];
const files = MEMBERS.filter(({ type }) => type === undefined);

for (const [what, bytes] of [
  ['a tar', tarOf(MEMBERS)],
  ['a tar.gz', gzipSync(tarOf(MEMBERS))],
  ['a zip', zipOf(files)],
  ['a zip that was written to a pipe', zipOf(files, true)],
] as const) {
  test(`${what}: what is a kernel log is kept, the rest is left`, async () => {
    const { paths, losses } = await found(bytes);
    assert.equal(paths, ['case/dmesg', 'case/console.log']);
    assert.equal(losses, []);
  });

  test(`${what}: one member is asked for, whatever it is`, async () => {
    assert.equal((await found(bytes, { wanted: 'case/nginx.log' })).paths, ['case/nginx.log']);
    assert.equal((await found(bytes, { wanted: 'case' })).paths, ['case/dmesg', 'case/console.log']);
  });

  test(`${what} that is cut anywhere gives the members before, and says so`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 300, max: bytes.length - 1100 }), async (length) => {
        const { paths, losses } = await found(bytes.subarray(0, length));
        assert.equal(paths, ['case/dmesg', 'case/console.log'].slice(0, paths.length));
        assert.ok(losses.length > 0 || length % 512 === 0, `cut at ${length}`);
      }),
      { numRuns: 40 },
    );
  });
}

test('the bytes that are kept are the member’s', async () => {
  const path = join(dir, 'bytes');
  writeFileSync(path, zipOf(files));
  const source = openFile(path);
  const { kept, spool } = await gather(source);
  const read = kept.map((one) => keptSource(spool, one).read(0, one.size).toString('latin1'));
  assert.equal(read, [LOG, oopsLog]);
  for (const each of [source, spool]) each.close();
});

test('members of one name are each kept, and each can be asked for', async () => {
  const same = ['dmesg', 'dmesg', 'dmesg'].map((name) => ({ name, content: LOG }));
  for (const bytes of [tarOf(same), zipOf(same)]) {
    const all = ['dmesg', 'dmesg (2)', 'dmesg (3)'];
    assert.equal((await found(bytes)).paths, all);
    assert.equal((await found(bytes, { wanted: 'dmesg' })).paths, all);
    assert.equal((await found(bytes, { wanted: 'dmesg (3)' })).paths, ['dmesg (3)']);
  }
  const literal = ['dmesg', 'dmesg (2)', 'dmesg', 'dmesg (2)'].map((name) => ({ name, content: LOG }));
  assert.equal((await found(tarOf(literal))).paths, ['dmesg', 'dmesg (2)', 'dmesg (3)', 'dmesg (2) (2)']);
});

test('archives in an archive, to a depth', async () => {
  const nest = (depth: number): Buffer =>
    depth === 0 ? zipOf([{ name: 'dmesg', content: LOG }]) : tarOf([{ name: `t${depth}.tar`, content: nest(depth - 1) }]);
  assert.equal((await found(nest(2))).paths, ['t2.tar!t1.tar!dmesg']);
  const { paths, losses } = await found(nest(3));
  assert.equal(paths, []);
  assert.match(losses.join(), /t3\.tar!t2\.tar!t1\.tar: archives within archives are read to a depth of 3/);
});

test('names that lead out, links and devices are left out', async () => {
  const { paths, losses, leftOut } = await found(
    tarOf([
      { name: '../../etc/cron.d/evil', content: LOG },
      { name: '/var/log/dmesg', content: LOG },
      { name: 'link', type: '2', link: '/etc/shadow' },
      { name: 'device', type: '3' },
      { name: 'dmesg', content: LOG },
    ]),
  );
  assert.equal(paths, ['dmesg']);
  assert.equal(losses, ['2 names that lead out of the archive left out (../../etc/cron.d/evil)']);
  assert.equal(leftOut, ['1 link', '1 device']);
});

const growth = (floor: number) => ({ floor, ratio: 10 });
for (const [what, limits, bytes, said] of [
  ['names', { members: 3 }, tarOf(MEMBERS), /more than 3 names/],
  ['dumps and logs', { kept: 1 }, tarOf(MEMBERS), /more than 1 dumps and logs/],
  ['room', { stored: growth(1000) }, gzipSync(tarOf([{ name: 'dmesg', content: LOG.repeat(100) }])), /takes more than 10 times its size/],
  ['work', { passed: growth(1000) }, gzipSync(tarOf([{ name: 'zeros', content: Buffer.alloc(1 << 20) }])), /unpacks to more than 10 times/],
  ['work in a zip', { passed: growth(1000) }, zipOf([{ name: 'zeros', content: Buffer.alloc(1 << 20) }]), /unpacks to more than 10 times/],
  [
    'work in an inner archive',
    { passed: growth(1000) },
    tarOf([{ name: 'a.zip', content: zipOf([{ name: 'zeros', content: Buffer.alloc(1 << 22) }]) }]),
    /unpacks to more than 10 times/,
  ],
] as const) {
  test(`a bound on ${what}: reading stops, and what came before is kept`, async () => {
    const { losses } = await found(bytes, { limits: { ...LIMITS, ...limits } });
    assert.is(losses.length, 1);
    assert.match(losses[0] ?? '', said);
  });
}

test('a file of supportconfig in an archive: the sections that hold a log', async () => {
  const boot = `#==[ Command ]======================================#\n# /bin/uname -a\n\nLinux web\n\n#==[ Command ]======================================#\n# /bin/dmesg\n\n${LOG}`;
  const bytes = tarOf([{ name: 'scc/boot.txt', content: boot }]);
  const { kept } = await found(bytes);
  assert.equal(
    kept.map(({ path, size }) => [path, size]),
    [['scc/boot.txt!/bin/dmesg', LOG.length + 1]],
  );
  assert.equal((await found(bytes, { wanted: 'scc/boot.txt!/bin/uname -a' })).paths, ['scc/boot.txt!/bin/uname -a']);
});

(spawnSync('sh', ['-c', 'tar --version | grep -q GNU']).status === 0 ? test : test.skip)(
  'a sparse file of GNU tar is said, not read',
  async () => {
    const path = join(dir, 'holes');
    writeFileSync(path, Buffer.concat([Buffer.alloc(1 << 20), Buffer.from(LOG), Buffer.alloc(1 << 20)]));
    spawnSync('sh', ['-c', 'cp --sparse=always holes sparse && tar -cSf gnu.tar sparse && tar -cSf pax.tar --format=posix sparse'], {
      cwd: dir,
    });
    for (const name of ['gnu.tar', 'pax.tar']) {
      const { losses } = await found(readFileSync(join(dir, name)));
      assert.match(losses.join(), /1 sparse file left out/, name);
    }
  },
);

for (const [what, bytes] of [
  ['tar', tarOf([...MEMBERS, { name: 'inner.zip', content: zipOf(files) }])],
  ['tar.gz', gzipSync(tarOf(MEMBERS))],
  ['zip', zipOf([...files, { name: 'inner.tar', content: tarOf(MEMBERS) }])],
] as const) {
  test(`a ${what} with any bytes changed ends, with losses or an InputError`, async () => {
    const change = fc.tuple(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), async (changes) => {
        const changed = Buffer.from(bytes);
        for (const [at, value] of changes) changed[at] = value;
        const result = await found(changed).catch((error: unknown) => error);
        assert.ok(!(result instanceof Error) || result instanceof InputError, String(result));
      }),
      { numRuns: 150 },
    );
  });
}

test('damage in the middle of a tar is told, what stands behind it is read', async () => {
  const bytes = tarOf([...MEMBERS, { name: 'late/dmesg', content: LOG }]);
  const at = bytes.indexOf('case/console.log');
  bytes.fill(0x55, at, at + 100);
  const { paths, losses } = await found(bytes);
  assert.equal(paths, ['case/dmesg', 'late/dmesg']);
  assert.match(losses.join(), /the archive is damaged or cut: checksum failure/);
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
