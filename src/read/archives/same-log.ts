import { createHash } from 'node:crypto';
import { chunksOf, type FileSource } from '../../dump/open/file-source.ts';
import type { ByteSource } from '../../dump/source.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { TextReader } from '../../text/reader.ts';

/** A log among others: what it is called, and its bytes, which whoever opens them closes. */
interface Log {
  readonly path: string;
  open(): FileSource;
}

/** Lines that show whether two logs may be the same at all. */
const FEW = 20;
const HEAD = 1 << 16;

/**
 * Logs that say what one before them says: another format of the same command (`dmesg`, `dmesg -T`), a copy under another name. The
 * first is the one to keep. @returns path of a copy → path of what it is a copy of
 */
export function copiesOf(logs: readonly Log[]): ReadonlyMap<string, string> {
  const copies = new Map<string, string>();
  // nearly all differ in their first lines: only those that do not are read whole
  for (const alike of groups(logs, beginning)) {
    for (const [first, ...others] of groups(alike, whole)) for (const { path } of others) copies.set(path, first!.path);
  }
  return copies;
}

function groups(logs: readonly Log[], keyOf: (source: ByteSource, path: string) => string): (readonly Log[])[] {
  if (logs.length < 2) return [];
  const found = new Map<string, Log[]>();
  for (const log of logs) {
    const source = log.open();
    const key = keyOf(source, log.path);
    source.close();
    const group = found.get(key);
    if (group) group.push(log);
    else found.set(key, [log]);
  }
  return [...found.values()].filter((group) => group.length > 1);
}

/** The first lines of messages, without what stands before them: times and levels are what formats differ in. */
function beginning(source: ByteSource, path: string): string {
  const reader = new TextReader({ name: nameOf(path) });
  const records = [...reader.push(source.read(0, HEAD)), ...reader.end()];
  const lines = records.slice(0, FEW).flatMap(linesOf).slice(0, FEW);
  return lines.length < FEW && source.size > HEAD ? `few ${hashed([source.read(0, HEAD)])}` : hashed(lines);
}

function whole(source: ByteSource, path: string): string {
  const reader = new TextReader({ name: nameOf(path) });
  const hash = createHash('sha256');
  let count = 0;
  const see = (records: readonly PrintkRecord[]): void => {
    for (const line of records.flatMap(linesOf)) {
      hash.update(`${line}\n`);
      count++;
    }
  };
  for (const chunk of chunksOf(source)) see(reader.push(chunk));
  see(reader.end());
  return `${count} ${hash.digest('hex')}`;
}

/** vmcore-dmesg's output does not show which lines are one record. */
const linesOf = ({ text }: PrintkRecord): string[] => text.split('\n').map((line) => line.trim());

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function hashed(pieces: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece).update('\n');
  return hash.digest('hex');
}
