/** A line as crash takes it apart: words, then what its output goes through. */
export interface CommandLine {
  readonly words: readonly string[];
  /** From the first `|` or `>` outside of quotes on; undefined where there is none. */
  readonly output: string | undefined;
}

/** Words between blanks; quotes keep blanks and pipes within a word. */
export function parseLine(line: string): CommandLine {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (quote) {
      if (c === quote) quote = '';
      else word = (word ?? '') + c;
    } else if (c === '"' || c === "'") {
      quote = c;
      word ??= '';
    } else if (c === '|' || c === '>') {
      if (word !== undefined) words.push(word);
      return { words, output: line.slice(i) };
    } else if (c === ' ' || c === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + c;
  }
  if (word !== undefined) words.push(word);
  return { words, output: undefined };
}
