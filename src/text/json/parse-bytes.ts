const utf8 = new TextDecoder('utf-8', { fatal: true });
const HIGH = /[\x80-\xff]/;

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object, and how its strings become the bytes they stand for. */
export interface ParsedJson {
  readonly object: JsonObject;
  readonly bytes: (text: string) => string;
}

/** One JSON object out of a byte string; undefined where it is none. Raw control characters, which some writers leave in, are taken. */
export function parseJsonBytes(s: string): ParsedJson | undefined {
  if (!HIGH.test(s)) return parse(s, encoded);
  try {
    return parse(utf8.decode(Buffer.from(s, 'latin1')), encoded);
  } catch {
    // dmesg writes bytes that are no UTF-8 as they are: then each byte is one character
    return parse(s, encodedBeyondLatin1);
  }
}

const encoded = (text: string): string => (/[^\x00-\x7f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text);
const encodedBeyondLatin1 = (text: string): string => text.replace(/[^\x00-\xff]+/g, encoded);

function parse(text: string, bytes: (text: string) => string): ParsedJson | undefined {
  const object = tryParse(text) ?? tryParse(text.replace(/[\x00-\x1f]/g, escapeControl));
  return object && { object, bytes };
}

const escapeControl = (c: string): string => (c === '\n' ? ' ' : `\\u00${c.charCodeAt(0).toString(16).padStart(2, '0')}`);

function tryParse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
