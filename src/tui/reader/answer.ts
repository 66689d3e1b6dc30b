import { allClearSentence } from '../../output/text/all-clear.ts';
import { eventText } from '../../output/text/event-text.ts';
import { verdictLines } from '../../output/text/incident-text.ts';
import { printable } from '../../output/text/printable.ts';
import { plain } from '../../output/text/theme.ts';
import { uptimeText } from '../../output/text/uptime.ts';
import { bytePattern } from '../data/scan.ts';
import type { Source } from '../data/source.ts';
import { count } from '../line/numbers.ts';
import { lookOf } from '../theme/looks.ts';

/** What the reader was told last: where `m` goes on. */
export interface ReaderState {
  readonly list: 'events' | 'log' | 'found';
  /** The next event, or the next row of the log. */
  readonly next: number;
  /** What was searched for. */
  readonly query: string;
}

/** Lines told at once. */
const PAGE = 20;
const WIDTH = 100;
const HELP = [
  'A number: that event in full. e: the events. i: the incidents. l and a record number: the log from there.',
  's and a text: records that hold it. m: more of the last list. h: this. q: quit.',
];

export const first: ReaderState = { list: 'events', next: 0, query: '' };

/** What is told before the first prompt. */
export function opening(source: Source): string {
  const { info, events, incidents, records } = source;
  if (source.status === 'failed') return `${printable(source.failure ?? 'it cannot be read')}\n`;
  const kernel = info?.kernel?.release ?? events.find((event) => event.kernel?.release)?.kernel?.release;
  const parts = [
    `${printable(source.name)}.`,
    kernel === undefined ? '' : `Kernel ${printable(kernel)}.`,
    `${count(records.records)} records, ${count(events.length)} events, ${count(incidents.length)} incidents.`,
    ...source.losses.map((line) => `${printable(line)}.`),
  ];
  return `${parts.filter(Boolean).join(' ')}\n${HELP.join('\n')}\n`;
}

/** The answer to a line, as plain sentences and lists: nothing is drawn or redrawn. @returns undefined to quit */
export function answer(source: Source, state: ReaderState, line: string): readonly [text: string, next: ReaderState] | undefined {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*?)\s*$/.exec(line) ?? [];
  if (/^\d+$/.test(word)) return [event(source, Number(word)), state];
  switch (word.toLowerCase()) {
    case 'q':
    case 'quit':
      return undefined;
    case 'e':
      return events(source, 0);
    case 'i':
      return [incidents(source), state];
    case 'l': {
      const row = rest === '' ? Math.max(0, source.records.count - PAGE) : source.records.rowOf(Number(rest));
      return row < 0 ? [`There is no record ${printable(rest)}.\n`, state] : log(source, row);
    }
    case 's':
      return rest === '' ? ['s needs a text to look for.\n', state] : found(source, rest, 0);
    case 'm':
    case '':
      if (state.list === 'events') return events(source, state.next);
      return state.list === 'log' ? log(source, state.next) : found(source, state.query, state.next);
    default:
      return [`${HELP.join('\n')}\n`, state];
  }
}

const told = (lines: readonly string[], end: string): string => `${[...lines, end].join('\n')}\n`;

function events(source: Source, from: number): [string, ReaderState] {
  const page = source.events.slice(from, from + PAGE);
  const lines = page.map((each, i) => {
    const time = each.uptime === undefined ? '' : `, ${uptimeText(each.uptime, 3)} after boot`;
    const incident = source.incidentOf(each.id)?.id;
    return `${from + i + 1}. ${each.severity}, ${lookOf(each).word}: ${printable(each.title)}${time}${incident ? `, incident ${incident}` : ''}`;
  });
  const left = source.events.length - from - page.length;
  const end = left > 0 ? `${count(left)} more: m.` : source.events.length === 0 ? allClearSentence(source.info) : 'No more events.';
  return [told(lines, end), { list: 'events', next: from + page.length, query: '' }];
}

function event(source: Source, number: number): string {
  const found = source.events[number - 1];
  return found === undefined
    ? `There is no event ${number}: there are ${source.events.length}.\n`
    : eventText(found, { width: WIDTH, paint: plain });
}

function incidents(source: Source): string {
  const byId = new Map(source.events.map((each) => [each.id, each] as const));
  const options = { width: WIDTH, paint: plain, time: { zone: 'utc' } } as const;
  const lines = source.incidents.slice(0, 3 * PAGE).flatMap((incident) => [...verdictLines(incident, byId, options), '']);
  return lines.length === 0 ? 'No incidents.\n' : `${lines.join('\n')}\n`;
}

function record({ records }: Source, row: number): string {
  const time = records.time(row);
  return `${records.seq(row)}${time === undefined ? '' : `, ${time.toFixed(6)}`}: ${printable(records.text(row))}`;
}

function log(source: Source, from: number): [string, ReaderState] {
  const to = Math.min(source.records.count, from + PAGE);
  const lines = Array.from({ length: to - from }, (_, i) => record(source, from + i));
  return [told(lines, to < source.records.count ? 'More: m.' : 'The end of the log.'), { list: 'log', next: to, query: '' }];
}

function found(source: Source, query: string, from: number): [string, ReaderState] {
  const re = bytePattern(query);
  const lines: string[] = [];
  let row = from;
  for (; row < source.records.count && lines.length < PAGE; row++) if (re.test(source.records.text(row))) lines.push(record(source, row));
  const end =
    row < source.records.count ? 'More: m.' : lines.length === 0 && from === 0 ? `No record holds ${printable(query)}.` : 'No more.';
  return [told(lines, end), { list: 'found', next: row, query }];
}
