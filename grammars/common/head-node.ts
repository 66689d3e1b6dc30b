import { applyModule, applySource, symbolFrame } from '../call-trace/frame.ts';
import type { FieldValue } from './fields.ts';
import type { Line } from './line.ts';
import type { HeadNode } from './nodes.ts';

/** The texts that a line's fields hold, by name; `frame`, `module` (in brackets) and `source` make its frame. */
export type Captures = Readonly<Record<string, string | undefined>>;

/** What a line says: each capture as the type that its row declares. A pattern or a grammar found the captures. */
export function headNode(line: Line, text: string, at: number, captures: Captures): HeadNode {
  const fields: Record<string, string> = { text };
  const values: Record<string, FieldValue> = {};
  for (const name in captures) {
    const capture = captures[name];
    if (capture === undefined) continue;
    fields[name] = capture;
    const value = line.fields?.[name]?.(capture);
    if (value !== undefined) values[name] = value;
  }
  const { frame: symbol } = fields;
  if (symbol === undefined) return { type: 'head', line: at, rule: line.name, row: line, fields, values };
  const frame = /\+0x/.test(symbol) ? symbolFrame(symbol, undefined) : { symbol };
  if (fields.module?.startsWith('[')) applyModule(frame, fields.module);
  if (fields.source !== undefined) applySource(frame, fields.source);
  return { type: 'head', line: at, rule: line.name, row: line, fields, values, frame };
}
