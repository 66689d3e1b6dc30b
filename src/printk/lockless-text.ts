import { isReadable, type ReadState } from '../memory/virtual.ts';
import type { TextLoss } from '../record/record.ts';
import type { LocklessRing } from './lockless-layout.ts';

export interface Text {
  readonly text: string;
  readonly loss?: TextLoss | undefined;
  readonly dataless?: boolean | undefined;
}

/** Data positions with bit 0 set stand for "no data": FAILED_LPOS 1, NO_LPOS (EMPTY_LINE_LPOS) 3. */
const NO_LPOS = 3n;

/**
 * The text of a record's data block, its identifier verified: a block that was written over holds another record's. Where a later
 * page is not there, what stands before it.
 */
export function textOf(ring: LocklessRing, id: bigint, begin: bigint, next: bigint, textLen: number): Text {
  if (begin & next & 1n) return { text: '', dataless: true, loss: begin === NO_LPOS && next === NO_LPOS ? undefined : 'failed' };
  const { memory, sizeBits, data } = ring;
  const word = memory.wordSize;
  const size = 2 ** sizeBits;
  const mask = BigInt(size - 1);
  const blockSize = Number((next - begin) & ((1n << BigInt(word * 8)) - 1n));
  const start = Number(begin & mask);
  if (Number(begin % BigInt(word)) !== 0 || Number(next % BigInt(word)) !== 0 || blockSize < word || blockSize > 2 * size) {
    return { text: '', loss: 'unreadable' };
  }
  // A block that does not fit behind its start begins anew at 0. One that ends exactly with the ring (next & mask is 0) fits: since
  // 6.19 (commit 67e1b0052f6b) kernels write such blocks, and readers that compare begin with next take them for wrapped.
  const contiguous = blockSize <= size - start;
  const at = data + BigInt(contiguous ? start : 0);
  const length = contiguous ? blockSize : Number(next & mask);
  if (length < word) return { text: '', loss: 'unreadable' };
  const wanted = Math.min(textLen, length - word);
  const { bytes, state } = memory.read(at, word + wanted);
  if (state !== 'present') return prefix(ring, id, at, wanted);
  if (memory.wordAt(bytes, 0) !== id) return { text: '', loss: 'overwritten' };
  return { text: bytes.toString('latin1', word), loss: textLen > length - word ? 'truncated' : undefined };
}

/** Page by page, to the first that is not there: no page of text is all zeros, so one that was left out is lost. */
function prefix({ memory }: LocklessRing, id: bigint, at: bigint, wanted: number): Text {
  const { wordSize, pageSize } = memory;
  const head = memory.read(at, wordSize);
  if (head.state !== 'present') return { text: '', loss: lossOf(head.state) };
  if (memory.wordAt(head.bytes, 0) !== id) return { text: '', loss: 'overwritten' };
  let text = '';
  for (let done = 0; done < wanted; ) {
    const from = at + BigInt(wordSize + done);
    const take = Math.min(pageSize - Number(from % BigInt(pageSize)), wanted - done);
    const { bytes, state } = memory.read(from, take);
    if (state !== 'present') return { text, loss: lossOf(state) };
    text += bytes.toString('latin1');
    done += take;
  }
  return { text };
}

const lossOf = (state: ReadState): TextLoss => (isReadable(state) ? 'excluded' : 'unreadable');
