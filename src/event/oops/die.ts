import type { Line } from '../../../grammars/common/line.ts';
import { DIE_LINES, DIES } from '../../../grammars/oops/die-lines.ts';
import { POWERPC } from '../../../grammars/oops/powerpc-lines.ts';
import { RISC } from '../../../grammars/oops/risc-lines.ts';
import { type Facts, lineOf, type SaidFields, said, saidBy } from '../facts/facts.ts';
import { present, type SayableDetails } from '../facts/said.ts';

/** What die() said, and in which architecture's words. */
export interface Die extends SaidFields<typeof DIES.__die_header> {
  readonly row: Line;
}

/** The first line of die() in the report. */
export function dieOf(facts: Facts): Die | undefined {
  const node = lineOf(facts, ...DIE_LINES, RISC.die_if_kernel);
  return node === undefined ? undefined : { ...saidBy(facts, DIES.__die_header, node), row: node.row };
}

/** The boot's oops counter and the kernel's build options, as die() prints them; powerpc has a line of its own for the options. */
export function dieDetails(facts: Facts): SayableDetails | undefined {
  const die = dieOf(facts);
  if (die === undefined) return undefined;
  const options = die.options ?? said(facts, POWERPC.die_options)?.options;
  return present({ oopsCount: die.count, options: options?.map((list) => [...list]) });
}
