import type { Event, NextStep } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import type { Group } from '../group.ts';
import type { Surroundings } from '../surroundings.ts';
import { isAnswered } from './answered.ts';
import { contextOf, type StepContext, type StepRule } from './context.ts';
import { CRASH_STEPS } from './crash.ts';
import { DEVICE_STEPS } from './devices.ts';
import { INSPECT_STEPS } from './inspect.ts';
import { MEMORY_STEPS } from './memory.ts';
import { DRGN_STEPS, GDB_STEPS, NEEDED_STEPS, SHELL_STEPS } from './others.ts';

/** Steps of one incident at most. */
const MOST = 16;

/**
 * What to type next, with this incident's pid, symbol, module, address, file and build id filled in; what needs no debuginfo first. crash and
 * drgn need a dump: they are named for a dump, and for a log that ends in a crash, of which kdump may have kept one. What the dump's memory
 * has answered already is left out.
 */
export function nextSteps({ events }: Group, terminal: Event, around: Surroundings): NextStep[] {
  const context = contextOf(events, terminal, around);
  const steps = new Map<string, NextStep>();
  for (const { kinds, when, steps: make } of tablesOf(context).flat()) {
    if ((kinds !== undefined && !isKindOf(context.first.kind, ...kinds)) || when?.(context) === false) continue;
    for (const each of make(context))
      if (each !== undefined && !steps.has(`${each.tool} ${each.command}`)) steps.set(`${each.tool} ${each.command}`, each);
  }
  return [...steps.values()].filter((each) => !isAnswered(each, around.machine)).slice(0, MOST);
}

/** A machine that lived on is asked first, so is one whose limit or hardware is the matter; of a crash, the dump is. */
function tablesOf({ first, terminal, around }: StepContext): readonly (readonly StepRule[])[] {
  const isFatal = terminal.severity === 'fatal';
  const machine = [MEMORY_STEPS, DEVICE_STEPS];
  const debugged = around.isDump === true || isFatal ? [CRASH_STEPS, DRGN_STEPS, GDB_STEPS] : [GDB_STEPS];
  if (!isFatal || isKindOf(first.kind, 'memcg-oom', 'hw')) return [...machine, INSPECT_STEPS, NEEDED_STEPS, SHELL_STEPS, ...debugged];
  return [INSPECT_STEPS, NEEDED_STEPS, ...debugged, SHELL_STEPS, ...machine];
}
