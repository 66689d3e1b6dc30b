import type { MachineFacts } from '../../event/event.ts';
import { openInspectable } from '../../kernel/open.ts';
import { Inspection } from '../../machine/inspection.ts';
import { memoryRows } from '../../machine/memory/totals.ts';
import { largestTasks } from '../../machine/overview/largest.ts';
import { stuckRows } from '../../machine/waits/stuck.ts';
import { requestWords, waitWords } from '../../machine/waits/words.ts';
import { decodeText } from '../../record/decode-text.ts';
import type { DumpLog } from '../inputs/dump-log.ts';
import { cpuFacts } from './cpu-facts.ts';
import { functionsOf, stackFacts } from './stack-facts.ts';
import { type MachineTables, machineTables } from './tables.ts';

/** The memory of a dump: what bears on its log, and tables to look through, which cost more and are made when asked. */
export interface Machine {
  readonly facts: MachineFacts;
  tables(): MachineTables;
}

/** @returns undefined where the kernel carries no symbols, or the dump does not hold them, as one cut to its log does not */
export function machineOf(opened: DumpLog): Machine | undefined {
  const { kernel, log } = opened;
  const found = openInspectable(kernel);
  if (found.tier === 'none') return undefined;
  if (found.tier === 'text-symbols') {
    const facts = cpuFacts(opened, found);
    return facts.cpus.length > 0 ? { facts, tables: () => ({ tasks: [], modules: [] }) } : undefined;
  }
  const inspection = new Inspection(found.context, () => [...log.records(false)].flatMap(({ text }) => text.split('\n')));
  return { facts: machineFacts(inspection), tables: () => machineTables(inspection) };
}

/** Tasks that wait; a machine that hangs may have thousands. */
const MAX_STUCK = 256;

/** What the memory says that bears on reports of the log. Some 0.3 s; nothing of it is linear in the size of the memory. */
function machineFacts(inspection: Inspection): MachineFacts {
  const { kernel, panicTask, panicCpu } = inspection;
  const panic = panicTask && panicCpu !== undefined ? { ...named(panicTask), cpu: panicCpu } : undefined;
  return {
    ...(panic && { panic }),
    ...stackFacts(
      kernel.symbols,
      panicCpu === undefined ? undefined : inspection.stacks.onCpu(panicCpu),
      panicTask?.pid,
      inspection.logLines,
    ),
    cpus: [...inspection.tasks.running].sort(([a], [b]) => a - b).map(([cpu, task]) => cpuOf(inspection, cpu, task)),
    stuck: stuckFacts(inspection),
    memory: memoryRows(kernel).flatMap(({ item, pages }) => (item === undefined || pages === undefined ? [] : [{ item, pages }])),
    largest: largestTasks(inspection).map(({ pid, comm, rssKb }) => ({ pid, comm: decodeText(comm), rssKb })),
    ...(kernel.losses.stops.size > 0 && { unknown: [...kernel.losses.stops] }),
  };
}

function named({ pid, comm }: { readonly pid: number | undefined; readonly comm: string | undefined }): { pid?: number; comm?: string } {
  return { ...(pid !== undefined && { pid }), ...(comm !== undefined && { comm: decodeText(comm) }) };
}

function cpuOf({ stacks, kernel }: Inspection, cpu: number, task: Inspection['tasks']['all'][number]): MachineFacts['cpus'][number] {
  const stack = stacks.onCpu(cpu);
  return { ...named(task), cpu, in: stack ? functionsOf(kernel.symbols, stack) : [], idle: task.idleOf !== undefined };
}

function stuckFacts(inspection: Inspection): MachineFacts['stuck'] {
  return stuckRows(inspection, inspection.stacks)
    .slice(0, MAX_STUCK)
    .map((row) => {
      const what = waitWords(row);
      return {
        ...named({ pid: row.pid, comm: row.comm }),
        ...(row.sinceMs !== undefined && { sinceMs: row.sinceMs }),
        ...(what !== undefined && { what: decodeText(what) }),
        ...(row.request && { request: decodeText(requestWords(row.request)) }),
        ...(row.owner && { owner: named({ pid: row.owner.pid, comm: row.owner.comm }) }),
        waitsFor: [...(row.waitsFor ?? [])],
      };
    });
}
