import type { ReportNode } from '../../grammars/common/nodes.ts';
import { oom } from '../../grammars/oom/family.ts';
import { readLines } from '../../grammars/readers.ts';
import { tableOf } from '../../src/report/tables.ts';

/** What one line of an OOM report is read as, without what stands around it. */
export function readOom(text: string): {
  readonly row: string | undefined;
  readonly nodes: readonly ReportNode[];
  readonly odd: readonly string[];
} {
  const row = tableOf(oom)(text);
  const { nodes, damaged } = readLines([{ text }], [row]);
  const odd = nodes.flatMap((node) => (node.type === 'oom' ? node.value.odd : node.type === 'task-row' ? node.odd : undefined) ?? []);
  return { row: row?.name, nodes, odd: damaged.length > 0 ? [...odd, `${row?.name} could not be read`] : odd };
}
