import { cells } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { between, cutMiddle, cutRight, type Line, span, widthOf } from '../line/line.ts';
import { oomFactLines } from '../oom/facts.ts';
import { linesOf, MIDDLING, TALL } from '../screens/layout.ts';
import { when } from './facts/common.ts';
import { type Fact, type Part, partsLine } from './facts/fact.ts';
import { factsOf } from './facts/kinds.ts';
import type { EventContext } from './tab.ts';

/** Cells of the labels. */
const LABEL = 8;
const INFERRED = ' inferred';

/** Rows of facts on a low, a middling and a tall terminal: the tables of an OOM need the room more. */
const ROWS = { oom: [2, 4, 5], others: [2, 5, 6] } as const;

/** What is known of an event, in a few lines above its tabs, the most needed first; guesses say so. */
export function factLines(context: EventContext): Line[] {
  const { event, view, width } = context;
  const lines = linesOf(view.size);
  const most = ROWS[event.oom === undefined ? 'others' : 'oom'][lines >= TALL ? 2 : lines >= MIDDLING ? 1 : 0];
  if (event.oom !== undefined) return oomFactLines(context, most);
  return [...factsOf(event.kind), when]
    .flatMap((factOf) => factOf(context) ?? [])
    .slice(0, most)
    .map((fact) => factLine(fact, width));
}

function factLine({ label, parts, guess, name }: Fact, width: number): Line {
  const head = [' ', span(label.padEnd(LABEL), 'label'), ' '];
  const room = width - LABEL - 2 - (guess ? cells(INFERRED) : 0);
  const line = [...head, ...fitting(parts.filter((part): part is Part => !!part).map(shown), room, guess, name)];
  return guess ? between(line, [span(INFERRED, 'dim')], width) : line;
}

const shown = (part: Part): Part => (typeof part === 'string' ? printable(part) : { ...part, text: printable(part.text) });

/** A part that is cut to less says nothing. */
const LEAST = 20;

/** Parts from the front as long as they fit; the first that does not is cut, where enough of it is left. */
function fitting(parts: readonly Part[], room: number, guess: boolean | undefined, name: boolean | undefined): Line {
  const role = guess ? 'guess' : undefined;
  let n = 0;
  while (n < parts.length && widthOf(partsLine(parts.slice(0, n + 1), role)) <= room) n++;
  const fit = parts.slice(0, n);
  const next = parts[n];
  const left = room - widthOf(partsLine([...fit, ''], role));
  if (next === undefined || (n > 0 && left < LEAST)) return partsLine(fit, role);
  const text = typeof next === 'string' ? next : next.text;
  const cut = name && n === 0 ? cutMiddle(text, left) : cutRight(text, left, name ? '…' : '»');
  return partsLine([...fit, typeof next === 'string' ? cut : { ...next, text: cut }], role);
}
