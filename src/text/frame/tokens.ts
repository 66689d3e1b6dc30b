/** A part of a line: letters and digits in a row, blanks in a row, or one other character. */
export interface Token {
  /** `w`: letters and digits, ` `: blanks, else the character itself. */
  readonly sort: string;
  readonly end: number;
}

/** What stands before a line, or behind it, is no longer. */
const MAX_TOKENS = 80;
const MAX_COLUMNS = 320;

const isWord = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code >= 0x80;
const isBlank = (code: number): boolean => code === 0x20 || code === 9;

const sortAt = (line: string, at: number): string => {
  const code = line.charCodeAt(at);
  return isWord(code) ? 'w' : isBlank(code) ? ' ' : (line[at] ?? '');
};

/** Where the token that begins at `at` ends, going on by `step`. */
function tokenEnd(line: string, at: number, step: 1 | -1): number {
  const code = line.charCodeAt(at);
  let end = at + step;
  const goesOn = isWord(code) ? isWord : isBlank(code) ? isBlank : undefined;
  if (goesOn !== undefined) while (end >= 0 && end < line.length && goesOn(line.charCodeAt(end))) end += step;
  return end;
}

/** The first tokens of a line. */
export function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  const limit = Math.min(line.length, MAX_COLUMNS);
  for (let at = 0; at < limit && tokens.length < MAX_TOKENS; ) {
    const end = tokenEnd(line, at, 1);
    tokens.push({ sort: sortAt(line, at), end });
    at = end;
  }
  return tokens;
}

/** The last tokens of a line, the last one first; `end` is where one begins. */
export function lastTokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = line.length - 1; at >= 0 && line.length - at < MAX_COLUMNS && tokens.length < MAX_TOKENS; ) {
    const before = tokenEnd(line, at, -1);
    tokens.push({ sort: sortAt(line, at), end: before + 1 });
    at = before;
  }
  return tokens;
}
