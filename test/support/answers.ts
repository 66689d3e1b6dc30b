import { createHash } from 'node:crypto';
import type { Answer, AnswerIncident } from '../../src/fleet/answer/answer.ts';
import { answerWithout } from '../../src/fleet/answer/answer-of.ts';

export const idOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An answer with one incident and one event, but for what is said otherwise. */
export function answerLike(name: string, said: Partial<Answer> & { readonly title?: string } = {}): Answer {
  const { title = 'BUG: unable to handle kernel NULL pointer dereference in fault_null', ...facts } = said;
  const identity = { kind: 'null-dereference', family: 'oops', title, signature: idOf(title).slice(0, 16) } as const;
  const incident: AnswerIncident = {
    ...identity,
    incident: 'I1',
    headline: title,
    verdict: `${title}, and the kernel stopped`,
    inferred: false,
    severity: 'fatal',
  };
  return {
    ...answerWithout({ id: idOf(name), input: name, readAt: '2026-11-22T20:00:00.000Z', version: '0.1.0' }, 'unreadable', ''),
    status: 'ok',
    reason: undefined,
    host: `host-${name}`,
    when: { time: '2026-11-22T19:00:00.000Z', source: 'crashtime' },
    release: '6.1.0-28-amd64',
    releases: ['6.1.0-28-amd64'],
    arch: 'x86_64',
    records: 100,
    incidents: [incident],
    events: [{ ...identity, event: 'E1', severity: 'error', boot: 0, uptime: 12.5, count: 1 }],
    ...facts,
  };
}
