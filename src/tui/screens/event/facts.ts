import { facts } from '../../../output/text/facts.ts';
import { type Line, span } from '../../line/line.ts';
import { oomFactLines } from './oom-facts.ts';
import type { EventContext } from './tab.ts';

/** What is known of an event, in a few lines above its tabs; guesses say so. */
export function factLines(context: EventContext, most: number): Line[] {
  if (context.event.oom !== undefined) return oomFactLines(context, most);
  return facts(context.event)
    .slice(0, most)
    .map(
      ({ label, text, guess }): Line => [
        ' ',
        span(label.padEnd(10), 'label'),
        ' ',
        span(text, guess ? 'guess' : undefined),
        ...(guess ? [span('  inferred', 'dim')] : []),
      ],
    );
}
