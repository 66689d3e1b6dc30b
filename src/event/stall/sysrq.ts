import { HELD } from '../../../grammars/lock/held-lines.ts';
import { DUMPS, SYSRQ } from '../../../grammars/stall/lines.ts';
import { type Facts, lineOf, recordAt, said } from '../facts/facts.ts';
import { present, Said, type SayableDetails } from '../facts/said.ts';
import { MAX_TASKS } from '../facts/tables.ts';
import { assembleOom, type SaidOom } from '../oom/assemble.ts';
import { collectOom } from '../oom/collect.ts';
import { defined } from '../oom/defined.ts';
import type { Dump } from './dumps.ts';
import { type Row, rowOf, some } from './rows.ts';
import { workqueueDetails } from './workqueue.ts';

/** drivers/tty/sysrq.c: what each key announces itself with, since 2.6.32. */
const KEYS: readonly (readonly [start: string, key: string])[] = [
  ['Show backtrace of all active CPUs', 'l'],
  ['Show State', 't'],
  ['Show Blocked State', 'w'],
  ['Show Memory', 'm'],
  ['Show Locks Held', 'd'],
  ['Show Regs', 'p'],
  ['Show clockevent devices', 'q'],
  ['Show RCU tree', 'y'],
  ['Show CPUs', 'l'],
  ['Dump ftrace buffer', 'z'],
  ['Trigger a crash', 'c'],
  ['Trigger a crashdump', 'c'],
  ['Resetting', 'b'],
  ['Power Off', 'o'],
  ['Emergency Sync', 's'],
  ['Emergency Remount R/O', 'u'],
  ['Emergency Thaw', 'j'],
  ['Terminate All Tasks', 'e'],
  ['Kill All Tasks', 'i'],
  ['Manual OOM execution', 'f'],
  ['Nice All RT Tasks', 'n'],
  ['SAK', 'k'],
  ['Keyboard mode set', 'r'],
  ['Changing Loglevel', '0-9'],
  ['Restore framebuffer', 'v'],
  ['Replay kernel logs', 'R'],
];

/** The key behind an action's announcement. */
export const sysrqKey = (action: string): string | undefined => KEYS.find(([start]) => action.startsWith(start))?.[1];

/** sysrq m: show_mem() prints what it prints for the OOM killer. */
export function memoryShown(facts: Facts, release: string | undefined): SaidOom | undefined {
  const { memInfo, nodes, zones, hugepages, swap, pageCache } = assembleOom(collectOom(facts, facts.nodes), { release });
  const oom = defined({ memInfo, nodes, zones, hugepages, swap, pageCache });
  return Object.keys(oom).length === 0 ? undefined : oom;
}

/** The command: what it is called. */
export const actionOf = (facts: Facts): Said<string> | undefined =>
  said(facts, SYSRQ.__handle_sysrq)?.action ?? said(facts, SYSRQ.__handle_sysrq_action)?.action;

/** The command, and the tasks and CPUs that it listed. */
export function sysrqDetails(facts: Facts, dumps: readonly Dump[]): SayableDetails | undefined {
  const action = actionOf(facts);
  const cpus = dumps.flatMap((d) => (d.kind === 'cpu' && d.cpu !== undefined ? { cpu: d.cpu, dump: d } : []));
  const locks = lineOf(facts, HELD.debug_show_all_locks);
  const { seconds: _seconds, ...workqueues } = workqueueDetails(facts) ?? {};
  return present({
    action,
    key: action && sysrqKey(action.value),
    cpus: numbersOf(
      facts,
      cpus.toSorted((a, b) => a.cpu - b.cpu),
    ),
    idleCpus: numbersOf(
      facts,
      cpus.filter(({ dump }) => dump.skipped),
    ),
    tasks: some(tasksOf(facts)),
    locksShown: locks && new Said(true, recordAt(facts.report, locks.line)),
    ...workqueues,
  });
}

function numbersOf({ report }: Facts, cpus: readonly { readonly cpu: number; readonly dump: Dump }[]): Said<number[]> | undefined {
  const numbers = some([...new Set(cpus.map(({ cpu }) => cpu))]);
  return numbers && new Said(numbers, [...new Set(cpus.flatMap(({ dump }) => recordAt(report, dump.by.cpu ?? -1)))]);
}

function tasksOf({ heads, report }: Facts): Said<Row>[] {
  const rows = heads.filter(
    (h) => (h.row === DUMPS.sched_show_task || h.row === DUMPS.sched_show_task_columns) && h.values.pid !== undefined,
  );
  const names = { comm: 'comm', pid: 'pid', state: 'state', parentPid: 'ppid' } as const;
  return rows
    .slice(0, MAX_TASKS)
    .map((node) => new Said({ comm: '', ...rowOf(node, DUMPS.sched_show_task, names) }, recordAt(report, node.line)));
}
