import { SHARED } from '../../grammars/call-trace/lines.ts';
import type { Family } from '../../grammars/common/family.ts';
import type { Line } from '../../grammars/common/line.ts';
import { LineMemory } from '../../grammars/common/line-memory.ts';
import { compileTable, type Recognise } from '../../grammars/common/table.ts';

const made = new Map<Family, Recognise>();

/** Which row a line within a report of the family is. Compiled when its first report opens. */
export function tableOf(family: Family): Recognise {
  const known = made.get(family);
  if (known !== undefined) return known;
  const table = compileTable([...family.lines, ...(family.also ?? []), ...SHARED]);
  made.set(family, table);
  return table;
}

const memories = new Map<Family, LineMemory>();

/** Lines that reports of the family had before. */
export function memoryOf(family: Family): LineMemory {
  const memory = memories.get(family) ?? new LineMemory();
  memories.set(family, memory);
  return memory;
}

/** The rows that all reports share. */
export const recogniseShared = (text: string): Line | undefined => {
  shared ??= compileTable(SHARED);
  return shared(text);
};
let shared: Recognise | undefined;
