import type { PrintkRecord } from '../../record/record.ts';
import type { LineParser } from '../line-parser.ts';
import { JsonObjects } from './objects.ts';
import { type ParsedJson, parseJsonBytes } from './parse-bytes.ts';

/** Gives each JSON object of a text to `read`; `inner` is what holds records back behind it. */
export class JsonParser implements LineParser {
  private readonly objects: JsonObjects;
  private readonly losses: string[];
  private readonly inner: Pick<LineParser, 'flush' | 'end'> | undefined;
  private out: PrintkRecord[] = [];

  constructor(
    read: (json: ParsedJson, lineNo: number, out: PrintkRecord[]) => void,
    losses: string[],
    inner?: Pick<LineParser, 'flush' | 'end'>,
  ) {
    this.losses = losses;
    this.inner = inner;
    this.objects = new JsonObjects((text, lineNo) => {
      const json = parseJsonBytes(text);
      if (json !== undefined) read(json, lineNo, this.out);
      return json !== undefined;
    });
  }

  get isOpen(): boolean {
    return this.objects.isOpen;
  }

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    this.out = out;
    this.objects.line(s, start, end, lineNo);
  }

  flush(out: PrintkRecord[]): void {
    this.inner?.flush(out);
  }

  end(out: PrintkRecord[]): void {
    this.out = out;
    this.objects.end();
    this.inner?.end?.(out);
    if (this.objects.broken > 0) this.losses.push(`${this.objects.broken} JSON objects could not be read`);
  }
}
