// Where trim writes: never over its input, never half a file, holes where there are zeros.
import { spawnSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writeExtents } from '../../src/cli/extents-file.ts';
import { writeKdump } from '../../src/dump/kdump-write.ts';

const ONE = 'samples/x86_64-6.1-odd-records/vmcore';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-trim-'));
const at = (name: string): string => join(dir, name);
const shell = (line: string) => {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    env: { ...process.env, L: `${process.execPath} dist/cli.js` },
    maxBuffer: 1 << 28,
  });
  return { status, out: stdout, err: stderr.toString('utf8') };
};

test('its input is never its output, whatever it is called', () => {
  copyFileSync(ONE, at('vmcore'));
  linkSync(at('vmcore'), at('hard'));
  symlinkSync('vmcore', at('soft'));
  for (const output of ['vmcore', 'hard', 'soft']) {
    const { status, err } = shell(`$L trim -f ${at('vmcore')} -o ${at(output)}`);
    assert.is(status, 1, err);
    assert.match(err, /is the dump to be trimmed/);
  }
  assert.equal(readFileSync(at('vmcore')), readFileSync(ONE));
});

test('a file is replaced whole, a link keeps leading to it, nothing stays beside it', () => {
  writeFileSync(at('old'), 'old');
  symlinkSync('old', at('link'));
  assert.is(shell(`$L trim -f ${ONE} -o ${at('link')}`).status, 0);
  assert.is(shell(`$L dmesg ${at('old')}`).out.toString(), shell(`$L dmesg ${ONE}`).out.toString());
  assert.is(shell(`$L trim -f ${ONE} -o ${at('absent/x')}`).status, 2);
  assert.equal(
    readdirSync(dir).filter((f) => f.includes('tmp')),
    [],
  );
});

test('to a pipe it writes the same bytes; to a terminal none', () => {
  shell(`$L trim ${ONE} -o ${at('small')}`);
  assert.equal(shell(`$L trim ${ONE} -o - | cat`).out, readFileSync(at('small')));
  assert.is(shell(`$L trim ${ONE} -o - | head -c 1`).err, '');
  const { out } = shell(`script -qec "$L trim ${ONE} -o -" /dev/null </dev/null`);
  if (spawnSync('sh', ['-c', 'command -v script']).status === 0) assert.match(out.toString(), /not written to a terminal/);
});

test('a page at 1 TiB: the bitmaps between are holes', () => {
  const extents = writeKdump({
    order: 'little',
    wordSize: 8,
    padded: false,
    pageSize: 4096,
    utsname: { sysname: 'Linux', nodename: '', release: '6.1', version: '', machine: 'x86_64' },
    timestamp: 0,
    cpus: 1,
    physBase: 0n,
    vmcoreinfo: 'OSRELEASE=6.1\n',
    notes: [],
    pages: [1, 2 ** 28].map((pfn) => ({ pfn, bytes: Buffer.alloc(4096, 1) })),
  });
  assert.ok(extents.reduce((sum, { data }) => sum + data.length, 0) < 1 << 17);
  writeExtents(at('sparse'), extents);
  const { size, blocks } = statSync(at('sparse'));
  assert.ok(size > 64 << 20 && blocks * 512 < 1 << 20, `${size} bytes in ${blocks} blocks`);
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
