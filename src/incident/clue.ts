import type { Event } from '../event/event.ts';
import { isKindOf } from '../event/kinds.ts';
import type { LogNotes } from '../record/log-notes.ts';
import type { Clue, Hint } from './rule.ts';
import { CLUES } from './rules/index.ts';

/** What records outside any report say about the report that began an incident, and the clue that found them. */
export function clueOf(event: Event, notes: LogNotes | undefined): { readonly clue: Clue; readonly hint: Hint } | undefined {
  if (notes === undefined) return undefined;
  for (const clue of CLUES) {
    const hint = isKindOf(event.kind, ...clue.of) ? clue.find(event, notes) : undefined;
    if (hint !== undefined) return { clue, hint };
  }
  return undefined;
}
