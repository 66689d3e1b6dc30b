import { archOfRegisters } from '../../decode/register-names.ts';
import type { Event } from '../../event/event.ts';
import { printable } from '../../output/text/printable.ts';
import { registerClasses } from '../../output/text/register-classes.ts';
import { type Line, span } from '../line/line.ts';
import { recordOf } from './record-of.ts';

/** What the registers that a record prints look like, in words: `R12 directmap? · RDI NULL`. */
export function registerWords(event: Event, seq: number): Line {
  const { registers } = event;
  if (registers === undefined) return [];
  const classes = registerClasses(event, registers, archOfRegisters(registers));
  return Object.keys(registers)
    .filter((name) => recordOf(event, `registers.${name}`) === seq)
    .flatMap((name) => {
      const found = classes.get(name);
      if (found === undefined) return [];
      const word = printable(`${found.text}${found.certain ? '' : '?'}${found.remark === undefined ? '' : `: ${found.remark}`}`);
      return [span(` ${printable(name)} `, 'label'), span(word, found.remark ? 'title' : found.certain ? undefined : 'guess'), '  '];
    });
}
