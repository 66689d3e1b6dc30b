import type { Dump } from '../../dump/dump.ts';
import type { Inspection } from '../../machine/inspection.ts';
import type { KernelStacks } from '../../unwind/stacks.ts';

/** Any row: its keys are the contract's. */
export type Row = Readonly<Record<string, unknown>>;

/** How a field is shown as text. */
export interface Column {
  readonly key: string;
  readonly title: string;
  readonly right?: boolean;
  readonly show?: (value: unknown, row: Row) => string;
  /** Of what is not known, where something can be said all the same. */
  readonly showUnknown?: (row: Row) => string;
}

export interface Answer {
  readonly rows: readonly object[];
  /** One table of the rows; of a single row a label and a value a line. */
  readonly columns: readonly Column[];
  readonly layout?: 'table' | 'list';
  /** Instead of a table. */
  readonly text?: () => string;
  /** What could not be answered beyond single fields. */
  readonly unknown?: readonly { readonly what: string; readonly reason: string }[];
}

/** One thing that can be asked of a dump, named as in crash. */
export interface Part {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** What must be there before it is asked. */
  load?(): Promise<void>;
  /** @throws UsageError where the arguments say nothing that it knows */
  answer(inspection: Inspection, args: readonly string[]): Answer;
  /** Of a kernel that has symbols and no types; absent where that says nothing. */
  withoutTypes?(stacks: KernelStacks, dump: Dump, args: readonly string[]): Answer;
}
