import type { Event } from '../../event/event.ts';
import { oomSections } from '../oom/index.ts';
import { pad, wrap } from './cells.ts';
import type { TextOptions } from './event-table.ts';
import { facts } from './facts.ts';
import { printable } from './printable.ts';
import { eventRange, recordsList } from './records.ts';
import { codeSection, listSections, rawSection, registerSection, type Section, stackSections } from './sections.ts';
import { SEVERITY_WORDS } from './words.ts';

/** Cells of the column of labels. */
const LABEL = 10;

/**
 * One event in full for `--format text`: its title, what is known of it, then stacks, code, registers, locks and modules.
 * Lines fit the width but for raw records. Ends with an empty line.
 */
export function eventText(event: Event, options: TextOptions): string {
  const { paint, width } = options;
  const head = `${printable(event.id)}  ${SEVERITY_WORDS[event.severity]}  ${event.kind}`;
  const lines = [
    `${paint(event.severity, head)}  ${paint('muted', `records ${eventRange(event.records)}`)}`,
    ...wrap(printable(event.title), width).map((line) => paint('title', line)),
    ...facts(event, options.time).flatMap(({ label, text, guess, records }) =>
      wrap(`${text}${recordsList(records)}`, Math.max(20, width - LABEL - 4)).map(
        (line, i) => `  ${paint('label', pad(i === 0 ? label : '', LABEL))}  ${guess ? paint('guess', line) : line}`,
      ),
    ),
  ];
  const sections: Section[] = [
    ...oomSections(event, options),
    ...stackSections(event, options),
    ...codeSection(event, options),
    ...registerSection(event, options),
    ...listSections(event, options),
    ...rawSection(event),
  ];
  lines.push(...sectionLines(sections, options));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n\n`;
}

/** Sections under their titles, an empty line before each. */
export const sectionLines = (sections: readonly Section[], { paint }: TextOptions): string[] =>
  sections.flatMap(({ title, lines, records }) => [
    '',
    `  ${paint('label', title)}${paint('muted', recordsList(records))}`,
    ...lines.map((line) => `    ${line}`),
  ]);
