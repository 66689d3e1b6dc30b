import type { PrintkRecord } from '../record/record.ts';
import { EchoFilter } from './echo.ts';
import type { TextForm, TextReaderOptions } from './forms.ts';
import { FramedLines, unframed } from './frame/framed-lines.ts';
import { learnFrames } from './frame/learn.ts';
import { Headlines } from './headlines.ts';
import type { BytesParser, LineParser } from './line-parser.ts';
import { createParser } from './parsers.ts';
import { LineCounts } from './reading.ts';
import { damageOf } from './repair/damage.ts';
import { LineRouter } from './route/router.ts';
import { stampsFall } from './sniff/falling.ts';
import { HEAD_BYTES, headLines, sniffLayout } from './sniff/sniff.ts';
import { LineSplitter } from './split-lines.ts';
import type { Unwrapping } from './wrapped/wrapping.ts';
import { unwrapping, wrappingsOf } from './wrapped/wrappings.ts';

/** Records of a log that begins with the newest; a longer one stays as it is from there on. */
const REVERSED_LIMIT = 500_000;

/** Reads a kernel log out of a text that arrives in pieces. Any cutting into pieces gives the same records. */
export class TextReader {
  /** What was lost, a line each. */
  readonly losses: string[] = [];
  /** What the lines were read as. */
  readonly counts = new LineCounts();
  /** Lines that speak of a crash, whatever they were read as. */
  readonly headlines = new Headlines();
  /** The form, once enough bytes have come to tell. */
  form: TextForm | undefined;
  private readonly options: TextReaderOptions;
  private readonly splitter: LineSplitter;
  private parser: LineParser | BytesParser | undefined;
  private lines: LineParser | undefined;
  private binary: BytesParser | undefined;
  private head: Buffer[] = [];
  private headBytes = 0;
  private out: PrintkRecord[] = [];
  private nulIsNewline = false;
  /** journalctl -r: the newest first. All of it must be known before the oldest can be given out. */
  private reversed: PrintkRecord[] | undefined;
  /** The parser, where it is one that reads each line as what it is. */
  private router: LineRouter | undefined;
  private ended = false;
  private echo: EchoFilter | undefined;
  /** What lines pass through: what the text was put into, and the frame that they stand in. */
  private through: Unwrapping | undefined;
  private framed: FramedLines | undefined;

  constructor(options: TextReaderOptions = {}) {
    this.options = options;
    this.form = options.form;
    this.splitter = new LineSplitter(
      (s, start, end, lineNo) =>
        this.through === undefined ? this.lines?.line(s, start, end, lineNo, this.out) : this.through.line(s, start, end, lineNo),
      (lines) => (this.through === undefined ? this.router?.stampedLines(lines, this.out) : undefined),
    );
  }

  /** The records that are complete with these bytes; one may be held until the next line shows that it does not continue it. */
  push(chunk: Buffer): PrintkRecord[] {
    if (this.parser !== undefined) this.feed(chunk);
    else {
      // the caller may fill its buffer again
      this.head.push(Buffer.from(chunk));
      this.headBytes += chunk.length;
      if (this.headBytes >= HEAD_BYTES) this.start();
    }
    return this.take();
  }

  /** Gives out what is held back, without ending: for a log that is followed and has gone quiet. */
  flush(): PrintkRecord[] {
    if (this.parser === undefined && this.headBytes > 0) this.start();
    this.parser?.flush(this.out);
    return this.take();
  }

  /** The rest. */
  end(): PrintkRecord[] {
    if (this.parser === undefined) this.start();
    this.headlines.end(this.splitter.lineNo);
    this.splitter.end();
    this.through?.end?.(this.splitter.lineNo);
    this.parser?.flush(this.out);
    this.parser?.end?.(this.out);
    const { cutBytes, cutLines } = this.splitter;
    if (cutBytes > 0) this.losses.push(`${cutLines} line${cutLines > 1 ? 's' : ''} longer than 1 MiB: ${cutBytes} bytes dropped`);
    this.ended = true;
    return this.take();
  }

  private start(): void {
    const head = this.head.length === 1 ? (this.head[0] ?? Buffer.alloc(0)) : Buffer.concat(this.head);
    this.head = [];
    const { losses, counts, options } = this;
    const { wrappings, head: within } = wrappingsOf(head.toString('latin1', 0, HEAD_BYTES));
    const text = wrappings.length > 0 ? Buffer.from(within, 'latin1') : head.subarray(0, HEAD_BYTES);
    const frames = this.form === undefined ? learnFrames(headLines(text)) : [];
    const inner = frames.length > 0 ? Buffer.from(unframed(frames, text.toString('latin1')), 'latin1') : text;
    const layout = sniffLayout(inner, options.name ?? '', this.form);
    this.form = layout.form;
    this.nulIsNewline = layout.form === 'kmsg';
    if (layout.reversed || stampsFall(inner.toString('latin1'))) this.reversed = [];
    if (layout.form === 'console' || layout.form === 'dmesg') this.echo = new EchoFilter();
    const damage = damageOf(inner.toString('latin1'));
    this.parser = createParser({ layout, asOf: options.asOf, damage, losses, counts });
    if (this.parser instanceof LineRouter) this.router = this.parser;
    const onLine = (s: string, start: number, end: number, no: number) => this.lines?.line(s, start, end, no, this.out);
    const framed = frames.length > 0 ? new FramedLines(frames, onLine, counts, options.asOf) : undefined;
    this.framed = framed;
    if (framed !== undefined || wrappings.length > 0)
      this.through = unwrapping(wrappings, framed === undefined ? onLine : (s, start, end, no) => framed.line(s, start, end, no));
    if ('line' in this.parser) this.lines = this.parser;
    else this.binary = this.parser;
    this.feed(head);
  }

  private feed(chunk: Buffer): void {
    const s = chunk.toString('latin1');
    this.headlines.see(s, this.splitter.lineNo);
    if (this.binary !== undefined) {
      this.binary.bytes(s, this.out);
      return;
    }
    // util-linux --kmsg-file and other captures keep one read() of /dev/kmsg to a NUL
    this.splitter.push(this.nulIsNewline && s.includes('\0') ? s.replaceAll('\0', '\n') : s);
  }

  /** Forms whose every record is the kernel's are counted by records; the router counts lines, each by what it is. */
  private count(): void {
    this.router?.countStraight();
    if (this.router !== undefined || this.form === undefined || this.out.length === 0) return;
    this.counts.count(this.form, this.out.length);
    this.counts.kernel += this.out.length;
  }

  private take(): PrintkRecord[] {
    this.count();
    const timed = this.framed === undefined ? this.out : this.framed.timed(this.out);
    const out = this.echo === undefined ? timed : this.echo.filter(timed);
    this.out = [];
    if (this.reversed === undefined) return out;
    for (const record of out) this.reversed.push(record);
    if (!this.ended && this.reversed.length < REVERSED_LIMIT) return [];
    if (!this.ended) this.losses.push('a journal that begins with the newest record is too long to be turned round');
    const turned = this.reversed.reverse();
    this.reversed = undefined;
    return turned;
  }
}
