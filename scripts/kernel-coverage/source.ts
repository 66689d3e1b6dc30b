// Where in a source file a place is: its function, with what stands before its name, and the conditions of the preprocessor around it.
import { readFileSync } from 'node:fs';

export interface Place {
  /** The function's name; empty outside of any. */
  readonly name: string;
  /** From the end of what came before up to the brace: `static int __init xyz_setup(char *str)`. */
  readonly head: string;
  /** Where it stands in the text. */
  readonly from: number;
  readonly to: number;
}

export interface Source {
  /** Without comments; newlines stay. */
  readonly text: string;
  /** Texts with a name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly functions: readonly Place[];
  readonly conditions: (line: number) => readonly string[];
  readonly lineOf: (at: number) => number;
  readonly placeOf: (at: number) => Place;
}

/** `#define NAME "text"`, `static const char NAME[] = "text";` */
const TEXT = /^(?:#\s*define\s+|static const char )(\w+)(?:\[\] =)?\s+"([^"\n]*)";?\s*$/gm;
const NOWHERE: Place = { name: '', head: '', from: 0, to: 0 };

export function readSource(path: string): Source {
  const text = readFileSync(path, 'latin1').replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (c) =>
    c.startsWith('/') ? c.replace(/[^\n]/g, ' ') : c,
  );
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  const functions = functionsOf(text);
  const conditions = conditionsOf(text);
  return {
    text,
    texts: new Map([...text.matchAll(TEXT)].map((m) => [m[1] as string, m[2] as string])),
    functions,
    conditions: (line) => conditions[line - 1] ?? [],
    lineOf: (at) => starts.findLastIndex((start) => start <= at) + 1,
    placeOf: (at) => functions.find(({ from, to }) => from <= at && at < to) ?? NOWHERE,
  };
}

/** Kernel style: a function's braces stand at the beginning of a line; its head goes back to an empty line, a `;`, a `}` or a directive. */
function functionsOf(text: string): Place[] {
  const found: Place[] = [];
  for (let at = text.indexOf('\n{'); at >= 0; at = text.indexOf('\n{', at + 2)) {
    let from = at;
    while (from > 0) {
      const before = text.lastIndexOf('\n', from - 1) + 1;
      const line = text.slice(before, from).trimEnd();
      if (/^\s*$|^[#}]|;$/.test(line)) break;
      from = before - 1;
    }
    const head = text
      .slice(from + 1, at)
      .replace(/\s+/g, ' ')
      .trim();
    if (!head.includes('(')) continue;
    const call = head.replace(/\b__\w+(?:\([^()]*\))? /g, '');
    const name = /\b(?:COMPAT_)?SYSCALL_DEFINE\d\((\w+)/.exec(head)?.[1] ?? /(\w+)\s*\(/.exec(call)?.[1] ?? '';
    const to = text.indexOf('\n}', at);
    found.push({ name, head, from: from + 1, to: to < 0 ? text.length : to });
  }
  return found;
}

function conditionsOf(text: string): (readonly string[])[] {
  let open: readonly string[] = [];
  return text.split('\n').map((line) => {
    const [, word, rest = ''] = /^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)/.exec(line) ?? [];
    if (word === 'endif') open = open.slice(0, -1);
    else if (word === 'else') open = [...open.slice(0, -1), `!(${open.at(-1)})`];
    else if (word === 'elif') open = [...open.slice(0, -1), rest.trim()];
    else if (word !== undefined) open = [...open, word === 'ifndef' ? `!(${rest.trim()})` : rest.trim()];
    return open;
  });
}
