/** Cells and lines in units of the picture. */
const [CELL, LINE, SIZE, MARGIN] = [8.4, 18, 14, 14];

const COLOURS = ['#3b4048', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4'];
const BRIGHT = ['#7f848e', '#ff8791', '#b5e08f', '#ffd68a', '#82c8ff', '#dd9bf0', '#7fd8e3', '#ffffff'];
const [FOREGROUND, BACKGROUND] = ['#c8ccd4', '#1d2026'];

interface Look {
  fill: string;
  back: string | undefined;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  inverse: boolean;
}
const PLAIN: Look = { fill: FOREGROUND, back: undefined, bold: false, dim: false, italic: false, inverse: false };

/** What a terminal shows, rows with their SGR sequences, as a picture: text as text, in the sixteen named colours. */
export function terminalSvg(rows: readonly string[], columns: number, title: string): string {
  const [width, height] = [Math.ceil(columns * CELL + 2 * MARGIN), rows.length * LINE + 2 * MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="${SIZE}">`,
    ...rows.map((row, i) => rowOf(row, MARGIN + i * LINE)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function rowOf(row: string, top: number): string {
  const parts: string[] = [];
  let look = { ...PLAIN };
  let column = 0;
  for (const piece of row.split(/(\x1b\[[0-9;]*m)/)) {
    if (piece.startsWith('\x1b[')) look = after(look, piece.slice(2, -1));
    else if (piece !== '') {
      parts.push(run(piece, look, column, top));
      column += [...piece].length;
    }
  }
  return parts.join('');
}

/** A run of one look; its width is said, so that no font can move what stands behind it. */
function run(text: string, look: Look, column: number, top: number): string {
  const [fill, back] = look.inverse ? [look.back ?? BACKGROUND, look.fill] : [look.fill, look.back];
  const [x, length] = [MARGIN + column * CELL, [...text].length * CELL];
  const number = (n: number): string => `${Math.round(n * 10) / 10}`;
  const behind = back === undefined ? '' : `<rect x="${number(x)}" y="${top}" width="${number(length)}" height="${LINE}" fill="${back}"/>`;
  if (text.trim() === '') return behind;
  const style = `${look.bold ? ' font-weight="700"' : ''}${look.italic ? ' font-style="italic"' : ''}${look.dim ? ' opacity=".6"' : ''}`;
  return `${behind}<text x="${number(x)}" y="${top + 13.5}" textLength="${number(length)}" lengthAdjust="spacingAndGlyphs" fill="${fill}"${style}>${escaped(text)}</text>`;
}

/** The look after a sequence (ECMA-48, 8.3.117), of what we send. */
function after(before: Look, parameters: string): Look {
  let look = { ...before };
  for (const code of parameters.split(';').map(Number)) {
    if (code === 0) look = { ...PLAIN };
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 3) look.italic = true;
    else if (code === 7) look.inverse = true;
    else if (code === 22) look.bold = look.dim = false;
    else if (code === 23) look.italic = false;
    else if (code === 27) look.inverse = false;
    else if (code >= 30 && code <= 37) look.fill = COLOURS[code - 30]!;
    else if (code === 39) look.fill = FOREGROUND;
    else if (code >= 40 && code <= 47) look.back = COLOURS[code - 40];
    else if (code === 49) look.back = undefined;
    else if (code >= 90 && code <= 97) look.fill = BRIGHT[code - 90]!;
    else if (code >= 100 && code <= 107) look.back = BRIGHT[code - 100];
  }
  return look;
}

/** Blanks that are kept: renderers differ on what white-space and xml:space mean in a picture. */
const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`).replaceAll(' ', '\u00a0');
