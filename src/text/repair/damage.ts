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
  /** `\n` and `\r` written out at the ends of lines. */
  readonly backslashEnds: boolean;
}

const QUOTED = /=(?:3D|20|09|C2=A0|E2=80)/;
const SOFT_BREAK = /^.{60,75}=\r?$/m;
const ENTITY = /&(?:lt|gt|amp|quot|nbsp|apos|#\d{2,5}|#x[\da-f]{2,4});/i;
// at the beginning of a line or beside another blank: a kernel prints none there, a product's name may hold one
const SPACE = /(?:^|[ \t\]]|\xc2\xa0)(?:\xc2\xa0|\xe2\x80[\x80-\x8b\xaf]|\xe3\x80\x80|\xef\xbb\xbf)|\xc2\xa0[ \t]/m;
const LATIN1_SPACE = /(?:^|[ \t])\xa0[ \t\xa0]|(?:^|[\x20-\x7e])\xa0(?=[\x20-\x7e])/m;
const TYPOGRAPHY = /\xe2\x80[\x9c\x9d]|\xe2\x80[\x93\x94](?:-|\[| not syncing)|\xe2\x80\x98\w/;
const ESCAPE = /^[ \t]*\\\[ *\d+\.\d+\\?\]|\\<(?:TASK|IRQ|NMI|EOI|\/)|[a-z]\\_[a-z]\w{0,80}\+0x/m;
/** What {@link ESCAPE} must hold: ACPI's paths are full of `\\_`. */
const ESCAPE_SIGN = /\\[[\]<]|[a-z]\\_[a-z]/;
const CARET = /\^M\r?$|\^I/m;
const BACKSLASH_END = /\\[nr]"?,?\r?$/m;

/** What a piece of text shows of damage. */
export function damageOf(text: string): Damage | undefined {
  const high = /[\xa0\xc2\xe2\xe3\xef]/.test(text);
  const quotedPrintable = QUOTED.test(text) && (occurrences(text, '=3D') > 1 || SOFT_BREAK.test(text));
  const entities = text.includes('&') && ENTITY.test(text);
  const spaces = high && (SPACE.test(text) || (!text.includes('\xc2') && LATIN1_SPACE.test(text)));
  const typography = high && TYPOGRAPHY.test(text);
  const backslash = text.includes('\\');
  const escapes = backslash && ESCAPE_SIGN.test(text) && ESCAPE.test(text);
  const backslashEnds = backslash && BACKSLASH_END.test(text);
  const carets = text.includes('^') && CARET.test(text);
  if (!(quotedPrintable || entities || spaces || typography || escapes || carets || backslashEnds)) return undefined;
  return { quotedPrintable, entities, spaces, typography, escapes, carets, backslashEnds };
}

/** Both together: what was seen once is looked for until the end. */
export function both(a: Damage | undefined, b: Damage | undefined): Damage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    quotedPrintable: a.quotedPrintable || b.quotedPrintable,
    entities: a.entities || b.entities,
    spaces: a.spaces || b.spaces,
    typography: a.typography || b.typography,
    escapes: a.escapes || b.escapes,
    carets: a.carets || b.carets,
    backslashEnds: a.backslashEnds || b.backslashEnds,
  };
}

const occurrences = (text: string, part: string): number => text.split(part, 3).length - 1;
