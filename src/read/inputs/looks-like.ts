/** Files that are neither dumps nor logs, by their first bytes. */
const MAGICS: readonly (readonly [what: string, magic: RegExp])[] = [
  ['a PNG image', /^\x89PNG\r\n/],
  ['a JPEG image', /^\xff\xd8\xff/],
  ['a GIF image', /^GIF8[79]a/],
  ['a WebP image', /^RIFF.{4}WEBP/s],
  ['a bitmap image', /^BM.{4}\0\0\0\0/s],
  ['a PDF document', /^%PDF-/],
  ['an SQLite database', /^SQLite format 3\0/],
  ['a Windows program', /^MZ.{58}.{4}/s],
  ['a packet capture', /^(?:\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\n\r\r\n.{4}\x4d\x3c\x2b\x1a|\n\r\r\n.{4}\x1a\x2b\x3c\x4d)/s],
  ['a journal of journald: journalctl --file FILE -k -o short-monotonic prints it', /^LPKSHHRH/],
];

/** What bytes are that are no dump and no text, where their beginning tells. */
export const binaryKind = (head: Buffer): string | undefined => {
  const first = head.toString('latin1', 0, 64);
  return MAGICS.find(([, magic]) => magic.test(first))?.[0];
};

/** Texts that are told by how they begin and what most of their lines are. */
const TEXTS: readonly (readonly [what: string, begins: RegExp])[] = [
  ['XML', /^\s*<\?xml|^\s*<[\w:-]+ xmlns/],
  ['HTML', /^\s*(?:<!doctype html|<html)/i],
  ['JSON', /^\s*[{[]\s*["{[\]}]/],
  ['a script', /^#!/],
  ['YAML', /^---\s*$|^[\w-]+:\s*(?:\n|$)(?: +[\w-]+:| *- )/m],
];

/**
 * What a text looks like in which no kernel's line was found.
 * @param head its beginning, a byte string
 * @param foreign what its lines were, most first, where they say
 */
export function textKind(head: string, foreign: readonly string[]): string {
  if (head.trim() === '') return head === '' ? 'nothing: it is empty' : 'blank lines';
  const begun = TEXTS.find(([, begins]) => begins.test(head))?.[0];
  return begun ?? foreign[0] ?? 'text';
}
