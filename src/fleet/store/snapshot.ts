import { type Connection, listed, quoted } from './duckdb.ts';
import { damageOf, fileOf, type Unit, unitsOf } from './layout.ts';
import { TABLES, type Table } from './rows.ts';
import { firstLine } from './store-error.ts';

/** What of a store can be read at one moment. */
export interface Snapshot {
  readonly units: readonly Unit[];
  /** Files that cannot be read, a line each; the rows of their units are missing. */
  readonly problems: readonly string[];
}

/** The units whose files have their two ends: what a truncated or foreign file lacks. */
export const look = (root: string): Snapshot => sift(unitsOf(root), (unit) => unitDamage(root, unit));

/** The first of a unit's files that is surely damaged, and how. */
export function unitDamage(root: string, unit: Unit): string | undefined {
  for (const table of TABLES) {
    const file = fileOf(root, table, unit);
    const why = damageOf(file);
    if (why !== undefined) return `${file}: ${why}`;
  }
  return undefined;
}

/** The units that can be read to their ends: tried one by one, after a question met one that cannot. */
export async function probe(root: string, db: Connection, { units, problems }: Snapshot): Promise<Snapshot> {
  const reasons = new Map<Unit, string>();
  for (const unit of units) {
    for (const table of TABLES) {
      const file = fileOf(root, table, unit);
      try {
        await db.run(`SELECT max(hash(COLUMNS(*))) FROM read_parquet(${quoted(file)}, hive_partitioning = false)`);
      } catch (error) {
        reasons.set(unit, `${file}: ${firstLine(error)}`);
      }
    }
  }
  const sifted = sift(units, (unit) => reasons.get(unit));
  return { units: sifted.units, problems: [...problems, ...sifted.problems] };
}

function sift(units: readonly Unit[], reasonOf: (unit: Unit) => string | undefined): Snapshot {
  const kept: Unit[] = [];
  const problems: string[] = [];
  for (const unit of units) {
    const reason = reasonOf(unit);
    if (reason === undefined) kept.push(unit);
    else problems.push(`${reason}; its rows are left out`);
  }
  return { units: kept, problems };
}

/** The files of a table as DuckDB reads them. */
export const filesOf = (root: string, table: Table, units: readonly Unit[]): string =>
  `read_parquet(${listed(units.map((unit) => fileOf(root, table, unit)))}, hive_partitioning = true, hive_types = {'day': DATE})`;
