import type { Kernel } from '../memory/kernel.ts';
import { isReadable } from '../memory/virtual.ts';
import type { PrintkRecord } from '../record/record.ts';
import type { LogReport } from './report.ts';

/** Larger buffers than any kernel up to 3.4 was given. */
const MAX_BUFFER = 64 << 20;

/**
 * The character log of kernels up to 3.4, oldest byte first: log_end counts all bytes ever written, the buffer is a power of two.
 * What `dmesg -c` hid (logged_chars) is kept.
 * @returns what is wrong, in words, where the variables make no buffer
 */
export function readFlatLog({ info, memory }: Kernel, report: LogReport): Buffer | string {
  const pointer = info.symbol('log_buf');
  const buffer = pointer === undefined ? undefined : memory.word(pointer);
  const lengthAt = info.symbol('log_buf_len');
  const length = lengthAt === undefined ? undefined : memory.u32(lengthAt);
  const endAt = info.symbol('log_end');
  // unsigned since 2.6.25, unsigned long before: on 64-bit big-endian machines the halves tell (the high one is 0)
  const end = endAt === undefined ? undefined : endOf(memory.u32(endAt), memory.reader.order === 'big' ? memory.u32(endAt + 4n) : 0);
  if (!buffer || length === undefined || end === undefined) return 'log_buf, log_buf_len or log_end cannot be read';
  if (length === 0 || length > MAX_BUFFER || (length & (length - 1)) !== 0) return `log_buf_len is ${length}, no power of two in bounds`;
  report.bufferBytes = length;
  const at = end & (length - 1);
  const parts = end < length ? [memory.read(buffer, end)] : [memory.read(buffer + BigInt(at), length - at), memory.read(buffer, at)];
  if (!parts.every((p) => isReadable(p.state))) report.problems.push('a part of log_buf is not in the dump: it reads as NUL bytes');
  return Buffer.concat(parts.map((p) => p.bytes));
}

function endOf(first: number | undefined, second: number | undefined): number | undefined {
  return first === 0 && second ? second : first;
}

const LINE = /^(?:<(\d{1,3}|[cd])>)?(?:\[ *(\d{1,10})\.(\d{6})\] )?(.*)$/s;

/** Lines of the syslog stream `<6>[    1.234567] text` as records; the first may be cut, a line without a prefix continues nothing. */
export function* flatRecords(log: Buffer): Generator<PrintkRecord> {
  let seq = 0;
  for (const line of log.toString('latin1').replace(/\0+/g, '\n').split('\n')) {
    if (line === '') continue;
    const [, priority, seconds, micros, text = ''] = LINE.exec(line) ?? [];
    const value = priority === undefined || !/^\d/.test(priority) ? undefined : Number(priority);
    yield {
      seq: seq++,
      usec: seconds === undefined ? undefined : Number(seconds) * 1e6 + Number(micros),
      level: value === undefined ? undefined : value & 7,
      facility: value === undefined ? undefined : value >> 3,
      text,
      continuation: priority === 'c',
    };
  }
}
