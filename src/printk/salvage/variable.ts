import type { VariableLog } from '../variable.ts';
import { type Fragment, isText, textsOf } from './fragment.ts';
import { readWhole } from './read-whole.ts';

const MAX_BYTES = 64 << 20;
/** What printk cuts a message to (LOG_LINE_MAX), with its dictionary. */
const MAX_LENGTH = 4096;
/** LOG_ALIGN: 4 where the machine reads words at any address, else what struct printk_log asks for. */
const MAX_ALIGN = 8;

/**
 * Text of a 3.5 to 5.9 buffer between the next record and the first: records that were given up to make room and not yet written over
 * still have their headers, and so their times.
 */
export function salvageVariable(log: VariableLog): Fragment[] {
  if (log.length > MAX_BYTES) return [];
  const bytes = readWhole(log.memory, log.buffer, log.length);
  const free =
    log.next <= log.first
      ? [{ start: log.next, end: log.first }]
      : [
          { start: log.next, end: log.length },
          { start: 0, end: log.first },
        ];
  return free.flatMap(({ start, end }) => fragments(log, bytes.subarray(0, end), start));
}

function fragments(log: VariableLog, bytes: Buffer, start: number): Fragment[] {
  const found: Fragment[] = [];
  let from = start;
  for (let at = start; at < bytes.length; ) {
    const record = recordAt(log, bytes, at);
    if (!record) {
      at += 4;
      continue;
    }
    for (const text of textsOf(bytes.subarray(from, at))) found.push({ text });
    found.push(record.fragment);
    at += record.length;
    from = at;
  }
  for (const text of textsOf(bytes.subarray(from))) found.push({ text });
  return found;
}

function recordAt({ memory: { reader }, header, at }: VariableLog, bytes: Buffer, index: number) {
  if (index + header > bytes.length) return undefined;
  const head = bytes.subarray(index, index + header);
  const length = reader.u16(head, at.len);
  const textLen = reader.u16(head, at.textLen);
  const padding = length - header - textLen - reader.u16(head, at.dictLen);
  if (length % 4 !== 0 || length > MAX_LENGTH || padding < 0 || padding >= MAX_ALIGN || index + length > bytes.length) return undefined;
  const text = bytes.toString('latin1', index + header, index + header + textLen);
  return isText(text) ? { length, fragment: { text, usec: Number(reader.u64(head, at.ts) / 1000n) } } : undefined;
}
