import type { Details } from '../event.ts';
import { type Facts, headOf } from '../facts/facts.ts';
import { assembleOom, type SaidOom } from '../oom/assemble.ts';
import { collectOom } from '../oom/collect.ts';
import { defined } from '../oom/defined.ts';
import { present } from './details.ts';
import type { Dump } from './dumps.ts';
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
];

/** The key behind an action's announcement. */
export const sysrqKey = (action: string): string | undefined => KEYS.find(([start]) => action.startsWith(start))?.[1];

/** sysrq m: show_mem() prints what it prints for the OOM killer. */
export function memoryShown(facts: Facts, release: string | undefined): SaidOom | undefined {
  const { memInfo, nodes, zones, hugepages, swap, pageCache } = assembleOom(collectOom(facts, facts.nodes), { release });
  const oom = defined({ memInfo, nodes, zones, hugepages, swap, pageCache });
  return Object.keys(oom).length === 0 ? undefined : oom;
}

const MAX_TASKS = 4096;

/** The command, and the tasks and CPUs that it listed. */
export function sysrqDetails(facts: Facts, dumps: readonly Dump[], action: string): Details {
  const rows = facts.heads.filter((h) => h.rule.startsWith('sched_show_task') && h.fields.pid !== undefined);
  const tasks = rows.slice(0, MAX_TASKS).map(({ fields: f }) => ({
    comm: f.comm ?? '',
    pid: Number(f.pid),
    ...(f.state === undefined ? {} : { state: f.state }),
    ...(f.ppid === undefined ? {} : { parentPid: Number(f.ppid) }),
  }));
  const cpus = [...new Set(dumps.filter((d) => d.kind === 'cpu' && d.cpu !== undefined).map((d) => d.cpu as number))].sort((a, b) => a - b);
  const idle = dumps.filter((d) => d.skipped && d.cpu !== undefined).map((d) => d.cpu as number);
  const { seconds: _seconds, ...workqueues } = workqueueDetails(facts);
  return present({
    action,
    key: sysrqKey(action),
    cpus: cpus.length === 0 ? undefined : cpus,
    idleCpus: idle.length === 0 ? undefined : idle,
    tasks: tasks.length === 0 ? undefined : tasks,
    locksShown: headOf(facts, 'debug_show_all_locks') === undefined ? undefined : true,
    ...workqueues,
  });
}
