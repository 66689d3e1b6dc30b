import type { OomNode, TaskColumnsNode, TaskRowNode } from '../oom/nodes.ts';
import type { FieldValue } from './fields.ts';
import type { Line } from './line.ts';

/**
 * What lines are read as: one node a line, rarely two, in the order of the report. `line` is the line's index in the report, so that
 * every value leads back to its record.
 */
export interface FrameNode {
  readonly type: 'frame';
  readonly line: number;
  readonly frame: FrameFields;
  /** Section tags in front of it on the same line, as old kernels print them: `<IRQ>`. */
  readonly section?: string | undefined;
}

/** A stack frame with the field names of contract.md. */
export interface FrameFields {
  symbol?: string;
  offset?: number | string;
  size?: number | string;
  module?: string;
  buildId?: string;
  reliable?: boolean;
  inlined?: boolean;
  file?: string;
  line?: number;
  address?: string;
}

export interface SectionNode {
  readonly type: 'section';
  readonly line: number;
  /** `TASK`, `IRQ`, `#DF`, `interrupt: 300`… */
  readonly name: string;
  readonly closing: boolean;
}

/** A line that announces a stack: `Call Trace:`, `Allocated by task 7:`. */
export interface TraceNode {
  readonly type: 'trace';
  readonly line: number;
  readonly label: string;
  readonly pid?: number | undefined;
  readonly cpu?: number | undefined;
  /** What another line than the title says of the stack, and which: that of a dump names its task and CPU. */
  readonly elsewhere?: Elsewhere | undefined;
}

/** Lines of the report, by their index. */
export interface Elsewhere {
  label?: number | undefined;
  pid?: number | undefined;
  cpu?: number | undefined;
}

/** dump_stack_print_info(): who was running. */
export interface CpuNode {
  readonly type: 'cpu';
  readonly line: number;
  readonly cpu?: number | undefined;
  readonly uid?: number | undefined;
  readonly pid?: number | undefined;
  readonly comm?: string | undefined;
  /** Letters after `Tainted: `, as printed; empty where not tainted, absent where the line does not say. */
  readonly taint?: string | undefined;
  readonly release?: string | undefined;
  readonly version?: string | undefined;
}

/** A `key: text` line: `hardware`, `workqueue`, `taint-names`, `code`, `end-trace`… */
export interface TextNode {
  readonly type: 'text';
  readonly line: number;
  readonly key: string;
  readonly text: string;
}

export interface RegistersNode {
  readonly type: 'registers';
  readonly line: number;
  readonly values: readonly (readonly [name: string, hex: string])[];
  /** powerpc's REGS line says these as well; before 3.9 no other did. */
  readonly taint?: string | undefined;
  readonly release?: string | undefined;
  readonly version?: string | undefined;
}

/** Where the CPU was, or where it would have returned to: `RIP: 0010:sym+0x1/0x2`, `pc : sym`, `NIP [addr] sym`. */
export interface PointerNode {
  readonly type: 'pointer';
  readonly line: number;
  /** `RIP`, `EIP`, `pc`, `lr`, `NIP`, `LR`, `PSW`, `epc`, `ra`. */
  readonly register: string;
  /** Code segment, x86 only: user code has 0023, 0033 or 0073. */
  readonly segment?: string | undefined;
  readonly frame?: FrameFields | undefined;
}

export interface ModulesNode {
  readonly type: 'modules';
  readonly line: number;
  readonly modules: { name: string; taint?: string; size?: number }[];
}

/** A line that says something: its row and the values that the line holds. */
export interface HeadNode {
  readonly type: 'head';
  readonly line: number;
  /** Name of the row: the kernel function that printed it. */
  readonly rule: string;
  readonly row: Line;
  /** The captures as printed. */
  readonly fields: Readonly<Record<string, string>>;
  /** The captures of declared fields, as what they are. */
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly frame?: FrameFields | undefined;
}

export type ReportNode =
  | FrameNode
  | SectionNode
  | TraceNode
  | CpuNode
  | TextNode
  | RegistersNode
  | PointerNode
  | ModulesNode
  | HeadNode
  | OomNode
  | TaskColumnsNode
  | TaskRowNode;
