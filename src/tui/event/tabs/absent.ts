import { OOPSES } from '../../../incident/kind-groups.ts';
import { span } from '../../line/line.ts';
import { type EventContext, fixed, type TabRows } from '../tab.ts';

const ALWAYS: ReadonlySet<string> = new Set(OOPSES);

/** A report of an oops has all its parts: a tab says which one is missing. Other kinds have only the tabs that they have something for. */
export const absent = ({ event }: EventContext, sentence: string): TabRows | undefined =>
  ALWAYS.has(event.kind) ? fixed([{ line: [' ', span(sentence, 'dim')] }]) : undefined;
