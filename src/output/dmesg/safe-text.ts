const CONTROL_OR_HIGH = /[^\x20-\x7e\t-\r]/;

/**
 * A byte string as dmesg(1) shows it in a UTF-8 locale: printable characters stand, everything else becomes `\xNN` a byte. The result
 * is a byte string again (UTF-8 sequences stay the bytes they were).
 */
export function safeBytes(text: string): string {
  return CONTROL_OR_HIGH.test(text)
    ? pieces(text)
        .map((p) => (p.printable ? p.bytes : escapeAll(p.bytes)))
        .join('')
    : text;
}

/** The same as text of characters, for JSON. */
export function safeCharacters(text: string): string {
  if (!CONTROL_OR_HIGH.test(text)) return text;
  return pieces(text)
    .map((p) => (p.printable ? Buffer.from(p.bytes, 'latin1').toString('utf8') : escapeAll(p.bytes)))
    .join('');
}

interface Piece {
  readonly bytes: string;
  readonly printable: boolean;
}

/** Well-formed UTF-8 by RFC 3629 (no overlong forms, no surrogates), a run of ASCII, or one other byte. */
const SEQUENCE = new RegExp(
  [
    /[\x20-\x7e\t-\r]+/,
    // two bytes
    /[\xc2-\xdf][\x80-\xbf]/,
    // three
    /\xe0[\xa0-\xbf][\x80-\xbf]/,
    /[\xe1-\xec\xee\xef][\x80-\xbf]{2}/,
    /\xed[\x80-\x9f][\x80-\xbf]/,
    // four
    /\xf0[\x90-\xbf][\x80-\xbf]{2}/,
    /[\xf1-\xf3][\x80-\xbf]{3}/,
    /\xf4[\x80-\x8f][\x80-\xbf]{2}/,
    /[\s\S]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
/** What iswprint() refuses beyond ASCII: controls, format characters, unassigned, surrogates, private use, separators of lines. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

function pieces(text: string): Piece[] {
  return (text.match(SEQUENCE) ?? []).map((bytes) => {
    const first = bytes.charCodeAt(0);
    if (first < 0x80) return { bytes, printable: bytes.length > 1 || !CONTROL_OR_HIGH.test(bytes) };
    return { bytes, printable: bytes.length > 1 && !UNPRINTABLE.test(Buffer.from(bytes, 'latin1').toString('utf8')) };
  });
}

const escapeAll = (bytes: string): string => bytes.replace(/[\s\S]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
