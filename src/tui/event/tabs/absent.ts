import { isKindOf } from '../../../event/kinds.ts';
import { span } from '../../line/line.ts';
import { type EventContext, fixed, type TabRows } from '../tab.ts';

/** A report of an oops has all its parts: a tab says which one is missing. Other kinds have only the tabs that they have something for. */
export const absent = ({ event }: EventContext, sentence: string): TabRows | undefined =>
  isKindOf(event.kind, 'oops') ? fixed([{ line: [' ', span(sentence, 'dim')] }]) : undefined;
