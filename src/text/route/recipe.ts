import { type Layer, layersOf, peelLike } from '../peel/peeler.ts';
import { isKernelShape } from '../shape/kernel-shapes.ts';
import type { Token } from './token.ts';

/** The share of a run's lines that must bear the layer. */
const SHARE = 0.8;
/** A prefix that no layer knows is taken for one when so many lines in a row begin with it. */
const COMMON_LINES = 4;

/** A line that a stamp of its own does not cut free: `       Tainted: ` belongs where it stands. */
const INDENTED = /^(?:Not )?[Tt]ainted\b/;

/**
 * Takes off what stands before lines that bear no prefix of the kernel's: what the nearest line with one has before it, or, where none
 * has, as much as turns the most lines of the run into what only a kernel prints.
 */
export function peelBare(tokens: Token[], before: readonly Layer[]): void {
  let neighbour = before;
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i] as Token;
    if (token.kind !== 'bare') {
      if (token.isPeeled) neighbour = token.layers;
      else if (token.kind === 'glued') token.pos = peelLike(token.text, neighbour);
      i++;
      continue;
    }
    let end = i;
    while (tokens[end]?.kind === 'bare') end++;
    const after = tokens[end]?.layers ?? [];
    const layers = neighbour.length > 0 ? neighbour : after;
    const run = tokens.slice(i, end);
    if (layers.length > 0) for (const line of run) line.pos = peelLike(line.text, layers);
    if (run.every(({ pos }) => pos === 0)) peelRun(run);
    i = end;
  }
}

/** A run of lines, none of which says whose it is: the depth of layers at which the most are a kernel's. */
function peelRun(run: readonly Token[]): void {
  const lines = run.filter(({ text }) => text.trim() !== '');
  if (lines.every(({ plain }) => plain)) return;
  // most lines stand in the first column, and nothing before them can be taken off
  const layered = lines.map(({ text }) => ({ text, layers: layersOf(text) }));
  let best = lines.filter(({ isKernels }) => isKernels).length;
  let recipe: readonly Layer[] | undefined;
  const common: Layer[] = [];
  let left = layered;
  for (let depth = 0; left.length > 0; depth++) {
    const next = commonLayer(left.map(({ layers }) => layers[depth]).filter((layer) => layer !== undefined));
    left = left.filter(({ layers }) => layers[depth]?.kind === next?.kind);
    if (next === undefined || left.length < lines.length * SHARE) break;
    // a blank layer is as wide as the narrowest
    const width = Math.min(...left.map(({ layers }) => (layers[depth]?.end ?? 0) - (depth === 0 ? 0 : (layers[depth - 1]?.end ?? 0))));
    common.push({ kind: next.kind, end: (common.at(-1)?.end ?? 0) + width });
    const strong = lines.filter(({ text }) => isKernel(text.slice(peelLike(text, common)))).length;
    if (strong > best) {
      best = strong;
      recipe = [...common];
    }
  }
  if (recipe !== undefined) for (const token of run) token.pos = peelLike(token.text, recipe);
  else peelCommon(run, best);
}

const isKernel = (text: string): boolean => isKernelShape(text) && !INDENTED.test(text);

function commonLayer(layers: readonly Layer[]): Layer | undefined {
  const counts = new Map<string, number>();
  for (const { kind } of layers) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kind = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  return layers.find((layer) => layer.kind === kind);
}

/** A text that stands before every line: a host, a console's name. */
function peelCommon(run: readonly Token[], best: number): void {
  const lines = run.filter(({ text }) => text.trim() !== '');
  const first = lines[0]?.text ?? '';
  if (lines.length < COMMON_LINES) return;
  let width = first.length;
  for (const { text } of lines) {
    let n = 0;
    while (n < width && text.charCodeAt(n) === first.charCodeAt(n)) n++;
    width = n;
  }
  // it ends where a word ends
  while (width > 0 && /[\w.]/.test(first[width - 1] ?? '')) width--;
  if (width < 2) return;
  const strong = lines.filter(({ text }) => isKernelShape(text.slice(width))).length;
  if (strong > best) for (const token of run) token.pos = Math.min(width, token.text.length);
}
