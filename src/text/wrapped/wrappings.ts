import { MAIL } from '../mail/encoded-body.ts';
import { MARKUP } from './markup.ts';
import { headWithin, type OnLine, type Unwrapping, type Wrapping } from './wrapping.ts';

const WRAPPINGS: readonly Wrapping[] = [MAIL, MARKUP];

/** What a text was put into, the outermost first. */
export interface Wrapped {
  readonly wrappings: readonly Wrapping[];
  /** Its head, taken out of them. */
  readonly head: string;
}

/** What a text was put into, each at most once, by its first bytes. */
export function wrappingsOf(head: string): Wrapped {
  const wrappings: Wrapping[] = [];
  let within = head;
  for (;;) {
    const next = WRAPPINGS.find((each) => !wrappings.includes(each) && each.fits(within));
    if (next === undefined) return { wrappings, head: within };
    wrappings.push(next);
    within = headWithin(within, next);
  }
}

/** Takes lines out of all that they were put into. */
export function unwrapping(wrappings: readonly Wrapping[], onLine: OnLine): Unwrapping {
  const steps: Unwrapping[] = [];
  let next = onLine;
  for (const wrapping of [...wrappings].reverse()) {
    const step = wrapping.unwrap(next);
    steps.unshift(step);
    next = (s, start, end, lineNo) => step.line(s, start, end, lineNo);
  }
  return { line: next, end: (lineNo) => steps.forEach((step) => void step.end?.(lineNo)) };
}
