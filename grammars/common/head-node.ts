import { applyModule, applySource, symbolFrame } from '../call-trace/frame.ts';
import type { FieldValue } from './fields.ts';
import type { Line } from './line.ts';
import type { HeadNode } from './nodes.ts';

/** The texts that a line's fields hold, by name; `frame`, `module` (in brackets) and `source` make its frame. */
export type Captures = Readonly<Record<string, string | undefined>>;

/** A symbol with its place, and the place where the line was cut in it. */
const WHOLE = /\+0x[0-9a-f]+\/0x[0-9a-f]+\)?$/;
const CUT = /\+(?:0x?[0-9a-f]{0,16}(?:\/(?:0x?[0-9a-f]{0,16})?)?)?$/;

/** What a line says: each capture as the type that its row declares. A pattern or a grammar found the captures. */
export function headNode(line: Line, text: string, at: number, captures: Captures): HeadNode {
  const fields: Record<string, string> = { text };
  const values: Record<string, FieldValue> = {};
  const declared = line.fields ?? {};
  for (const name in captures) {
    const capture = captures[name];
    if (capture === undefined) continue;
    fields[name] = capture;
    // a name out of the log may be `toString`
    const value = Object.hasOwn(declared, name) ? declared[name]?.(capture) : undefined;
    if (value !== undefined) values[name] = value;
  }
  const { frame: symbol } = fields;
  if (symbol === undefined) return { type: 'head', line: at, rule: line.name, row: line, fields, values };
  const frame = WHOLE.test(symbol) ? symbolFrame(symbol, undefined) : { symbol: symbol.replace(CUT, '') };
  if (fields.module?.startsWith('[')) applyModule(frame, fields.module);
  if (fields.source !== undefined) applySource(frame, fields.source);
  return { type: 'head', line: at, rule: line.name, row: line, fields, values, frame };
}
