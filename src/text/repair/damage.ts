import { isKernelShape } from '../shape/kernel-shapes.ts';

/** What was done to a text on its way; each is undone only where the text shows that it was. */
export interface Damage {
  /** Mail's quoted-printable: `=3D`, a `=` at the end of a broken line. */
  readonly quotedPrintable: boolean;
  /** `&gt;`, `&amp;`. */
  readonly entities: boolean;
  /** Blanks that are not U+0020: no-break, figure, thin, of no width. */
  readonly spaces: boolean;
  /** Quotation marks and dashes that a word processor made. */
  readonly typography: boolean;
  /** `\[`, `\<`: Markdown escaped. */
  readonly escapes: boolean;
  /** `^M`, `^I`: control characters as an editor shows them. */
  readonly carets: boolean;
  /** Ends of elements and blocks behind a line: `<br/>`, `</pre>`, `{noformat}`, `[/code]`. */
  readonly markup: boolean;
  /** `\n` and `\r` written out at the ends of lines. */
  readonly backslashEnds: boolean;
  /** `[32m[    1.234567] [0m`: dmesg's and journalctl's colours without their ESC, or with it written out. */
  readonly colourRests: boolean;
  /** `[   12,345678] `: times with a decimal comma. */
  readonly commaStamps: boolean;
  /** `[12121.1] `: times that somebody typed from a screen, or cut short. */
  readonly shortStamps: boolean;
}

