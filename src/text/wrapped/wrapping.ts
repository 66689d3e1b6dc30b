/** Takes a line as a range of a text. */
export type OnLine = (s: string, start: number, end: number, lineNo: number) => void;

/** Takes the lines of a text as they come, and gives on what they hold. */
export interface Unwrapping {
  line: OnLine;
  /** What is left when the text ends. */
  end?(lineNo: number): void;
}

/** Something that a whole text was put into: a page, a dump of its bytes, what a terminal was sent. */
export interface Wrapping {
  /** @param head the first bytes of the text, a byte string */
  fits(head: string): boolean;
  /** @param head as it was asked of */
  unwrap(onLine: OnLine, head: string): Unwrapping;
}

/** The head of a text as it is inside. */
export function headWithin(head: string, wrapping: Wrapping): string {
  const lines: string[] = [];
  const unwrapping = wrapping.unwrap((s, start, end) => void lines.push(s.slice(start, end)), head);
  const given = head.split('\n');
  for (const [i, each] of given.entries()) {
    const text = each.replace(/\r+$/, '');
    if (i + 1 < given.length || text !== '') unwrapping.line(text, 0, text.length, i + 1);
  }
  unwrapping.end?.(given.length);
  return `${lines.join('\n')}\n`;
}
