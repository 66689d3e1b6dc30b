import { isKind, SEVERITIES } from '../../event/kinds.ts';
import type { FleetInput, Moment, Sighting } from '../input.ts';
import { groupBy } from '../tally.ts';
import { type Ask, num, type ReplyRow, rowsOf, str } from './reply.ts';

/** Inputs of a store, as the grouping of many inputs takes them. */
export interface StoredInputs {
  /** The newest by the time of reading. */
  readonly inputs: readonly FleetInput[];
  /** All that count or could not be read. */
  readonly total: number;
}

const SHOWN = "status IN ('ok', 'lossy', 'unreadable', 'dead')";

/**
 * What a store knows of its inputs, at most so many. It keeps no stacks and no numbers of records: of frames there is the guilty one, and
 * records count an input's events.
 */
export async function storedInputs(ask: Ask, most: number): Promise<StoredInputs> {
  const [all] = rowsOf(await ask(`SELECT count(*) AS n FROM inputs WHERE ${SHOWN}`));
  const wanted = `FROM inputs WHERE ${SHOWN} ORDER BY read_at DESC, id LIMIT ${most}`;
  const rows = rowsOf(
    await ask(
      `SELECT id, input, status, reason, losses, form, host, time, releases, model, taint, records, incidents, events, omitted ${wanted}`,
    ),
  );
  const of = (columns: string, table: string): Promise<ReplyRow[]> =>
    ask(`SELECT ${columns} FROM ${table} SEMI JOIN (SELECT id ${wanted}) chosen USING (id)`).then(rowsOf);
  const identity = 'id, kind, title, signature, culprit, severity, release, time';
  const began = groupBy(await of(`${identity}, incident, verdict`, 'incidents'), idOf);
  const happened = groupBy(await of(`${identity}, event, boot, uptime, comm`, 'events'), idOf);
  const inputs = rows.map((row) => inputOf(row, began.get(idOf(row)) ?? [], happened.get(idOf(row)) ?? []));
  return { inputs, total: num(all, 'n') };
}

const idOf = (row: ReplyRow): string => str(row, 'id');
const maybe = (row: ReplyRow, name: string): string | undefined => str(row, name) || undefined;
const texts = (row: ReplyRow, name: string): string[] => {
  const value = row[name];
  return Array.isArray(value) ? value.map(String) : [];
};

function inputOf(row: ReplyRow, began: readonly ReplyRow[], happened: readonly ReplyRow[]): FleetInput {
  const host = maybe(row, 'host');
  // the same path on another host is another file
  const source = host === undefined ? str(row, 'input') : `${host}:${str(row, 'input')}`;
  const status = str(row, 'status');
  if (status === 'unreadable' || status === 'dead') return { kind: 'unreadable', source, reason: maybe(row, 'reason') ?? status };
  const signature = (each: ReplyRow): string => `${str(each, 'kind')} ${str(each, 'signature')} ${str(each, 'title')}`;
  const roots = groupBy(began, signature);
  const events = groupBy(happened, signature);
  const sightings = [...new Set([...roots.keys(), ...events.keys()])].flatMap((key) =>
    sightingOf(row, roots.get(key) ?? [], events.get(key) ?? []),
  );
  return {
    kind: 'read',
    source,
    host,
    form: str(row, 'form'),
    releases: texts(row, 'releases'),
    records: num(row, 'records'),
    ended: maybe(row, 'time'),
    losses: texts(row, 'losses'),
    events: num(row, 'events'),
    incidents: num(row, 'incidents'),
    sightings,
    omitted: num(row, 'omitted'),
  };
}

/** None of a kind that this lastkmsg does not know: a store may be of a newer one. */
function sightingOf(input: ReplyRow, roots: readonly ReplyRow[], events: readonly ReplyRow[]): Sighting[] {
  const root = roots.at(-1);
  const newest = events.at(-1);
  const row = root ?? newest;
  const kind = str(row, 'kind');
  if (row === undefined || !isKind(kind)) return [];
  const culprit = maybe(row, 'culprit');
  const moments = (events.length > 0 ? events : roots).map(momentOf);
  const comm = newest && maybe(newest, 'comm');
  const release = maybe(row, 'release');
  return [
    {
      kind,
      title: str(row, 'title'),
      hash: str(row, 'signature'),
      frames: culprit === undefined ? [] : [culprit],
      culprit,
      severity: SEVERITIES.find((each) => each === row.severity) ?? 'info',
      incidents: roots.length,
      events: events.length,
      releases: release === undefined ? texts(input, 'releases') : [release],
      moments,
      newest: {
        ...(moments.at(-1) ?? { boot: 0 }),
        event: str(newest, 'event'),
        incident: root && maybe(root, 'incident'),
        verdict: root && maybe(root, 'verdict'),
        records: { first: events.length, last: events.length, count: 0 },
        task: comm === undefined ? undefined : { comm },
        release,
        taint: texts(input, 'taint'),
        hardware: maybe(input, 'model'),
      },
    },
  ];
}

function momentOf(row: ReplyRow): Moment {
  const time = maybe(row, 'time');
  const { uptime } = row;
  return {
    boot: num(row, 'boot'),
    uptime: typeof uptime === 'number' ? uptime : undefined,
    // what it was read from, the store keeps of inputs alone
    wall: time === undefined ? undefined : { time, source: 'iso', uncertaintySeconds: 0 },
  };
}
