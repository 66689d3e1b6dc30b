/** The order of the bytes of a text in UTF-16. */
export type Utf16 = 'utf-16le' | 'utf-16be';

/** Pairs of bytes that are looked at where no mark stands, and how many must be a character of ASCII with its 0. */
const PAIRS = 256;
const FEW = 16;

/** PowerShell and Windows' editors save a log so, with a mark or without. */
export function utf16Of(head: Buffer): Utf16 | undefined {
  if (head.length < 2) return undefined;
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(PAIRS, head.length >> 1);
  if (pairs < FEW) return undefined;
  if (isAscii(head, pairs, 0)) return 'utf-16le';
  return isAscii(head, pairs, 1) ? 'utf-16be' : undefined;
}

function isAscii(head: Buffer, pairs: number, low: 0 | 1): boolean {
  for (let i = 0; i < pairs; i++) {
    const byte = head[2 * i + low] ?? 0;
    const printable = (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13 || byte === 0x1b;
    if (!printable || head[2 * i + 1 - low] !== 0) return false;
  }
  return true;
}

/** The same text in UTF-8, without its mark. An empty chunk, which says that a log has gone quiet, stays one. */
export async function* fromUtf16(chunks: AsyncIterable<Buffer>, order: Utf16): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(order);
  for await (const chunk of chunks) {
    const text = chunk.length === 0 ? '' : decoder.decode(chunk, { stream: true });
    if (text !== '' || chunk.length === 0) yield Buffer.from(text, 'utf8');
  }
  const rest = decoder.decode();
  if (rest !== '') yield Buffer.from(rest, 'utf8');
}
