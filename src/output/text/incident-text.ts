import type { Event, Incident, NextStep, RawRecord } from '../../event/event.ts';
import { whenText } from '../summary/when.ts';
import { cut, wrap } from './cells.ts';
import type { TextOptions } from './event-table.ts';
import { printable } from './printable.ts';
import { eventRange } from './records.ts';
import type { TimeStyle } from './wall-time.ts';
import { SEVERITY_WORDS } from './words.ts';

export interface IncidentTextOptions extends TextOptions {
  readonly time: TimeStyle;
}

/** Open questions shown of one incident; JSON has all. */
const QUESTIONS = 4;
/** Steps shown of one incident. */
const STEPS = 10;

/** Id, severity, when and how long; then the verdict; then what is not proven. */
export function verdictLines(incident: Incident, events: ReadonlyMap<string, Event>, options: IncidentTextOptions): string[] {
  const { width, paint } = options;
  const indent = '    ';
  const lines = (text: string, first: string): string[] =>
    wrap(printable(text), width - first.length).map((line, i) => `${i === 0 ? first : ' '.repeat(first.length)}${line}`);
  const head = [incident.id, SEVERITY_WORDS[incident.severity], ...whenText(incident, events, options.time, true)];
  const rest = incident.notProven.length - QUESTIONS;
  return [
    ...wrap(printable(head.join('  ')), width).map((line) => paint(incident.severity, line)),
    ...lines(incident.verdict, indent).map((line) => paint('title', line)),
    ...incident.notProven.slice(0, QUESTIONS).flatMap((text) => lines(text, `${indent}not proven: `).map((line) => paint('guess', line))),
    ...(rest > 0 ? [`${indent}and ${rest} more open questions (lastkmsg incidents)`] : []),
  ];
}

/** The lines of the log that decide, cut to the width. */
export function excerptLines(event: Event, records: readonly RawRecord[], { width, paint }: TextOptions): string[] {
  if (records.length === 0) return [];
  return [
    paint('label', printable(`${event.id} in the log (records ${eventRange(event.records)}, in part)`)),
    ...records.map(({ time, text }) => {
      const stamp = time === undefined ? '' : `[${time.toFixed(6).padStart(12)}] `;
      return `  ${cut(`${stamp}${printable(text.split('\n')[0] ?? '')}`, width - 2)}`;
    }),
  ];
}

/** What stands before a command: the prompt of the tool that takes it. */
export const PROMPTS: Readonly<Record<NextStep['tool'], string>> = { crash: 'crash> ', drgn: '>>> ', gdb: '(gdb) ', shell: '$ ' };

/** A command behind its prompt; a shell takes a long one in several lines, broken between words alone: it is to be pasted. */
function typedLines(tool: NextStep['tool'], command: string, width: number): string[] {
  const prompt = `  ${PROMPTS[tool]}`;
  if (tool !== 'shell' || prompt.length + command.length <= width || /['"]/.test(command)) return [`${prompt}${command}`];
  const lines = [''];
  for (const word of command.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width - prompt.length - 2) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, i) => `${i === 0 ? prompt : ' '.repeat(prompt.length)}${line}${i < lines.length - 1 ? ' \\' : ''}`);
}

/**
 * Commands as they are typed, with their reasons: all beside, or all above them. Commands are never cut or wrapped: they are to be copied.
 * @param talks whether commands that leave no room for reasons have them above
 */
export function stepLines({ id, nextSteps }: Incident, { width, paint }: TextOptions, most = STEPS, talks = true): string[] {
  if (nextSteps.length === 0) return [];
  const rest = nextSteps.length - most;
  const steps = nextSteps.slice(0, most).map(({ tool, command, why }) => ({
    typed: command.split('\n').flatMap((line) => typedLines(tool, printable(line), width)),
    why: printable(why),
  }));
  const column = Math.max(...steps.flatMap(({ typed }) => typed.map((line) => line.length))) + 2;
  // nothing stands behind a backslash that ends a line
  const beside = steps.every(({ typed, why }) => column + why.length <= width && !typed[0]?.endsWith(' \\'));
  return [
    paint('label', printable(`Next steps for ${id}`)),
    ...steps.flatMap(({ typed, why }) =>
      !talks || beside
        ? typed.map((line, i) => (i === 0 && beside ? `${line.padEnd(column)}${paint('muted', why)}` : line))
        : [...wrap(why, width - 4).map((line) => `  ${paint('muted', `# ${line}`)}`), ...typed],
    ),
    ...(rest > 0 && talks ? [`  and ${rest} more: ${most < STEPS ? '--all' : 'lastkmsg incidents --format json'}`] : []),
  ];
}