const ENCODED_EQUALS = /=3D/g;
const SOFT_BREAK = /^.{68,74}[^=\s]=\r?$/m;
/** A `=` that quoted-printable would have encoded. */
const BARE_EQUALS = /=(?![\dA-F]{2}|\r?$)/m;
const ALL_BARE_EQUALS = new RegExp(BARE_EQUALS, 'gm');
const ENTITY = /&(?:lt|gt|amp|quot|nbsp|apos|#\d{2,5}|#x[\da-f]{2,4});/i;
// at the beginning of a line or beside another blank: a kernel prints none there, a product's name may hold one
const SPACE = /(?:^|[ \t\]]|\xc2\xa0)(?:\xc2\xa0|\xe2\x80[\x80-\x8b\xaf]|\xe3\x80\x80|\xef\xbb\xbf)|\xc2\xa0[ \t]/m;
const LATIN1_SPACE = /(?:^|[ \t])\xa0[ \t\xa0]|(?:^|[\x20-\x7e])\xa0(?=[\x20-\x7e])/m;
const TYPOGRAPHY = /\xe2\x80[\x9c\x9d]|\xe2\x80[\x93\x94](?:-|\[| not syncing)|\xe2\x80\x98\w/;
const ESCAPE = /^[ \t]*\\\[ *\d+\.\d+\\?\]|\\<(?:TASK|IRQ|NMI|EOI|\/)|[a-z]\\_[a-z]\w{0,80}\+0x/m;
/** What {@link ESCAPE} must hold: ACPI's paths are full of `\\_`. */
const ESCAPE_SIGN = /\\(?:[[\]<]|(?<=[a-z]\\)_[a-z])/;
/** One of these stands in all that {@link MARKUP} finds. */
const MARKUP_SIGNS = ['</', '[/', '<b', '<B', '{'];
/** Elements of HTML, and of XML that log stores write, in which a line stands. */
export const ELEMENTS = 'pre|p|div|code|span|tt|td|tr|li|msg|message|text|line|log|entry|data|string|value|event';
const MARKUP = new RegExp(String.raw`(?:<br ?/?>|</(?:${ELEMENTS})>|\{(?:noformat|code)\}|\[/(?:code|quote|pre)\])\r?$`, 'im');
const CARET = /\^M\r?$|\^I/m;
const BACKSLASH_END = /\\[nr]"?,?\r?$/m;

/** A time with fewer digits than print_time() prints, and what stands behind it. Xorg's has three and a mark: `[ 12.345] (II)`. */
const SHORT_STAMP = /^[>|* \t]{0,12}\[ *\d{1,10}\.\d{1,5}\] (?!\([A-Z=*+!?-]{2}\))(.{4,200})/gm;
/** A colour, its ESC lost, before a time or a date. */
const COLOUR_REST = /\[(?<!\x1b\[)\d{1,3}(?:;\d{1,3})*m(?:\[ *\d+\.\d{6}\]|[A-Z][a-z]{2} [ \d]\d \d\d:)/;
/** print_time()'s digits with the comma of a spreadsheet or of a locale. */
const COMMA_STAMP = /\[ *\d{1,10},\d{6}\] /;
/** What {@link COMMA_STAMP} must hold: a log has fewer commas than brackets. */
const COMMA_DIGITS = /,\d{6}\] /;
/** What {@link SHORT_STAMP} must hold, which is sooner found. */
const FEW_DIGITS = /\.\d{1,5}\] /;
/** So many lines are asked whether a kernel printed them. */
const ASKED = 64;

function hasShortStamps(text: string): boolean {
  if (!FEW_DIGITS.test(text)) return false;
  SHORT_STAMP.lastIndex = 0;
  for (let n = 0; n < ASKED; n++) {
    const said = SHORT_STAMP.exec(text)?.[1];
    if (said === undefined) return false;
    if (isKernelShape(said)) return true;
  }
  return false;
}

/** Bytes that are no ASCII and begin what {@link SPACE}, {@link LATIN1_SPACE} and {@link TYPOGRAPHY} find. */
const HIGH = ['\xa0', '\xc2', '\xe2', '\xe3', '\xef'];

/**
 * What a piece of text shows of damage. Each pattern is asked only where a text that it must hold is there: a log has none of them, and
 * each took a twentieth of a millisecond of a log's first 64 KiB.
 */
export function damageOf(text: string): Damage | undefined {
  const high = HIGH.some((byte) => text.includes(byte));
  const quotedPrintable = isQuotedPrintable(text);
  const entities = text.includes('&') && ENTITY.test(text);
  const spaces = high && (SPACE.test(text) || (!text.includes('\xc2') && LATIN1_SPACE.test(text)));
  const typography = high && TYPOGRAPHY.test(text);
  const backslash = text.includes('\\');
  const escapes = backslash && ESCAPE_SIGN.test(text) && ESCAPE.test(text);
  const backslashEnds = backslash && (text.includes('\\n') || text.includes('\\r')) && BACKSLASH_END.test(text);
  const markup = MARKUP_SIGNS.some((sign) => text.includes(sign)) && MARKUP.test(text);
  const carets = text.includes('^') && CARET.test(text);
  const colourRests = COLOUR_REST.test(text);
  const commaStamps = COMMA_DIGITS.test(text) && COMMA_STAMP.test(text);
  const shortStamps = text.includes('[') && hasShortStamps(text);
  if (
    !(
      quotedPrintable ||
      entities ||
      spaces ||
      typography ||
      escapes ||
      carets ||
      markup ||
      backslashEnds ||
      shortStamps ||
      commaStamps ||
      colourRests
    )
  )
    return undefined;
  return { quotedPrintable, entities, spaces, typography, escapes, carets, markup, backslashEnds, shortStamps, commaStamps, colourRests };
}

/** Every `=` is encoded where one is: a kernel prints many that are not. */
function isQuotedPrintable(text: string): boolean {
  const encoded = text.match(ENCODED_EQUALS)?.length ?? 0;
  if (encoded > 0) return (text.match(ALL_BARE_EQUALS)?.length ?? 0) * 10 <= encoded;
  // a text that holds no `=` of its own shows only where its lines were broken
  return text.includes('=') && !BARE_EQUALS.test(text) && SOFT_BREAK.test(text);
}

/** What a later piece of the same text is read with: what was seen once is looked for until the end, unless the piece speaks against it. */
export function both(before: Damage | undefined, now: Damage | undefined, text: string): Damage | undefined {
  if (before === undefined) return now;
  return {
    quotedPrintable: now?.quotedPrintable === true || (before.quotedPrintable && text.search(BARE_EQUALS) < 0),
    entities: before.entities || now?.entities === true,
    spaces: before.spaces || now?.spaces === true,
    typography: before.typography || now?.typography === true,
    escapes: before.escapes || now?.escapes === true,
    markup: before.markup || now?.markup === true,
    carets: before.carets || now?.carets === true,
    backslashEnds: before.backslashEnds || now?.backslashEnds === true,
    shortStamps: before.shortStamps || now?.shortStamps === true,
    commaStamps: before.commaStamps || now?.commaStamps === true,
    colourRests: before.colourRests || now?.colourRests === true,
  };
}
