import type { MemcgLine } from '../memcg/values.ts';
import type { OomLine } from './values.ts';

/** What a line of an OOM report says, apart from its task table. */
export type OomValue = OomLine | MemcgLine;

export interface OomNode {
  readonly type: 'oom';
  readonly line: number;
  readonly value: OomValue;
}

/** The header row of dump_tasks(): the columns between pid and name. */
export interface TaskColumnsNode {
  readonly type: 'task-columns';
  readonly line: number;
  readonly columns: readonly string[];
}

/** One row of dump_tasks(): pid, then the numbers in the header's order, then the name. Not wrapped: a report has 20,000. */
export interface TaskRowNode {
  readonly type: 'task-row';
  readonly line: number;
  readonly pid: number;
  readonly cells: readonly number[];
  readonly name: string;
  /** Numbers that cannot be, quoted; their cells are NaN. */
  readonly odd?: readonly string[];
}
