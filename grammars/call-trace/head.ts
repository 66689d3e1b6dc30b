import type { TokenType } from 'chevrotain';
import type { HeadNode, TraceNode } from '../common/nodes.ts';
import { lead } from '../common/tokens.ts';
import { applyModule, applySource, symbolFrame } from './frame.ts';

/**
 * The rule of a line that says what happened. `fields` are tried in order on the whole line; their named groups become the
 * node's fields. A group `frame` is a `sym+o/s`, `module` and `source` go with it. A head with `stack` announces a stack of its own.
 */
export interface HeadRule {
  /** Name of the rule: the kernel function that prints the line. */
  readonly name: string;
  readonly token: TokenType;
  readonly fields: readonly RegExp[];
  /** The line is the title of the stack that follows: `Allocated by task 7:`. */
  readonly stack?: boolean | undefined;
}

/** `start` is how the line begins; `fields` take the line apart, the first that fits. */
export const head = (name: string, start: RegExp, ...fields: readonly RegExp[]): HeadRule => ({
  name,
  token: lead(`Head_${name}`, start),
  fields,
});
/** The title of a stack. */
export const stackHead = (name: string, start: RegExp): HeadRule => ({ name, token: lead(`Head_${name}`, start), fields: [], stack: true });

/** What a head's line says. */
export function headNode(rule: HeadRule, text: string, line: number): HeadNode | TraceNode {
  if (rule.stack) {
    const pid = /(?:task|pid) (\d+)/.exec(text)?.[1] ?? /\btask \S*\/(\d+)/.exec(text)?.[1];
    const cpu = /cpu[ =](\d+)/.exec(text)?.[1];
    return {
      type: 'trace',
      line,
      label: text.trim().replace(/:$/, ''),
      pid: pid === undefined ? undefined : Number(pid),
      cpu: cpu === undefined ? undefined : Number(cpu),
    };
  }
  const groups =
    rule.fields.reduce<Record<string, string | undefined> | undefined>((found, re) => found ?? re.exec(text)?.groups, undefined) ?? {};
  const fields: Record<string, string> = { text };
  for (const [key, value] of Object.entries(groups)) if (value !== undefined) fields[key] = value;
  const node: HeadNode = { type: 'head', line, rule: rule.name, fields };
  if (fields.frame === undefined) return node;
  const frame = /\+0x/.test(fields.frame) ? symbolFrame(fields.frame, undefined) : { symbol: fields.frame };
  if (fields.module !== undefined) applyModule(frame, fields.module);
  if (fields.source !== undefined) applySource(frame, fields.source);
  return { ...node, frame };
}
