import { closeSync, openSync, readSync } from 'node:fs';

/** What an ELF file says of the kernel it is. */
export interface VmlinuxFacts {
  readonly buildId?: string | undefined;
  readonly release?: string | undefined;
}

/** Section headers of a vmlinux or of its debug file: some 80. */
const MAX_SECTIONS = 4096;
/** The banner lies in .rodata, behind some 20 to 60 MB of text. */
const BANNER_WITHIN = 160 * 1024 * 1024;
const CHUNK = 1 << 20;
const SHT_NOTE = 7;
const NT_GNU_BUILD_ID = 3;

/** Reads build id (ELF notes, gABI chapter 5) and release (the banner) of a vmlinux. @returns undefined where it is no ELF file */
export function vmlinuxFacts(path: string): VmlinuxFacts | undefined {
  const fd = openSync(path, 'r');
  try {
    const head = bytes(fd, 0, 64);
    if (head.length < 52 || head.readUInt32BE(0) !== 0x7f454c46) return undefined;
    return { buildId: buildIdOf(fd, head), release: releaseOf(fd) };
  } finally {
    closeSync(fd);
  }
}

function bytes(fd: number, offset: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(fd, buffer, 0, length, offset));
}

function buildIdOf(fd: number, head: Buffer): string | undefined {
  const wide = head[4] === 2;
  const little = head[5] === 1;
  const u16 = (b: Buffer, at: number): number => (little ? b.readUInt16LE(at) : b.readUInt16BE(at));
  const u32 = (b: Buffer, at: number): number => (little ? b.readUInt32LE(at) : b.readUInt32BE(at));
  const word = (b: Buffer, at: number): number => (wide ? Number(little ? b.readBigUInt64LE(at) : b.readBigUInt64BE(at)) : u32(b, at));
  const size = u16(head, wide ? 58 : 46);
  const count = Math.min(u16(head, wide ? 60 : 48), MAX_SECTIONS);
  if (size < (wide ? 64 : 40)) return undefined;
  const table = bytes(fd, word(head, wide ? 40 : 32), size * count);
  for (let at = 0; at + size <= table.length; at += size) {
    if (u32(table, at + 4) !== SHT_NOTE) continue;
    const notes = bytes(fd, word(table, at + (wide ? 24 : 16)), Math.min(word(table, at + (wide ? 32 : 20)), 65_536));
    for (let n = 0; n + 12 <= notes.length; ) {
      const [name, desc, type] = [u32(notes, n), u32(notes, n + 4), u32(notes, n + 8)];
      const start = n + 12 + align(name);
      if (type === NT_GNU_BUILD_ID && notes.toString('latin1', n + 12, n + 15) === 'GNU' && desc <= 64)
        return notes.toString('hex', start, start + desc);
      n = start + align(desc);
    }
  }
  return undefined;
}

const align = (length: number): number => (length + 3) & ~3;

function releaseOf(fd: number): string | undefined {
  let tail = '';
  for (let offset = 0; offset < BANNER_WITHIN; offset += CHUNK) {
    const chunk = bytes(fd, offset, CHUNK);
    if (chunk.length === 0) return undefined;
    const text = tail + chunk.toString('latin1');
    const found = /Linux version (\d[\w.+~-]{2,80}) /.exec(text)?.[1];
    if (found !== undefined) return found;
    tail = text.slice(-128);
  }
  return undefined;
}
