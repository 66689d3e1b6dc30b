import type { Unit } from './layout.ts';
import { DEFINITIONS, TABLES, type Table } from './rows.ts';
import { filesOf } from './snapshot.ts';

/** What a question sees of a store: a view for each table, and the modules of each input one by one. */
export const viewsOf = (root: string, units: readonly Unit[]): string[] => [
  ...TABLES.map((table) => `CREATE VIEW ${table} AS ${units.length === 0 ? empty(table) : `SELECT * FROM ${filesOf(root, table, units)}`}`),
  `CREATE VIEW modules AS
    SELECT id, host, release, time, split_part(entry, '(', 1) AS module, nullif(rtrim(split_part(entry, '(', 2), ')'), '') AS taint
    FROM (SELECT id, host, release, time, unnest(modules) AS entry FROM inputs)`,
];

const empty = (table: Table): string =>
  `SELECT ${DEFINITIONS[table].columns.map(({ name, type }) => `NULL::${type} AS "${name}"`).join(', ')}, NULL::DATE AS day WHERE false`;
