import { FAMILIES, KINDS, SEVERITIES } from '../../event/kinds.ts';
import { msOf } from '../times.ts';
import { ANSWER_SCHEMA } from './answer.ts';
import { ANSWER_STATUSES } from './statuses.ts';

/** Why a value is not of a kind, or undefined. */
type Check = (value: unknown) => string | undefined;

/** Characters of a text, items of a list: more than `answerOf` makes, less than what hurts. */
const MOST_TEXT = 4096;
const MOST_ITEMS = 4096;

const text: Check = (value) => (typeof value === 'string' && value.length <= MOST_TEXT ? undefined : 'is no text');
const time: Check = (value) => (typeof value === 'string' && value.length <= 40 && msOf(value) !== undefined ? undefined : 'is no time');
const number: Check = (value) => (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? undefined : 'is no number');
const truth: Check = (value) => (typeof value === 'boolean' ? undefined : 'is neither true nor false');
const id: Check = (value) => (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? undefined : 'is no SHA-256');
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value) ? undefined : `is none of ${words.slice(0, 4).join(', ')}…`;
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);

const list =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value) || value.length > MOST_ITEMS) return 'is no list, or too long';
    for (const item of value) {
      const why = check(item);
      if (why !== undefined) return `has an item that ${why}`;
    }
    return undefined;
  };

const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return 'is no object';
    for (const [name, check] of Object.entries(fields)) {
      const why = check((value as Readonly<Record<string, unknown>>)[name]);
      if (why !== undefined) return `has ${name}, which ${why}`;
    }
    return undefined;
  };

const when = maybe(object({ time, source: text }));
const identity = { kind: oneOf(KINDS), family: oneOf(FAMILIES), title: text, signature: text, culprit: maybe(text) };
const incident = {
  ...identity,
  incident: text,
  headline: text,
  verdict: text,
  inferred: truth,
  confidence: maybe(text),
  severity: oneOf(SEVERITIES),
  when,
};
const event = {
  ...identity,
  event: text,
  severity: oneOf(SEVERITIES),
  boot: number,
  uptime: maybe(number),
  when,
  count: number,
  comm: maybe(text),
};

const answer = object({
  schema: (value) => (value === ANSWER_SCHEMA ? undefined : `is not ${ANSWER_SCHEMA}: of another lastkmsg`),
  id,
  input: text,
  readAt: time,
  version: text,
  status: oneOf(ANSWER_STATUSES),
  reason: maybe(text),
  losses: list(text),
  form: maybe(text),
  host: maybe(text),
  when,
  release: maybe(text),
  releases: list(text),
  arch: maybe(text),
  model: maybe(text),
  firmware: maybe(text),
  taint: list(text),
  modules: list(object({ name: text, taint: maybe(text) })),
  records: number,
  incidents: list(object(incident)),
  events: list(object(event)),
  omitted: number,
});

/**
 * Why a value that came from elsewhere is no answer, in one line; undefined of one. By hand, for zod is not loaded at run time; fields that
 * a newer lastkmsg added are let pass.
 */
export function answerProblem(value: unknown): string | undefined {
  const why = answer(value);
  return why === undefined ? undefined : `no answer: it ${why}`;
}
