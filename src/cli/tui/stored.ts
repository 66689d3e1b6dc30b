import type { FleetInput } from '../../fleet/input.ts';
import { type StoredInputs, storedInputs } from '../../fleet/questions/inputs.ts';
import { readStore } from '../../fleet/store/reader.ts';
import type { DashboardOptions } from '../../tui/terminal/dashboard.ts';
import { warn } from '../warn.ts';

/** Inputs of a store that the dashboard holds: some kB each. */
const MOST = 20_000;
/** Rows of their events. */
const MOST_ROWS = 2_000_000;
const SECONDS = 60;

/** A store as the dashboard's fleet. */
export interface StoredFleet {
  readonly fleet: NonNullable<DashboardOptions['fleet']>;
  readonly inputs: readonly FleetInput[];
  /** Files of the store that could not be read. */
  readonly problems: readonly string[];
}

/** @throws StoreError where there is none that can be read */
export async function storedFleet(path: string): Promise<StoredFleet> {
  const reader = await readStore(path);
  let stored: StoredInputs;
  try {
    stored = await storedInputs((sql) => reader.query(sql, { rows: MOST_ROWS, seconds: SECONDS }), MOST);
  } finally {
    reader.close();
  }
  const { problems } = reader;
  const { inputs, total } = stored;
  for (const problem of problems) warn(problem);
  const name = inputs.length < total ? `${path}, the newest of ${total.toLocaleString('en-US')}` : path;
  const read = async (take: (input: FleetInput) => void): Promise<void> => {
    for (const input of inputs) take(input);
  };
  return { fleet: { name, total: inputs.length, read }, inputs, problems };
}
