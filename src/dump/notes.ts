import type { Reader } from './bytes.ts';
import type { Note } from './dump.ts';
import type { ByteSource } from './source.ts';

/** Larger descriptors are device dumps (NT_VMCOREDD), which nobody needs for the log; VMCOREINFO is one page, QEMU takes 1 MiB. */
const MAX_DESC = 1 << 20;
/** One note or two a CPU; the kernel's limit is 8192 CPUs. */
const MAX_NOTES = 1 << 16;

/**
 * ELF notes between two offsets: 12 bytes of sizes and type, name and descriptor each padded to 4 bytes, in ELF64 too.
 * Stops at padding or where a size runs over the end, and keeps what was read till then.
 */
export function readNotes(source: ByteSource, offset: number, length: number, reader: Reader): Note[] {
  const notes: Note[] = [];
  const end = Math.min(offset + length, source.size);
  let at = offset;
  while (at + 12 <= end && notes.length < MAX_NOTES) {
    const head = source.read(at, 12);
    if (head.length < 12) break;
    const nameSize = reader.u32(head, 0);
    const descSize = reader.u32(head, 4);
    if (nameSize === 0 && descSize === 0) break;
    const descAt = at + 12 + align4(nameSize);
    const next = descAt + align4(descSize);
    if (nameSize > 256 || descAt + descSize > end) break;
    notes.push({
      name: source
        .read(at + 12, nameSize)
        .toString('latin1')
        .replace(/\0.*$/s, ''),
      type: reader.u32(head, 8),
      desc: descSize <= MAX_DESC ? source.read(descAt, descSize) : Buffer.alloc(0),
    });
    at = next;
  }
  return notes;
}

const align4 = (n: number): number => Math.ceil(n / 4) * 4;
