import { createMemcgReader } from '../../../grammars/memcg/reader.ts';
import type { MemcgLine } from '../../../grammars/memcg/values.ts';
import { createOomReader } from '../../../grammars/oom/reader.ts';
import type { OomLine, TaskRowLine } from '../../../grammars/oom/values.ts';
import { type OomFacts, type Said, zoneKey } from './facts.ts';

/** A line of the report, as src/report keeps it: text without time stamp, and its record. */
export interface ReportLine {
  readonly record: { readonly seq: number };
  readonly text: string;
}

type Lists = { -readonly [K in keyof OomFacts as OomFacts[K] extends readonly Said<unknown>[] ? K : never]: Said<never>[] };

/** Into which list of {@link OomFacts} a line's value goes. */
const LIST_OF: Partial<Record<OomLine['type'] | MemcgLine['type'], keyof Lists>> = {
  invoked: 'invoked',
  allocationFailure: 'failures',
  chosen: 'chosen',
  killed: 'killed',
  sharing: 'sharing',
  exiting: 'exiting',
  reaped: 'reaped',
  oomGroup: 'groups',
  memInfo: 'memInfo',
  ram: 'ram',
  swap: 'swap',
  node: 'nodes',
  zone: 'zones',
  buddy: 'buddies',
  hugepages: 'hugepages',
  cmaFree: 'cmaFree',
  slab: 'slabs',
  slabCache: 'slabCaches',
  allocTag: 'allocTags',
  pageCounter: 'counters',
};

const emptyLists = (): Lists => ({
  invoked: [],
  failures: [],
  chosen: [],
  killed: [],
  sharing: [],
  exiting: [],
  reaped: [],
  groups: [],
  memInfo: [],
  ram: [],
  swap: [],
  nodes: [],
  zones: [],
  buddies: [],
  hugepages: [],
  cmaFree: [],
  slabs: [],
  slabCaches: [],
  allocTags: [],
  counters: [],
  stats: [],
  odd: [],
});

/** Reads the lines of one report. Lines that are none of an OOM report (frames, registers, strangers) are passed over. */
export function collectOom(lines: Iterable<ReportLine>): OomFacts {
  const oom = createOomReader();
  const memcg = createMemcgReader();
  const lists = emptyLists();
  const rows: TaskRowLine[] = [];
  const others: { readonly at: number; readonly text: string }[] = [];
  const reserves = new Map<string, Said<Extract<OomLine, { type: 'lowmemReserve' }>>>();
  const marks = new Map<string, number>();
  const single: { -readonly [K in 'cpuset' | 'summary' | 'taskKilled' | 'protection' | 'columns' | 'tasksHead']?: OomFacts[K] } = {};
  let rowsFirst: number | undefined;
  let rowsLast: number | undefined;
  let zone: string | undefined;
  let stat: Record<string, number> | undefined;

  const take = (seq: number, value: OomLine | MemcgLine): void => {
    if (value.odd) for (const text of value.odd) put('odd', seq, text);
    if (value.type === 'task') {
      rows.push(value);
      rowsFirst ??= seq;
      rowsLast = seq;
      return;
    }
    const list = LIST_OF[value.type];
    if (list) put(list, seq, value);
    switch (value.type) {
      case 'taskHeader':
        single.columns ??= { seq, value: value.columns };
        return;
      case 'zone':
        zone = zoneKey(value);
        return;
      case 'lowmemReserve':
        if (zone !== undefined) reserves.set(zone, { seq, value });
        return;
      case 'cpuset':
        single.cpuset ??= { seq, value };
        return;
      case 'summary':
        single.summary ??= { seq, value };
        return;
      case 'taskKilled':
        single.taskKilled ??= { seq, value };
        return;
      case 'protection':
        single.protection ??= { seq, value };
        return;
      case 'statHead':
        stat = { ...value.counters };
        put('stats', seq, value.path === undefined ? { counters: stat } : { path: value.path, counters: stat });
        return;
      case 'stat':
        if (stat) Object.assign(stat, value.counters);
        return;
      default:
        if (list === undefined && !marks.has(value.type)) marks.set(value.type, seq);
        if (value.type === 'tasksHead') single.tasksHead ??= { seq, value };
    }
  };
  const put = (list: keyof Lists, seq: number, value: unknown): void => {
    lists[list].push({ seq, value } as Said<never>);
  };

  let at = 0;
  const line = (seq: number, text: string): void => {
    const value = oom.read(text) ?? memcg.read(text);
    if (value) take(seq, value);
    else others.push({ at, text });
  };
  for (const { record, text } of lines) {
    // rsyslog writes the newlines of a multi-line record as #012 (its default since 5.x)
    if (text.includes('#012')) for (const part of text.split('#012')) line(record.seq, part);
    else line(record.seq, text);
    at++;
  }
  const facts = lists as unknown as OomFacts;
  return {
    ...facts,
    ...single,
    // the line with the mask says most: a vmap line stands before it, a slab's behind
    failures: [...facts.failures].sort((a, b) => Number(a.value.gfp === undefined) - Number(b.value.gfp === undefined)),
    reserves,
    marks,
    rows,
    others,
    ...(rowsFirst === undefined || rowsLast === undefined ? {} : { rowsFirst, rowsLast }),
  };
}
