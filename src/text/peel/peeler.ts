import { type KernelStart, recordAt, type TagFound, tagAt } from './kernel-start.ts';
import { candidates, type LayerKind, MAX_LAYERS, MAX_PREFIX } from './layers.ts';

/** One thing that stands before a line, and where it ends. */
export interface Layer {
  readonly kind: LayerKind;
  readonly end: number;
}

/** What was found behind the layers of a line. */
export interface Peeled {
  readonly start: KernelStart;
  /** Where the kernel's own part begins: its prefix, or the text behind a tag. */
  readonly pos: number;
  readonly layers: readonly Layer[];
  readonly tag?: TagFound | undefined;
}

/** The next layer at `pos`. */
function layerAt(line: string, pos: number, last?: LayerKind): Layer | undefined {
  for (const [kind, pattern] of candidates(line, pos, last)) {
    pattern.lastIndex = pos;
    if (pattern.test(line)) return { kind, end: pattern.lastIndex };
  }
  return undefined;
}

/** All that may be a layer at the beginning of a line, whether a kernel's line follows or not. */
export function layersOf(line: string): readonly Layer[] {
  const layers: Layer[] = [];
  let pos = 0;
  while (layers.length < MAX_LAYERS && pos < MAX_PREFIX) {
    const layer = layerAt(line, pos, layers.at(-1)?.kind);
    if (layer === undefined || layer.end === pos) break;
    layers.push(layer);
    pos = layer.end;
  }
  return layers;
}

/** An object or an array of objects, arrays or strings, to the end of the line. */
function mayBeJson(line: string, pos: number): boolean {
  const code = line.charCodeAt(pos);
  if (code === 0x7b) return line.endsWith('}');
  if (code !== 0x5b || !line.endsWith(']')) return false;
  const inner = line.charCodeAt(pos + 1);
  return inner === 0x7b || inner === 0x5b || inner === 0x22;
}

/** Finds a kernel's line behind what stands before it: layer by layer, until its own prefix comes. */
export function peel(line: string): Peeled | undefined {
  const layers: Layer[] = [];
  for (let pos = 0; ; ) {
    if (recordAt(line, pos)) return { start: 'record', pos, layers };
    const tag = tagAt(line, pos);
    if (tag !== undefined) return { start: 'tag', pos: tag.end, layers, tag };
    if (mayBeJson(line, pos)) return { start: 'json', pos, layers };
    if (layers.length >= MAX_LAYERS || pos > MAX_PREFIX) return undefined;
    const layer = layerAt(line, pos, layers.at(-1)?.kind);
    if (layer === undefined || layer.end === pos) return undefined;
    layers.push(layer);
    pos = layer.end;
  }
}

/** How much of a line the layers of a neighbour take off: as many as it has of the same kinds, blanks no more than the neighbour's. */
export function peelLike(line: string, neighbour: readonly Layer[]): number {
  let pos = 0;
  let from = 0;
  let last: LayerKind | undefined;
  for (const { kind, end } of neighbour) {
    const width = end - from;
    from = end;
    if (kind === 'blank') {
      for (let n = 0; n < width && (line.charCodeAt(pos) === 0x20 || line.charCodeAt(pos) === 9); n++) pos++;
      continue;
    }
    const layer = layerAt(line, pos, last);
    if (layer?.kind !== kind) return pos;
    pos = layer.end;
    last = kind;
  }
  return pos;
}
