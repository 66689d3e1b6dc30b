import type { Line } from '../../../grammars/common/line.ts';
import type { ReportNode } from '../../../grammars/common/nodes.ts';
import { FAILURES } from '../../../grammars/oom/failure-lines.ts';
import { KILLER } from '../../../grammars/oom/kill-lines.ts';
import type { OomValue, TaskRowNode } from '../../../grammars/oom/nodes.ts';
import { type Facts, recordAt, said } from '../facts/facts.ts';
import { Said } from '../facts/said.ts';
import { MAX_GROUPS } from '../facts/tables.ts';
import { type Of, type OomFacts, type StatFacts, zoneKey } from './facts.ts';

/** Functions that charge a memory cgroup and call the OOM killer: mm/memcontrol.c. */
const MEMCG_CALLER = /^mem_cgroup_(?:out_of_memory|oom_synchronize|handle_oom|do_precharge|oom)(?:\.|$)/;

const PANICS = [
  KILLER.out_of_memory,
  KILLER.out_of_memory_deadlock,
  KILLER.check_panic_on_oom_compulsory,
  KILLER.check_panic_on_oom,
] as const;

/** Sorts the nodes of a report by subject. `nodes` are all of them, with the rows of the task table. */
export function collectOom(facts: Facts, nodes: readonly ReportNode[]): OomFacts {
  const { report } = facts;
  const lists = new Map<OomValue['type'], Said<OomValue>[]>();
  const all = <K extends OomValue['type']>(type: K) => (lists.get(type) ?? []) as Said<Of<K>>[];
  const rows: TaskRowNode[] = [];
  const rowRecords: number[] = [];
  const odd: Said<string>[] = [];
  let columns: Said<readonly string[]> | undefined;
  let fromMemcg = false;

  const quote = (texts: readonly string[] | undefined, records: number[]): void => {
    for (const text of texts ?? []) odd.push(new Said(text, records));
  };
  for (const node of nodes) {
    switch (node.type) {
      case 'task-row': {
        const seq = report.lines[node.line]?.record.seq;
        rows.push(node);
        if (seq !== undefined) rowRecords.push(seq);
        if (node.odd !== undefined) quote(node.odd, recordAt(report, node.line));
        break;
      }
      case 'oom': {
        const { value } = node;
        const records = recordAt(report, node.line);
        quote(value.odd, records);
        const list = lists.get(value.type);
        if (list === undefined) lists.set(value.type, [new Said(value, records)]);
        else list.push(new Said(value, records));
        break;
      }
      case 'task-columns':
        columns ??= new Said(node.columns, recordAt(report, node.line));
        break;
      case 'frame':
        fromMemcg ||= MEMCG_CALLER.test(node.frame.symbol ?? '');
        break;
      default:
        break;
    }
  }
  return {
    invoked: all('invoked'),
    // the line with the mask says most; a vmap line stands before it, a slab's behind it
    failures: all('allocationFailure').sort((a, b) => Number(a.value.gfp === undefined) - Number(b.value.gfp === undefined)),
    cpuset: all('cpuset')[0],
    summary: all('summary')[0],
    chosen: all('chosen'),
    killed: all('killed'),
    sharing: all('sharing'),
    exiting: all('exiting'),
    reaped: all('reaped'),
    groups: all('oomGroup'),
    memInfo: all('memInfo'),
    ram: all('ram'),
    swap: all('swap'),
    nodes: all('node'),
    zones: all('zone'),
    reserves: reservesOf(facts),
    buddies: all('buddy'),
    hugepages: all('hugepages'),
    slabs: all('slab'),
    slabCaches: all('slabCache'),
    allocTags: all('allocTag'),
    columns,
    rows,
    rowRecords,
    counters: all('pageCounter'),
    taskKilled: all('taskKilled')[0],
    ...statsOf(facts),
    marks: new Set<Line>(facts.heads.map(({ row }) => row)),
    panic: PANICS.map((row) => said(facts, row)?.panic).find((reason) => reason !== undefined),
    cmaFree: said(facts, FAILURES.cma_debug_show_areas),
    fromMemcg,
    odd,
  };
}

/** The reserve line follows its zone's. */
function reservesOf({ report, nodes }: Facts): OomFacts['reserves'] {
  const reserves = new Map<string, Said<Of<'lowmemReserve'>>>();
  let zone: string | undefined;
  for (const node of nodes) {
    if (node.type !== 'oom') continue;
    if (node.value.type === 'zone') zone = zoneKey(node.value);
    else if (node.value.type === 'lowmemReserve' && zone !== undefined)
      reserves.set(zone, new Said(node.value, recordAt(report, node.line)));
  }
  return reserves;
}

/** The counters of a block of memory.stat follow its head; v1 has them on the head's line. `listed` counts groups beyond {@link MAX_GROUPS} too. */
function statsOf({ report, nodes }: Facts): { stats: StatFacts[]; listed: number } {
  const stats: { path?: Said<string> | undefined; readonly counters: Record<string, Said<number>> }[] = [];
  let listed = 0;
  for (const node of nodes) {
    if (node.type !== 'oom' || (node.value.type !== 'statHead' && node.value.type !== 'stat')) continue;
    const { value } = node;
    if (value.type === 'statHead') listed++;
    if (listed > MAX_GROUPS) continue;
    const records = recordAt(report, node.line);
    if (value.type === 'statHead') stats.push({ path: value.path === undefined ? undefined : new Said(value.path, records), counters: {} });
    const { counters } = stats.at(-1) ?? { counters: {} };
    for (const [key, count] of Object.entries(value.counters)) counters[key] = new Said(count, records);
  }
  return { stats, listed };
}
