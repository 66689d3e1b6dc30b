// A pipe whose writer takes its time holds nothing up: the dashboard draws and hears keys meanwhile.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openPipe } from '../../../src/read/inputs/pipe.ts';

const VMCORE = 'samples/x86_64-6.1-odd-records/vmcore';
const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-pipe-'));

/** A named pipe and a shell's line that writes to it, as its standard output. */
function written(name: string, line: string): string {
  const fifo = join(dir, name);
  execFileSync('mkfifo', [fifo]);
  spawn('sh', ['-c', line.replaceAll('FIFO', `'${fifo}'`)], { stdio: 'ignore' });
  return fifo;
}

async function textOf(fifo: string): Promise<string> {
  const pipe = await openPipe(fifo, false);
  assert.is(pipe.kind, 'stream');
  const chunks: Buffer[] = [];
  if (pipe.kind === 'stream') for await (const chunk of pipe.chunks) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('latin1');
}

// The writer waits for a file that a timer makes: were the loop held up, it would write without it after half a minute.
const GO = '$(for i in $(seq 300); do [ -e GO ] && echo told && exit; sleep 0.1; done)';
for (const [what, line] of [
  ['opens it late', `said=${GO}; echo "[    1.000000] late, $said" > FIFO`],
  ['is silent at first', `(echo "[    1.000000] late, ${GO}") > FIFO`],
] as const) {
  test(`a writer that ${what}: timers fire meanwhile`, async () => {
    const name = what.replaceAll(' ', '-');
    const go = join(dir, `${name}.go`);
    const text = textOf(written(name, line.replaceAll('GO', `'${go}'`)));
    await sleep(100);
    writeFileSync(go, '');
    assert.is(await text, '[    1.000000] late, told\n');
  });
}

test('a text goes on after its first bytes, piece by piece', async () => {
  const fifo = written('pieces', '(echo "[    1.000000] one"; sleep 0.3; echo "[    2.000000] two") > FIFO');
  assert.is(await textOf(fifo), '[    1.000000] one\n[    2.000000] two\n');
});

test('a dump that comes in pieces, the first shorter than any magic number, is kept whole', async () => {
  const pipe = await openPipe(written('dump', `(head -c 5 ${VMCORE}; sleep 0.3; tail -c +6 ${VMCORE}) > FIFO`), false);
  assert.is(pipe.kind, 'source');
  if (pipe.kind !== 'source') return;
  assert.equal(pipe.source.read(0, pipe.source.size), readFileSync(VMCORE));
  pipe.source.close();
});

test('a pipe without a byte is told to be empty', async () => {
  const error = await openPipe(written('empty', ': > FIFO'), false).catch((e: unknown) => e);
  assert.match(String(error), /sought a dump or a log; found nothing: it is empty/);
});

test.after(() => rmSync(dir, { recursive: true, force: true }));
test.run();
