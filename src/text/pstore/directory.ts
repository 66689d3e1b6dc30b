import type { PrintkRecord } from '../../record/record.ts';
import { LineSplitter } from '../split-lines.ts';
import { dumpsOf, type Line, type Part, partHeader } from './dumps.ts';
import { inflatePart } from './inflate.ts';
import { mergeDumps } from './merge.ts';
import { partName } from './part-name.ts';
import { recordsOf } from './pstore.ts';

export interface PstoreFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Seconds since 1970 at which it was written, where that is known. */
  readonly time?: number | undefined;
}

/**
 * The one log that the files of /sys/fs/pstore, or of systemd-pstore's archive, hold together; records are numbered from 1. What is
 * no log (pmsg, ftrace) is left out.
 */
export function readPstore(files: readonly PstoreFile[]): {
  readonly records: readonly PrintkRecord[];
  readonly losses: readonly string[];
} {
  const losses: string[] = [];
  const parts: Part[] = [];
  const consoles: Part[] = [];
  for (const { name, bytes, time } of files) {
    const file = partName(name);
    if (file === undefined || file.kind === 'other') continue;
    const plain = file.compressed ? inflatePart(bytes) : bytes;
    if (plain === undefined) {
      losses.push(`${name}: compressed in a way that is not known here (deflate and zlib are)`);
      continue;
    }
    const lines = split(plain);
    const header = file.kind === 'dmesg' ? partHeader(lines[0]?.text ?? '') : undefined;
    const part = {
      ...(header ?? { reason: '', count: 0, part: 1 }),
      time: time ?? file.time,
      id: file.id,
      lines: header === undefined ? lines : lines.slice(1),
    };
    (file.kind === 'console' ? consoles : parts).push(part);
  }
  const dumps = recordsOf(dumpsOf(parts));
  // the console goes on where the last dump was taken, and began before the first
  const all = consoles.length === 0 ? dumps : mergeDumps(dumps, recordsOf(dumpsOf(consoles)));
  return { records: all.map((record, i) => ({ ...record, seq: i + 1 })), losses };
}

function split(bytes: Buffer): Line[] {
  const lines: Line[] = [];
  const splitter = new LineSplitter((s, start, end, lineNo) => lines.push({ lineNo, text: s.slice(start, end) }));
  splitter.push(bytes.toString('latin1'));
  splitter.end();
  return lines;
}
