import type { Event } from '../../event/event.ts';
import { block } from '../../output/report/markdown-escape.ts';
import { eventText } from '../../output/text/event-text.ts';
import { plain } from '../../output/text/theme.ts';

/** One event as Markdown: its full text as a block of code. */
export const eventMarkdown = (event: Event): string => `${block(eventText(event, { width: 100, paint: plain }).trimEnd())}\n`;
