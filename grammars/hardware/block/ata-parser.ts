import { PartsParser } from '../../common/parts-parser.ts';
import { Word } from '../../common/tokens.ts';
import * as t from './ata-tokens.ts';

/** Reads what libata's error handler prints of an exception, line by line: drivers/ata/libata-eh.c ata_eh_link_report(). */
export class AtaParser extends PartsParser {
  readonly ataLine = this.parts(
    'ataLine',
    [t.Port, (image) => deviceOf(image)],
    // the mask of a result is its own, not the exception's
    [t.Mask, (image, { res }) => ({ [res === undefined ? wordOf(image, 0).toLowerCase() : 'resEmask']: wordOf(image, 1) })],
    [t.Frozen, (frozen) => ({ frozen })],
    [t.Tries, (image) => ({ tries: image.slice('t'.length) })],
    [t.Bits, (image) => bitsOf(image)],
    [t.Command, (image) => ({ command: image.slice('failed command: '.length) })],
    [t.Taskfile, (image) => ({ [image.slice(0, 3)]: image.slice(4) })],
    [t.Tag, (image) => ({ tag: image.slice('tag '.length) })],
    [t.Data, (image) => ({ bytes: wordOf(image, -2), protocol: image.split(' ').slice(0, -2).join(' ') })],
    [t.Meaning, (image) => ({ error: image.slice(1, -1) })],
    [Word],
  );

  constructor() {
    super(['line'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return { line: () => this.SUBRULE(this.ataLine) };
  }
}

const wordOf = (image: string, at: number): string => image.split(' ').at(at) ?? '';

/** `ata7.00: `: port and device. */
function deviceOf(image: string): { readonly port?: string | undefined; readonly link?: string | undefined } {
  const [port, link] = image.slice(0, -2).split('.');
  return { port, link };
}

/** The registers whose bits are named, `SError: { PHYRdyChg CommWake }`, and their fields. */
const BITS: ReadonlyMap<string, string> = new Map(Object.entries({ SError: 'serror', status: 'status', error: 'errors' }));

function bitsOf(image: string): Readonly<Record<string, string>> {
  const at = image.indexOf(': {');
  return { [BITS.get(image.slice(0, at)) ?? '']: image.slice(at + ': {'.length, -1).trim() };
}
