import type { TagFound } from '../peel/kernel-start.ts';
import type { Layer } from '../peel/peeler.ts';
import { type ForeignKind, foreignKind } from '../shape/foreign.ts';
import { isKernelShape } from '../shape/kernel-shapes.ts';
import type { RegionForm } from './regions.ts';

export type TokenKind =
  | 'record' // a record's own prefix at `pos`
  | 'tagged' // syslog's or journalctl's, with stamp and tag, at `pos`
  | 'tag' // the text at `pos`, behind a tag
  | 'json'
  | 'glued' // a stamp stands in the middle
  | 'indented' // a later line of the record before it
  | 'region' // a line of a form of several lines
  | 'bare';

/** Characters of a byte string: those of UTF-8 have one byte that is no continuation. */
export function columnsOf(text: string): number {
  if (!/[\x80-\xbf]/.test(text)) return text.length;
  let n = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xc0) !== 0x80) n++;
  return n;
}

const NO_LAYERS: readonly Layer[] = [];

/** One line of a passage, and what it was seen to be. All have one shape: a log may be nothing else. */
export class Token {
  /** The line; with what was joined to it. */
  text: string;
  readonly lineNo: number;
  /** Columns of the line as it stands in the text, without blanks behind; of the last one that was joined. */
  width: number;
  /** The same with the blanks. */
  edge: number;
  kind: TokenKind;
  pos: number;
  layers: readonly Layer[] = NO_LAYERS;
  tag: TagFound | undefined = undefined;
  region: RegionForm | undefined = undefined;
  foreign: true | undefined = undefined;
  /** Our own summary says it of a log that is elsewhere. */
  own = false;
  /** Text, whatever stands around it: {@link isPlainlyBare}. */
  plain = false;
  /** Lines were joined to it. */
  joined = false;
  /** Its record was read before the passage began; so much of the text is known. */
  fed = -1;
  private askedPos = -1;
  private askedLength = -1;
  private shape: boolean | undefined = undefined;
  private foreignKind: ForeignKind | null | undefined = undefined;

  constructor(kind: TokenKind, text: string, lineNo: number, width: number, pos: number, edge = columnsOf(text)) {
    this.kind = kind;
    this.text = text;
    this.lineNo = lineNo;
    this.width = width;
    this.edge = edge;
    this.pos = pos;
  }

  /** Whether it is known what stands before the kernel's own part. */
  get isPeeled(): boolean {
    const { kind } = this;
    return kind === 'record' || kind === 'tagged' || kind === 'tag' || kind === 'json';
  }

  /** The line without what stands before it. */
  get body(): string {
    return this.pos === 0 ? this.text : this.text.slice(this.pos);
  }

  /** Whether it is one that only a kernel prints. */
  get isKernels(): boolean {
    this.ask();
    this.shape ??= isKernelShape(this.body);
    return this.shape;
  }

  /** What it is that is surely not the kernel's. */
  get foreignAs(): ForeignKind | undefined {
    this.ask();
    if (this.foreignKind === undefined) this.foreignKind = foreignKind(this.body) ?? null;
    return this.foreignKind ?? undefined;
  }

  /** Forgets what was found of another text. */
  private ask(): void {
    if (this.askedPos === this.pos && this.askedLength === this.text.length) return;
    this.askedPos = this.pos;
    this.askedLength = this.text.length;
    this.shape = undefined;
    this.foreignKind = undefined;
  }
}
