// What a person expects of a golden log, in NAME.expect beside NAME.log. Written by hand only: `--update` refreshes what we say, never
// what is right. test/README.md has the format.
import { existsSync, readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';

const FIELDS = ['kind', 'title', 'culprit', 'victim'] as const;
type Field = (typeof FIELDS)[number];
/** Where we are known to be wrong: in a field; or an event is `missing` from our answer, or an `extra` one is in it. */
type Fault = Field | 'missing' | 'extra';

/** One event that a kernel engineer sees in the log. */
export interface Expected extends Readonly<Record<Field, string>> {
  /** What we get wrong → why. */
  readonly wrong: ReadonlyMap<Fault, string>;
}

export interface Expectations {
  /** Where the log is from, if the file says. */
  readonly origin?: string;
  readonly events: readonly Expected[];
}

const isFault = (name: string): name is Fault => (FIELDS as readonly string[]).includes(name) || name === 'missing' || name === 'extra';

function parseBlock(block: string): Expected {
  const said: { readonly [key: string]: string[] } = { KIND: [], TITLE: [], CULPRIT: [], VICTIM: [] };
  const wrong = new Map<Fault, string>();
  for (const line of block.split('\n')) {
    const [, key, value = ''] = /^(KIND|TITLE|CULPRIT|VICTIM|WRONG): (.+)$/.exec(line) ?? [];
    const [, fault = '', why = ''] = /^(\w+): (.+)$/.exec(value) ?? [];
    if (key === undefined) throw new Error(`not a line of an expectation: ${line}`);
    if (key !== 'WRONG') said[key]?.push(value);
    else if (isFault(fault)) wrong.set(fault, why);
    else throw new Error(`WRONG takes ${FIELDS.join(', ')}, missing or extra, and the reason: ${line}`);
  }
  const { KIND: [kind, ...kinds] = [], TITLE: [title, ...titles] = [], CULPRIT: [culprit, ...culprits] = [], VICTIM: victims = [] } = said;
  if (kind === undefined || title === undefined || culprit === undefined || [kinds, titles, culprits].some(({ length }) => length > 0))
    throw new Error(`KIND, TITLE and CULPRIT once each:\n${block}`);
  return { kind, title, culprit, victim: victims.join('\n'), wrong };
}

/** Reads the text of a NAME.expect. @throws when a line is not understood: a typo must not pass for "nothing expected" */
export function parseExpectations(text: string): Expectations {
  const [, origin, rest = ''] = /^(?:ORIGIN: (.+)\n\n)?([\s\S]*)$/.exec(text.trimEnd()) ?? [];
  return { ...(origin === undefined ? {} : { origin }), events: rest.split(/\n\n+/).map(parseBlock) };
}

const answer = (event: Event): Readonly<Record<Field, string>> => ({
  kind: event.kind,
  title: event.title,
  culprit: event.culprit?.symbol ?? '-',
  victim: (event.oom?.victims ?? []).map(({ pid, comm }) => `${pid} ${comm}`).join('\n'),
});

/** Where our answer is not what is expected, and where a WRONG has become right; empty when all is as the file says. */
export function complaints(expected: readonly Expected[], events: readonly Event[]): string[] {
  const found: string[] = [];
  const answers = events.map(answer);
  for (const one of expected) {
    const name = `${one.kind}, ${one.title}`;
    if (one.wrong.has('missing')) {
      if (answers.some(({ kind, title }) => kind === one.kind && title === one.title)) found.push(`is no longer missing: ${name}`);
      continue;
    }
    const got = answers.shift();
    if (got === undefined) found.push(`${one.wrong.has('extra') ? 'is no longer there' : 'no event'}: ${name}`);
    else
      for (const field of FIELDS) {
        if (one.wrong.has(field) && got[field] === one[field]) found.push(`${field} is right now, WRONG can go: ${name}`);
        if (!one.wrong.has(field) && got[field] !== one[field]) found.push(`${field}: expected ${one[field]}, got ${got[field]}`);
      }
  }
  return [...found, ...answers.map(({ kind, title }) => `not expected: ${kind}, ${title}`)];
}

/** Compares the events of a log with the NAME.expect beside it. A missing file fails. */
export function assertExpected(log: string, events: readonly Event[]): Expectations {
  const file = log.replace(/\.log$/, '.expect');
  assert.ok(existsSync(file), `${file} is missing: write by hand what is right (test/README.md); --update never does`);
  const expectations = parseExpectations(readFileSync(file, 'utf8'));
  assert.equal(complaints(expectations.events, events), [], file);
  return expectations;
}
