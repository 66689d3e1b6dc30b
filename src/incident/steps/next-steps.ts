import type { Event, NextStep } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import type { Group } from '../group.ts';
import type { Surroundings } from '../surroundings.ts';
import { isAnswered } from './answered.ts';
import { contextOf, type StepRule } from './context.ts';
import { CRASH_STEPS } from './crash.ts';
import { DRGN_STEPS, GDB_STEPS, SHELL_STEPS } from './others.ts';

/** Steps of one incident at most. */
const MOST = 16;

/**
 * What to type next, with this incident's pid, symbol, module, address and build id filled in. crash and drgn need a dump: they are
 * named for a dump, and for a log that ends in a crash, of which kdump may have kept one. What the dump's memory has answered already is left out.
 */
export function nextSteps({ events }: Group, terminal: Event, around: Surroundings): NextStep[] {
  const context = contextOf(events, terminal, around);
  const hasDump = around.isDump === true || terminal.severity === 'fatal';
  const tables: readonly (readonly StepRule[])[] = hasDump ? [CRASH_STEPS, DRGN_STEPS, GDB_STEPS, SHELL_STEPS] : [GDB_STEPS, SHELL_STEPS];
  const steps = new Map<string, NextStep>();
  for (const { kinds, steps: make } of tables.flat()) {
    if (kinds !== undefined && !isKindOf(context.first.kind, ...kinds)) continue;
    for (const each of make(context))
      if (each !== undefined && !steps.has(`${each.tool} ${each.command}`)) steps.set(`${each.tool} ${each.command}`, each);
  }
  return [...steps.values()].filter((each) => !isAnswered(each, around.machine)).slice(0, MOST);
}
