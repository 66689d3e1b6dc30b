/** One `key = value` of a file. */
export interface Line {
  readonly key: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Lines `key = value`; empty ones and those that begin with # are comments. What is neither is told, not refused. */
export function parseConfig(text: string): { readonly lines: readonly Line[]; readonly wrong: readonly { line: number; why: string }[] } {
  const lines: Line[] = [];
  const wrong: { line: number; why: string }[] = [];
  for (const [i, each] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    const said = each.trim();
    if (said === '' || said.startsWith('#')) continue;
    const equals = said.indexOf('=');
    if (equals < 1) wrong.push({ line: i + 1, why: 'is not key = value' });
    else lines.push({ key: said.slice(0, equals).trim(), text: said.slice(equals + 1).trim(), line: i + 1 });
  }
  return { lines, wrong };
}
