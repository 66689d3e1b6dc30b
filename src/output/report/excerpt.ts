import type { Event, Incident, RawRecord } from '../../event/event.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { Excerpt, ExcerptItem } from './report.ts';

/** How much of a log is shown. */
export interface ExcerptSize {
  /** Up to so many records it is shown whole. */
  readonly whole: number;
  /** Records shown before and after each event of a longer one. */
  readonly around: number;
  /** Records in all; events in log order and incidents first use them up. */
  readonly most: number;
}

/** Of one log: some 300 kB are a boot and its crash. */
const ALONE: ExcerptSize = { whole: 3000, around: 25, most: 12_000 };
/** Of one of many. */
export const AMONG_MANY: ExcerptSize = { whole: 60, around: 3, most: 300 };

/** Records of one report: its head and its end, where it is longer (a task table of ten thousand tasks). */
const HEAD = 240;
const TAIL = 60;

/** What of a log a report shows: all of a short one; of a longer one what surrounds the events, all evidence, and its last lines. */
export function excerpt(
  kept: KeptRecords,
  events: readonly Event[],
  incidents: readonly Incident[],
  { whole, around, most }: ExcerptSize = ALONE,
): Excerpt {
  const { records, total } = kept;
  if (total <= whole && records.length === total) {
    const all: ExcerptItem = { kind: 'records', records: records.map(({ record }) => rawRecord(record)) };
    return { total, items: total > 0 ? [all] : [] };
  }
  const at = new Map(records.map(({ record }, i) => [record.seq, i] as const));
  const wanted = new Set<number>();
  const want = (index: number): void => {
    if (index >= 0 && index < records.length && (wanted.size < most || wanted.has(index))) wanted.add(index);
  };
  for (let i = 1; i <= around; i++) want(records.length - i);
  for (const seq of incidents.flatMap(evidenceOf)) want(at.get(seq) ?? -1);
  for (const event of inOrderOfNeed(events, incidents)) {
    const first = at.get(event.records.first);
    if (first === undefined) continue;
    const last = at.get(event.records.last) ?? first;
    const long = last - first >= HEAD + TAIL;
    for (let i = first - around; i <= last + around; i++) {
      if (long && i === first + HEAD) i = last - TAIL;
      want(i);
    }
  }
  return { total, items: rows(records, wanted, total) };
}

/** Record numbers that an incident's sentences and edges name. */
const evidenceOf = ({ clauses, edges }: Incident): number[] => [
  ...clauses.flatMap((clause) => clause.evidence),
  ...edges.flatMap((edge) => edge.evidence),
];

function inOrderOfNeed(events: readonly Event[], incidents: readonly Incident[]): Event[] {
  const needed = new Set(incidents.flatMap(({ first, terminal }) => [first, terminal]));
  return [...events.filter((e) => needed.has(e.id)), ...events.filter((e) => !needed.has(e.id))];
}

/** A record and how many were read before it. */
export interface KeptRecord {
  readonly index: number;
  readonly record: PrintkRecord;
}

/** The records that were kept while a log was read, in log order. */
export interface KeptRecords {
  readonly records: readonly KeptRecord[];
  readonly total: number;
}

function rows(records: readonly KeptRecord[], wanted: ReadonlySet<number>, total: number): ExcerptItem[] {
  const items: ExcerptItem[] = [];
  let run: RawRecord[] = [];
  let next = 0;
  const close = (before: number): void => {
    if (run.length > 0) items.push({ kind: 'records', records: run });
    run = [];
    if (before > next) items.push({ kind: 'gap', count: before - next });
  };
  records.forEach(({ index, record }, i) => {
    if (!wanted.has(i)) return;
    if (index > next) close(index);
    run.push(rawRecord(record));
    next = index + 1;
  });
  close(total);
  return items;
}

function rawRecord({ seq, usec, level, callerId, text }: PrintkRecord): RawRecord {
  return {
    seq,
    ...(usec === undefined ? {} : { time: usec / 1e6 }),
    ...(level === undefined ? {} : { level }),
    ...(callerId === undefined ? {} : { callerId }),
    text,
  };
}
