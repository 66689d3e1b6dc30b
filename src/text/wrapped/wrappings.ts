import { MAIL } from '../mail/encoded-body.ts';
import { BYTES } from './bytes.ts';
import { JSON_DOCUMENT } from './json-document.ts';
import { MARKUP } from './markup.ts';
import { PADDED } from './padded.ts';
import { RICH_TEXT } from './rich-text.ts';
import { TERMINAL } from './terminal.ts';
import { headWithin, type OnLine, type Unwrapping, type Wrapping } from './wrapping.ts';
import { YAML_RECORDS } from './yaml-records.ts';

const WRAPPINGS: readonly Wrapping[] = [BYTES, MAIL, MARKUP, RICH_TEXT, JSON_DOCUMENT, YAML_RECORDS, TERMINAL, PADDED];

/** A wrapping, asked of the head that it fits. */
type Unwrap = (onLine: OnLine) => Unwrapping;

/** What a text was put into, the outermost first. */
export interface Wrapped {
  readonly wrappings: readonly Unwrap[];
  /** Its head, taken out of them. */
  readonly head: string;
}

/** What a text was put into, each at most once, by its first bytes. */
export function wrappingsOf(head: string): Wrapped {
  const found = new Set<Wrapping>();
  const wrappings: Unwrap[] = [];
  let within = head;
  for (;;) {
    const outer = within;
    const next = WRAPPINGS.find((each) => !found.has(each) && each.fits(outer));
    if (next === undefined) return { wrappings, head: within };
    found.add(next);
    wrappings.push((onLine) => next.unwrap(onLine, outer));
    within = headWithin(outer, next);
  }
}

/** Takes lines out of all that they were put into. */
export function unwrapping(wrappings: readonly Unwrap[], onLine: OnLine): Unwrapping {
  const steps: Unwrapping[] = [];
  let next = onLine;
  for (const unwrap of [...wrappings].reverse()) {
    const step = unwrap(next);
    steps.unshift(step);
    next = (s, start, end, lineNo) => step.line(s, start, end, lineNo);
  }
  return { line: next, end: (lineNo) => steps.forEach((step) => void step.end?.(lineNo)) };
}
