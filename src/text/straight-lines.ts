/** How far back the longest line is remembered, in lines. */
const WINDOW = 512;

/** What is remembered of the lines that went straight to their parser: the last of them, and how long they were lately. */
export class StraightLines {
  /** The last one is `piece[start, end)`; empty where there was none. */
  piece = '';
  start = 0;
  end = 0;
  private longest = 0;
  private longestBefore = 0;
  private count = 0;

  /** @param isBreakable whether a line break could have been put into a line */
  constructor(private readonly isBreakable: (text: string) => boolean) {}

  add(piece: string, start: number, end: number): void {
    this.piece = piece;
    this.start = start;
    this.end = end;
    if (end - start > this.longest) this.lengthen(piece.slice(start, end));
    if (++this.count >= WINDOW) this.turn();
  }

  /** The last line. */
  get last(): string | undefined {
    return this.end > this.start ? this.piece.slice(this.start, this.end) : undefined;
  }

  /** Columns of the longest of the last lines that could have been broken. */
  get columns(): number {
    return Math.max(this.longest, this.longestBefore);
  }

  /** Other lines stood behind them. @param longest columns of the longest of those */
  interrupt(longest: number): void {
    this.piece = '';
    this.start = this.end = 0;
    this.turn();
    this.longest = longest;
  }

  /** Blanks at the end are the break's. */
  private lengthen(line: string): void {
    const text = line.trimEnd();
    if (text.length > this.longest && this.isBreakable(text)) this.longest = text.length;
  }

  private turn(): void {
    this.count = 0;
    this.longestBefore = this.longest;
    this.longest = 0;
  }
}
