import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { chunksOf, type FileSource, type OpenSource } from '../../dump/open/file-source.ts';
import { Spool } from '../../dump/open/spool.ts';
import { InputError } from '../../dump/source.ts';
import type { Visit } from './entry.ts';

/** What `7z l -slt` says of one name. */
interface Listed {
  readonly name: string;
  readonly size: number;
  readonly mtime: number | undefined;
  readonly kind: 'file' | 'directory' | 'links' | 'encrypted files';
}

/** Longest listing that is read. */
const LISTING_BYTES = 1 << 26;
const PROGRAMS = ['7z', '7zz', '7za'] as const;

/**
 * Reads a 7z by the program for it: one call lists it, one writes all files of it, one after the other, which the sizes tell apart.
 * @returns why it is damaged, where it is
 * @throws InputError where the program is not installed; what `visit` throws
 */
export async function read7z(source: OpenSource, visit: Visit): Promise<string | undefined> {
  const { fd, close } = wholeFile(source);
  try {
    const { program, listing, isCut } = await list(source.name, fd);
    const files = listed(listing);
    const output = new Output(program, fd);
    try {
      for (const { name, size, mtime, kind } of files) {
        const member = output.next(kind === 'directory' || kind === 'encrypted files' ? 0 : size);
        if (kind === 'directory') await visit({ kind, name });
        else await visit(kind === 'file' ? { kind, name, mtime, chunks: member } : { kind: 'other', name, what: kind });
        for await (const _rest of member);
      }
      return isCut ? 'its list of names is longer than is read' : await output.end();
    } finally {
      output.close();
    }
  } finally {
    close();
  }
}

/** A descriptor at whose beginning the archive begins. */
function wholeFile(source: OpenSource | FileSource): { fd: number; close(): void } {
  if ('fd' in source && source.base === 0) return { fd: source.fd, close: () => undefined };
  const spool = new Spool(source.name);
  for (const chunk of chunksOf(source)) spool.write(chunk);
  const copy = spool.source();
  return { fd: copy.fd, close: () => copy.close() };
}

/** The archive is handed over as descriptor 3: it may have no name any more. */
function start(program: string, args: readonly string[], fd: number): Running {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const child = spawn(program, [...args, '-p', '--', '/dev/fd/3'], { stdio: ['ignore', 'pipe', 'pipe', fd], env });
  return { child, stdout: child.stdout as Readable, stderr: child.stderr as Readable };
}

/** A child with two pipes to read, which node's types do not see behind a fourth descriptor. */
interface Running {
  readonly child: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

async function list(name: string, fd: number): Promise<{ program: string; listing: string; isCut: boolean }> {
  for (const program of PROGRAMS) {
    const { child, stdout, stderr } = start(program, ['l', '-slt', '-ba', '-sccUTF-8'], fd);
    const started = await new Promise<boolean>((resolve) => child.on('spawn', () => resolve(true)).on('error', () => resolve(false)));
    if (!started) continue;
    stderr.resume();
    const closed = once(child, 'close');
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stdout) {
      bytes += (chunk as Buffer).length;
      if (bytes <= LISTING_BYTES) pieces.push(chunk as Buffer);
    }
    await closed;
    return { program, listing: Buffer.concat(pieces).toString('utf8'), isCut: bytes > LISTING_BYTES };
  }
  const hint = 'install 7zip (p7zip-full), or unpack it first';
  throw new InputError({ file: name, sought: 'the program 7z to read this archive', found: 'none', hint });
}

/** Blocks of `Key = value`, an empty line after each. @tested */
export function listed(listing: string): Listed[] {
  return listing.split(/\r?\n\r?\n/).flatMap((block) => {
    const fields = new Map([...block.matchAll(/^([A-Z][\w ]*) = (.*)$/gm)].map(([, key = '', value = '']) => [key, value.trim()]));
    const name = fields.get('Path');
    if (name === undefined) return [];
    const attributes = fields.get('Attributes') ?? '';
    const mtime = Date.parse(`${(fields.get('Modified') ?? '').replace(' ', 'T').slice(0, 19)}`);
    const kind = /^D|\bd[-r]/.test(attributes)
      ? 'directory'
      : /\bl[-r]/.test(attributes)
        ? 'links'
        : fields.get('Encrypted') === '+'
          ? 'encrypted files'
          : 'file';
    return [{ name, size: Number(fields.get('Size')) || 0, mtime: Number.isNaN(mtime) ? undefined : mtime * 1000, kind }];
  });
}

/** What 7z writes, cut by the sizes of the listing. */
class Output {
  readonly #running: Running;
  readonly #pieces: AsyncIterator<Buffer>;
  readonly #closed: Promise<unknown[]>;
  #rest: Buffer = Buffer.alloc(0);
  #complaint = '';
  #cut = false;

  constructor(program: string, fd: number) {
    this.#running = start(program, ['x', '-so', '-bd'], fd);
    const { child, stdout, stderr } = this.#running;
    stderr.on('data', (d) => (this.#complaint += this.#complaint.length < 1000 ? String(d) : ''));
    this.#closed = once(child, 'close');
    this.#pieces = stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next file, of so many bytes; each time it is iterated it goes on where it was left. */
  next(size: number): AsyncIterable<Buffer> {
    let left = size;
    const take = async (): Promise<Buffer | undefined> => {
      if (left === 0) return undefined;
      if (this.#rest.length === 0) {
        const { done, value } = await this.#pieces.next();
        this.#cut ||= done === true;
        if (done) return undefined;
        this.#rest = value;
      }
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      return piece;
    };
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const value = await take();
          return value === undefined ? { done: true, value: undefined } : { done: false, value };
        },
      }),
    };
  }

  /** @returns what 7z complained of, where it did */
  async end(): Promise<string | undefined> {
    this.#running.stdout.resume();
    const [code] = await this.#closed;
    if (code === 0 && !this.#cut) return undefined;
    // the archive is called by its descriptor there, below a head ERRORS:
    const lines = this.#complaint.split('\n').map((line) => line.trim());
    return lines.find((line) => /\w/.test(line) && !/^(?:ERROR|WARNING)S?:|\/dev\/fd/.test(line)) ?? `7z ended with ${String(code)}`;
  }

  close(): void {
    this.#running.child.kill();
  }
}
