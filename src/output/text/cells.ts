/** East Asian wide and emoji: two cells of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e\ud840-\ud8bf][\udc00-\udfff]/g;
const COMBINING = /[\u0300-\u036f\ufe00-\ufe0f]/g;

/** Cells that printable text takes on a terminal. */
export function cells(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  const narrow = text.replace(COMBINING, '');
  const wide = narrow.match(WIDE) ?? [];
  return [...narrow].length + wide.length;
}

/** Cuts to a number of cells, `…` at the end where something was cut. */
export function cut(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const c of text) {
    const wide = cells(c);
    if (used + wide > width - 1) break;
    out += c;
    used += wide;
  }
  return width > 0 ? `${out}…` : '';
}

/** Breaks text into lines of at most so many cells, at blanks where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )/)) {
    if (cells(line) + cells(word.trimEnd()) > width && line) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (cells(line) > width && cells(line.trimEnd()) > width) {
      let head = '';
      for (const c of line) {
        if (cells(head + c) > width) break;
        head += c;
      }
      if (!head) return [...lines, line]; // a cell narrower than one character
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line || lines.length === 0 ? [...lines, line.trimEnd()] : lines;
}

/** Pads to a number of cells. */
export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)));
