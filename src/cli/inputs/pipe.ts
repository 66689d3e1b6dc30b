import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { type FileSource, fileSource } from '../../dump/open/file-source.ts';
import { HEAD } from '../../dump/open/open-dump.ts';
import { Spool } from '../../dump/open/spool.ts';
import { sniff } from '../../dump/sniff.ts';
import { InputError } from '../../dump/source.ts';

/** A pipe, looked at once: a dump is kept where it can be read by offset, a text streams on. */
export type Pipe =
  | { readonly kind: 'source'; readonly source: FileSource }
  | { readonly kind: 'stream'; readonly chunks: AsyncIterable<Buffer>; close(): Promise<void> };

/**
 * @param name `-` for standard input, or the path of a named pipe (a shell's `<(…)`)
 * @param isDump whether the user said so: nothing in a raw image's first bytes does
 * @throws InputError where it cannot be read, or the spool has no room
 */
export function openPipe(name: string, isDump: boolean): Pipe {
  const fd = name === '-' ? 0 : openSync(name, 'r');
  let isOpen = fd !== 0; // standard input stays open: the next file that is opened would become it
  const close = (): void => {
    if (isOpen) closeSync(fd);
    isOpen = false;
  };
  try {
    const stat = fstatSync(fd);
    // redirected from a file: no need to copy anything
    if (stat.isFile()) return { kind: 'source', source: { ...fileSource(name, fd, stat.size), close } };
    const readSome = reader(name, fd);
    const head = readHead(readSome);
    if (head.length === 0) throw new InputError({ file: name, sought: 'a dump or a log', found: 'nothing: the pipe is empty' });
    if (!isDump && !sniff(head)) {
      const chunks = prepend(head, createReadStream('', { fd, autoClose: false }));
      return { kind: 'stream', chunks, close: async () => close() };
    }
    const source = spooled(name, head, readSome);
    close();
    return { kind: 'source', source };
  } catch (error) {
    close();
    throw error;
  }
}

function spooled(name: string, head: Buffer, readSome: (into: Buffer) => number): FileSource {
  const spool = new Spool(name);
  try {
    spool.write(head);
    const buffer = Buffer.allocUnsafe(1 << 18);
    for (let n = readSome(buffer); n > 0; n = readSome(buffer)) spool.write(buffer.subarray(0, n));
    return spool.source();
  } catch (error) {
    spool.close();
    throw error;
  }
}

/** As much of the first bytes as comes before the first pause of an interactive writer, which is a whole line at least. */
function readHead(readSome: (into: Buffer) => number): Buffer {
  const head = Buffer.alloc(HEAD);
  let length = 0;
  while (length < HEAD) {
    const n = readSome(head.subarray(length));
    if (n === 0) break;
    length += n;
    if (length >= MAGIC && !sniff(head.subarray(0, length))) break; // text: what follows may take its time (dmesg -w)
  }
  return head.subarray(0, length);
}

/** Longest magic number at offset 0. */
const MAGIC = 16;

async function* prepend(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}

function reader(name: string, fd: number): (into: Buffer) => number {
  return (into) => {
    for (;;) {
      try {
        return readSync(fd, into, 0, into.length, null);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'EOF') return 0;
        if (code !== 'EAGAIN')
          throw new InputError({ file: name, sought: 'a dump or a log', found: `an error: ${code ?? String(error)}` }, { cause: error });
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a non-blocking pipe with nothing in it yet
      }
    }
  };
}
