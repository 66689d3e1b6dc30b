import type { Answer } from '../answer/answer.ts';
import { keyOf } from '../key.ts';
import { type Column, EVENT_COLUMNS, type EventRow, INCIDENT_COLUMNS, INPUT_COLUMNS, type IncidentRow } from './columns.ts';

/** The tables on disk. `inputs` is written last: an input is in the store when its row there is. */
export const TABLES = ['events', 'incidents', 'inputs'] as const;
export type Table = (typeof TABLES)[number];

interface TableDefinition<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: (answer: Answer) => Iterable<Row>;
}

const define = <Row>(columns: readonly Column<Row>[], rows: (answer: Answer) => Iterable<Row>): TableDefinition<Row> => ({ columns, rows });

/** What an answer comes to in each table. */
export const DEFINITIONS = {
  events: define<EventRow>(EVENT_COLUMNS, (answer) => answer.events.map((item) => ({ answer, item }))),
  incidents: define<IncidentRow>(INCIDENT_COLUMNS, function* (answer) {
    const seen = new Set<string>();
    for (const item of answer.incidents) {
      yield { answer, item, first: !seen.has(keyOf(item)) };
      seen.add(keyOf(item));
    }
  }),
  inputs: define<Answer>(INPUT_COLUMNS, (answer) => [answer]),
} satisfies Record<Table, unknown>;

/** Between the items of a list on its way into DuckDB, which takes lists ten times slower than texts. */
export const SEPARATOR = '\x1f';

/** Column names, with lists put together again. */
export const selectionOf = (table: Table): string =>
  DEFINITIONS[table].columns
    .map(({ name, type }) =>
      type === 'VARCHAR[]' ? `CASE WHEN "${name}" = '' THEN [] ELSE string_split("${name}", chr(31)) END AS "${name}"` : `"${name}"`,
    )
    .join(', ');

/** As rows are appended: lists are texts still. */
export const creationOf = (table: Table): string =>
  `CREATE OR REPLACE TEMP TABLE new_${table} (${DEFINITIONS[table].columns.map(({ name, type }) => `"${name}" ${type.replace('[]', '')}`).join(', ')})`;
