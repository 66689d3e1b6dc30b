import type { MachineFacts } from '../../event/event.ts';
import { openInspectable } from '../../kernel/open.ts';
import { Inspection } from '../../machine/inspection.ts';
import { memoryRows } from '../../machine/memory/totals.ts';
import { agreement, loggedTrace } from '../../machine/overview/agreement.ts';
import { largestTasks } from '../../machine/overview/largest.ts';
import { stuckRows } from '../../machine/waits/stuck.ts';
import { requestWords, waitWords } from '../../machine/waits/words.ts';
import { decodeText } from '../../record/decode-text.ts';
import { lookupAddress, type Stack } from '../../unwind/stack.ts';
import type { DumpLog } from '../inputs/dump-log.ts';
import { type MachineTables, machineTables } from './tables.ts';

/** The memory of a dump: what bears on its log, and tables to look through, which cost more and are made when asked. */
export interface Machine {
  readonly facts: MachineFacts;
  tables(): MachineTables;
}

/** @returns undefined where the kernel carries no symbols and types, or the dump does not hold them, as one cut to its log does not */
export function machineOf(opened: DumpLog): Machine | undefined {
  const inspection = inspectionOf(opened);
  return inspection && { facts: machineFacts(inspection), tables: () => machineTables(inspection) };
}

function inspectionOf({ kernel, log }: DumpLog): Inspection | undefined {
  const found = openInspectable(kernel);
  if (found.tier !== 'full') return undefined;
  return new Inspection(found.context, () => [...log.records(false)].flatMap(({ text }) => text.split('\n')));
}

/** Tasks that wait; a machine that hangs may have thousands. */
const MAX_STUCK = 256;
/** Functions of a CPU's stack that say what it did. */
const MAX_FUNCTIONS = 8;

/** What the memory says that bears on reports of the log. Some 0.3 s; nothing of it is linear in the size of the memory. */
function machineFacts(inspection: Inspection): MachineFacts {
  const { kernel, panicTask, panicCpu } = inspection;
  const panic = panicTask && panicCpu !== undefined ? { ...named(panicTask), cpu: panicCpu } : undefined;
  return {
    ...(panic && { panic }),
    ...panicStack(inspection),
    cpus: [...inspection.tasks.running].sort(([a], [b]) => a - b).map(([cpu, task]) => cpuFacts(inspection, cpu, task)),
    stuck: stuckFacts(inspection),
    memory: memoryRows(kernel).flatMap(({ item, pages }) => (item === undefined || pages === undefined ? [] : [{ item, pages }])),
    largest: largestTasks(inspection).map(({ pid, comm, rssKb }) => ({ pid, comm: decodeText(comm), rssKb })),
    ...(kernel.losses.stops.size > 0 && { unknown: [...kernel.losses.stops] }),
  };
}

function named({ pid, comm }: { readonly pid: number | undefined; readonly comm: string | undefined }): { pid?: number; comm?: string } {
  return { ...(pid !== undefined && { pid }), ...(comm !== undefined && { comm: decodeText(comm) }) };
}

function panicStack({ kernel, panicCpu, panicTask, stacks, logLines }: Inspection): Pick<MachineFacts, 'stack'> {
  const stack = panicCpu === undefined ? undefined : stacks.onCpu(panicCpu);
  if (!stack || stack.frames.length === 0) return {};
  const logged = panicTask?.pid === undefined ? undefined : loggedTrace(logLines(), panicTask.pid);
  const names = stack.frames.map((frame) =>
    [kernel.symbols.at(lookupAddress(frame))?.name, kernel.symbols.at(frame.ip)?.name].filter((name) => name !== undefined),
  );
  const compared = logged && agreement(names, logged);
  return {
    stack: {
      frames: framesOf(kernel.symbols, stack),
      ...(compared && { agrees: compared.agrees }),
      ...(compared && !compared.agrees && { why: compared.why }),
    },
  };
}

/** `panic+0x2e9`, `xyz_write+0x45 [driver_xyz]`. */
function framesOf(symbols: Inspection['kernel']['symbols'], { frames }: Stack): string[] {
  return frames.map((frame) => {
    const at = lookupAddress(frame);
    const found = symbols.at(at);
    if (!found) return `0x${frame.ip.toString(16)}`;
    const module = found.module === undefined ? '' : ` [${found.module}]`;
    return `${found.name}+0x${(found.offset + Number(frame.ip - at)).toString(16)}${module}`;
  });
}

function cpuFacts({ stacks, kernel }: Inspection, cpu: number, task: Inspection['tasks']['all'][number]): MachineFacts['cpus'][number] {
  const frames = stacks.onCpu(cpu)?.frames ?? [];
  const functions = frames.flatMap((frame) => kernel.symbols.at(lookupAddress(frame))?.name ?? []);
  return { ...named(task), cpu, in: functions.slice(0, MAX_FUNCTIONS), idle: task.idleOf !== undefined };
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
