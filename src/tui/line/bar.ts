const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A horizontal bar of a share (0 to 1) of so many cells, in eighths of a cell; a share that is not nothing shows. */
export function bar(share: number, width: number): string {
  if (!(share > 0) || width <= 0) return '';
  const eighths = Math.max(1, Math.round(Math.min(1, share) * width * 8));
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

/** One cell of a histogram: blank for nothing, else one of eight heights on a logarithmic scale. */
export function level(count: number, most: number): string {
  if (count <= 0) return ' ';
  return LEVELS[Math.min(7, Math.floor((Math.log1p(count) / Math.log1p(Math.max(1, most))) * 7.999))]!;
}
