import { Cursor } from './prefix/cursor.ts';
import { GlueFinder } from './prefix/glue.ts';
import { Ahead } from './route/ahead.ts';
import { BareLines } from './route/plainly-bare.ts';

/** What is set anew before each use, or only remembers where it has looked: no line is read otherwise for it. */
const SCRATCH = [Ahead, BareLines, Cursor, GlueFinder] as const;
/** What the head of the text decides, and what only adds up. */
const CONSTANT: ReadonlySet<string> = new Set(['options', 'layout', 'counts', 'losses', 'onLine']);

/**
 * All that a reader of a text holds, written out: two that hold the same read what follows alike. Whatever a class adds to its fields
 * is part of it; what is left out is named above.
 */
export function stateOf(reader: object): string {
  const seen = new Map<object, number>();
  const write = (value: unknown): unknown => {
    if (typeof value === 'function' || value instanceof RegExp) return 'code';
    if (typeof value === 'bigint' || value === undefined || Number.isNaN(value)) return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (SCRATCH.some((each) => value instanceof each)) return 'scratch';
    const before = seen.get(value);
    if (before !== undefined) return `#${before}`;
    seen.set(value, seen.size);
    if (Array.isArray(value)) return value.map(write);
    if (value instanceof Map || value instanceof Set) return [...value].map(write);
    return Object.entries(value)
      .filter(([name]) => !CONSTANT.has(name))
      .map(([name, content]) => [name, write(content)]);
  };
  return JSON.stringify(write(reader));
}
