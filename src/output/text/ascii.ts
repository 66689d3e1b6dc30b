import { cells, characters } from './cells.ts';

/** What stands for a glyph where the terminal shows only ASCII (`LANG=C`). */
const INSTEAD: ReadonlyMap<string, string> = new Map(
  [
    ['│║╎', '|'],
    ['─', '-'],
    ['━', '='],
    ['┌┐└┘├┤┬┴┼╔╗╚╝╠╣', '+'],
    ['▶▸›»→', '>'],
    ['◀◂‹«←', '<'],
    ['✖', 'X'],
    ['▲▴', '^'],
    ['■█▉▊▋▌', '#'],
    ['▍▎▏', ':'],
    ['◆●', '*'],
    ['▓', '%'],
    ['▒', '+'],
    ['░', ':'],
    ['▐', '#'],
    ['○', 'o'],
    ['·', '.'],
    ['…⋯', '~'],
    ['–—−', '-'],
    ['±≈', '~'],
    ['≤', '<'],
    ['≥', '>'],
    ['×', 'x'],
    ['÷', '/'],
    ['↵', 'E'],
    ['↑', '^'],
    ['↓▾', 'v'],
    ['µ', 'u'],
    ['Δ', 'd'],
    ['▁▂', '.'],
    ['▃▄', '-'],
    ['▅▆', '='],
    ['▇', '#'],
    ['“”', '"'],
    ['‘’', "'"],
  ].flatMap(([glyphs, ascii]) => [...(glyphs as string)].map((glyph) => [glyph, ascii as string] as const)),
);

/** The text in ASCII, as wide as it was: a question mark for each cell of what has no likeness. */
export const toAscii = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text)
    ? text
    : characters(text)
        .map((c) => (c >= ' ' && c <= '~' ? c : (INSTEAD.get(c) ?? '?'.repeat(cells(c)))))
        .join('');

/** Lines, their colours kept, in ASCII. */
export const linesToAscii = (text: string): string =>
  text
    .split(/(\n|\x1b\[[0-9;]*m)/)
    .map((part) => (part === '\n' || part.startsWith('\x1b[') ? part : toAscii(part)))
    .join('');
