import type { Line } from '../../../grammars/common/line.ts';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { type Facts, recordAt } from '../facts/facts.ts';
import { Said } from '../facts/said.ts';
import { MAX_ROWS } from '../facts/tables.ts';

/** A row of a table within the details. */
export type Row = Record<string, string | number>;

/** What a line says under the names that the details have: name → field of the line. */
export function rowOf<L extends Line>(node: HeadNode, _row: L, names: Readonly<Record<string, keyof L['fields'] & string>>): Row {
  const row: Row = {};
  for (const [name, field] of Object.entries(names)) {
    const value = node.values[field];
    if (typeof value === 'string' || typeof value === 'number') row[name] = value;
  }
  return row;
}

/** The lines of a row as a table, each with its record; undefined where there is none. */
export function tableOf<L extends Line>(
  facts: Facts,
  row: L,
  names: Readonly<Record<string, keyof L['fields'] & string>>,
): Said<Row>[] | undefined {
  const nodes = facts.heads.filter((h) => h.row === row).slice(0, MAX_ROWS);
  return some(nodes.map((node) => new Said(rowOf(node, row, names), recordAt(facts.report, node.line))));
}

/** The list; undefined where it is empty. */
export const some = <T>(rows: T[]): T[] | undefined => (rows.length === 0 ? undefined : rows);
