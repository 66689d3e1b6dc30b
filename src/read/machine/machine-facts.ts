import type { Event, MachineFacts } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import { openInspectable } from '../../kernel/open.ts';
import { Inspection } from '../../machine/inspection.ts';
import { cgroupRows } from '../../machine/memory/cgroups.ts';
import { largestCaches } from '../../machine/memory/slab.ts';
import { memoryRows } from '../../machine/memory/totals.ts';
import { largestTasks } from '../../machine/overview/largest.ts';
import { stuckRows } from '../../machine/waits/stuck.ts';
import { requestWords, waitWords } from '../../machine/waits/words.ts';
import { decodeText } from '../../record/decode-text.ts';
import { framesUntilStop } from '../../unwind/stopped.ts';
import type { DumpLog } from '../inputs/dump-log.ts';
import { cpuFacts } from './cpu-facts.ts';
import { objectFacts } from './object-facts.ts';
import { asleepIn, functionsOf, inInterrupt, stackFacts } from './stack-facts.ts';
import { type MachineTables, machineTables } from './tables.ts';

/** The memory of a dump: what bears on its log, and tables to look through, which cost more and are made when asked. */
export interface Machine {
  readonly facts: MachineFacts;
  tables(): MachineTables;
}

/**
 * @param events what the log reports: it says what else to ask the memory
 * @returns undefined where the kernel carries no symbols, or the dump does not hold them, as one cut to its log does not
 */
export function machineOf(opened: DumpLog, events: readonly Event[]): Machine | undefined {
  const { kernel, log } = opened;
  const found = openInspectable(kernel);
  if (found.tier === 'none') return undefined;
  if (found.tier === 'text-symbols') {
    const facts = cpuFacts(opened, found);
    return facts.cpus.length > 0 ? { facts, tables: () => ({ tasks: [], modules: [] }) } : undefined;
  }
  const inspection = new Inspection(found.context, () => [...log.records(false)].flatMap(({ text }) => text.split('\n')));
  return { facts: machineFacts(inspection, events), tables: () => machineTables(inspection) };
}

/** Tasks that wait; a machine that hangs may have thousands. */
const MAX_STUCK = 256;

/** What the memory says that bears on reports of the log. Some 0.3 s; nothing of it is linear in the size of the memory. */
function machineFacts(inspection: Inspection, events: readonly Event[]): MachineFacts {
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
    memory: memoryRows(kernel).flatMap(({ item, pages }) => (item === undefined || !isCount(pages) ? [] : [{ item, pages }])),
    largest: largestTasks(inspection).flatMap(({ pid, comm, rssKb }) => (isCount(rssKb) ? [{ pid, comm: decodeText(comm), rssKb }] : [])),
    ...(events.some(isShortage) && { slabs: largestCaches(kernel, SHOWN), cgroups: largestGroups(inspection) }),
    objects: objectFacts(inspection, events),
    ...(kernel.losses.stops.size > 0 && { unknown: [...kernel.losses.stops] }),
  };
}

/** What a damaged page gives for a number is not believed where it cannot be one: it is left out as what is not known. */
const isCount = (n: number | undefined): n is number => n !== undefined && Number.isSafeInteger(n) && n >= 0;

/** Memory ran short, or a panic that may be for want of it. */
const isShortage = ({ kind, oom }: Event): boolean => oom !== undefined || isKindOf(kind, 'oom', 'panic');

/** Caches and groups that are named: enough to see where memory went. */
const SHOWN = 5;

/** What groups above hold is held by those below. Parents come before their children. */
function largestGroups({ kernel }: Inspection): NonNullable<MachineFacts['cgroups']> {
  const rows = cgroupRows(kernel);
  return rows
    .flatMap(({ path, usageBytes, maxBytes }, i) => {
      const isParent = path === undefined || rows[i + 1]?.path?.startsWith(path === '/' ? path : `${path}/`) === true;
      return isParent || !usageBytes || !isCount(usageBytes)
        ? []
        : [{ path: decodeText(path), usageBytes, ...(isCount(maxBytes) && { maxBytes }) }];
    })
    .sort((a, b) => b.usageBytes - a.usageBytes)
    .slice(0, SHOWN);
}

function named({ pid, comm }: { readonly pid: number | undefined; readonly comm: string | undefined }): { pid?: number; comm?: string } {
  return { ...(pid !== undefined && { pid }), ...(comm !== undefined && { comm: decodeText(comm) }) };
}

function cpuOf({ stacks, kernel }: Inspection, cpu: number, task: Inspection['tasks']['all'][number]): MachineFacts['cpus'][number] {
  const stack = stacks.onCpu(cpu);
  const frames = stack ? framesUntilStop(kernel.symbols, stack.frames) : [];
  return { ...named(task), cpu, in: functionsOf(kernel.symbols, frames), idle: task.idleOf !== undefined && !inInterrupt(frames) };
}

function stuckFacts(inspection: Inspection): MachineFacts['stuck'] {
  const rows = stuckRows(inspection, inspection.stacks).slice(0, MAX_STUCK);
  const stuck = new Set(rows.map(({ task }) => task));
  return rows.map((row) => {
    const what = waitWords(row);
    return {
      ...named({ pid: row.pid, comm: row.comm }),
      ...(isCount(row.sinceMs) && { sinceMs: row.sinceMs }),
      ...(what !== undefined && { what: decodeText(what) }),
      ...(row.request && { request: decodeText(requestWords(row.request)) }),
      ...(row.owner && {
        owner: {
          ...named({ pid: row.owner.pid, comm: row.owner.comm }),
          ...(!stuck.has(row.owner.task) && sleepOf(inspection, row.owner.task)),
        },
      }),
      waitsFor: [...(row.waitsFor ?? [])],
    };
  });
}

/** Where an owner sleeps that is not stuck itself; nothing of one that runs. */
function sleepOf({ kernel, stacks, tasks }: Inspection, address: string): { in?: string[] } {
  const task = tasks.byAddress.get(BigInt(address));
  if (!task || [...tasks.running.values()].includes(task)) return {};
  const functions = asleepIn(kernel.symbols, stacks.ofTask(task.address).frames);
  return functions.length > 0 ? { in: functions } : {};
}
