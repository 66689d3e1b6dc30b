// README's picture of the dashboard: its screen of a sample as an SVG.
//
//   node --import tsx scripts/dashboard-picture.mjs [FILE [COLUMNS ROWS [KEY...]]] > dashboard.svg
import { feedOf } from '../src/read/feed.ts';
import { Source } from '../src/tui/data/source.ts';
import { timelinePlace } from '../src/tui/state/place.ts';
import { initialState } from '../src/tui/state/state.ts';
import { Store } from '../src/tui/store.ts';

const [file = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore', columns = '100', rows = '30', ...keys] = process.argv.slice(2);
const size = { columns: Number(columns), rows: Number(rows) };

/** Pixels of a cell, and around all. */
const CELL = { width: 8.4, height: 18 };
const EDGE = 12;
const COLOURS = { 31: '#f47067', 32: '#7ec699', 33: '#e5c07b', 34: '#6cb6ff', 35: '#dcbdfb', 36: '#56d4dd' };
const INK = '#cdd5de';
const PAPER = '#15191f';
const DIM = '#7d8794';

const source = new Source(file);
await feedOf([{ name: file }], {})((message) => source.take(message));
const store = new Store([source], initialState(timelinePlace(0), size), { color: true, ascii: false }, () => undefined);
store.dispatch({ kind: 'read', source: 0 });
for (const name of keys) {
  store.dispatch({ kind: 'key', name });
  while (store.scans.busy) store.scans.step();
  store.dispatch({ kind: 'grown' });
}
process.stdout.write(svg(store.current()));

function svg(lines) {
  const width = Math.ceil(size.columns * CELL.width + 2 * EDGE);
  const height = Math.ceil(lines.length * CELL.height + 2 * EDGE);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    '<title>The lastkmsg dashboard</title>',
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
    `<g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="14" fill="${INK}">`,
    ...lines.flatMap((line, row) => spansOf(line).map((span) => drawn(span, row))),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The runs of one look in a painted line, with the cell that each begins at. */
function spansOf(line) {
  const spans = [];
  let at = 0;
  for (const [, codes = '', painted, bare] of line.matchAll(/\x1b\[([\d;]*)m([^\x1b]*)|([^\x1b]+)/g)) {
    const text = painted ?? bare;
    spans.push({ at, text, codes: codes.split(';') });
    at += [...text].length;
  }
  return spans.filter(({ text, codes }) => text.trim() !== '' || (text !== '' && codes.includes('7')));
}

/** One run, stretched to its cells whatever font a reader has. */
function drawn({ at, text, codes }, row) {
  const width = [...text].length * CELL.width;
  const [x, y] = [EDGE + at * CELL.width, EDGE + row * CELL.height];
  const inverse = codes.includes('7');
  const colour = COLOURS[codes.find((code) => code in COLOURS)];
  const fill = inverse ? PAPER : (colour ?? (codes.includes('2') ? DIM : undefined));
  const look = [
    fill === undefined ? '' : ` fill="${fill}"`,
    codes.includes('1') ? ' font-weight="bold"' : '',
    codes.includes('3') ? ' font-style="italic"' : '',
  ].join('');
  const back = inverse
    ? `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${CELL.height}" fill="${colour ?? INK}"/>`
    : '';
  // blanks at the ends and several in a row are not kept everywhere: words between them stand each at their own place
  const words = [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: word, index }) => {
    const from = x + [...text.slice(0, index)].length * CELL.width;
    return `<text x="${round(from)}" y="${round(y + 13.5)}" textLength="${round([...word].length * CELL.width)}"${look}>${escaped(word)}</text>`;
  });
  return back + words.join('');
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function escaped(text) {
  return text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
}
