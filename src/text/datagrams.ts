import type { PrintkRecord } from '../record/record.ts';
import type { ParsedJson } from './json/parse-bytes.ts';
import { KmsgParser } from './kmsg/kmsg.ts';
import type { LineParser } from './line-parser.ts';
import { PlainParser } from './plain.ts';
import { PLAIN_LAYOUT } from './sniff/layout.ts';
import { SIGNS } from './sniff/line-kinds.ts';
import { LineSplitter } from './split-lines.ts';

/** netconsole cuts a text into datagrams of at most this (MAX_PRINT_CHUNK, drivers/net/netconsole.c). */
const FULL_DATAGRAM = 1000;

/**
 * netconsole as a capture keeps it, datagram by datagram: JSON objects with the bytes in `b64`. Extended or basic shows on the first.
 * The bounds tell what bare bytes do not: a basic datagram without newline is a record that was cut, unless it is full.
 */
export class Datagrams {
  private readonly losses: string[];
  private splitter: LineSplitter | undefined;
  private parser: LineParser | undefined;
  private out: PrintkRecord[] = [];
  private extended = false;

  constructor(losses: string[]) {
    this.losses = losses;
  }

  read({ object }: ParsedJson, _lineNo: number, out: PrintkRecord[]): void {
    if (typeof object.b64 !== 'string') return;
    const text = Buffer.from(object.b64, 'base64').toString('latin1');
    if (text === '') return;
    this.out = out;
    const splitter = this.splitter ?? this.start(text);
    splitter.push(text);
    if (!text.endsWith('\n') && (this.extended || text.length < FULL_DATAGRAM)) splitter.push('\n');
  }

  flush(out: PrintkRecord[]): void {
    this.out = out;
    this.parser?.flush(out);
  }

  end(out: PrintkRecord[]): void {
    this.out = out;
    this.splitter?.end();
    this.parser?.flush(out);
  }

  private start(first: string): LineSplitter {
    const plain = new PlainParser({ ...PLAIN_LAYOUT, form: 'console' });
    this.extended = SIGNS.some(([form, pattern]) => form === 'kmsg' && pattern.test(first));
    const parser: LineParser = this.extended ? new KmsgParser(plain, this.losses) : plain;
    this.parser = parser;
    this.splitter = new LineSplitter((s, start, end, lineNo) => parser.line(s, start, end, lineNo, this.out));
    return this.splitter;
  }
}
