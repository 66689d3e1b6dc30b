// --kind, --severity, --since, --until, --fail-on.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseKinds, parseSeverities, passes } from '../../../src/cli/events/filter.ts';
import { UsageError } from '../../../src/cli/exit.ts';
import type { Kind } from '../../../src/event/event.ts';
import { familyOf } from '../../../src/event/kinds.ts';
import { sample } from '../../support/sample-events.ts';

const [fault, oom, sysrq] = sample as [(typeof sample)[number], (typeof sample)[number], (typeof sample)[number]];
const usage = (run: () => unknown, words: RegExp) =>
  assert.throws(run, (error: unknown) => error instanceof UsageError && words.test(error.message));

test('kinds by name, and crash for all crash kinds', () => {
  assert.equal([...parseKinds('panic, oom-kill', 'kind')!], ['panic', 'oom-kill']);
  const crash = parseKinds('crash', 'fail-on')!;
  assert.ok(crash.has('panic') && crash.has('resource-leak'));
  assert.not.ok(crash.has('sysrq') || crash.has('block-error'));
  assert.is(parseKinds(undefined, 'kind'), undefined);
  usage(() => parseKinds('panick', 'kind'), /--kind.*panick/);
  usage(() => parseKinds('', 'fail-on'), /--fail-on/);
});

test("kinds by family, the words of the fleet's table", () => {
  assert.equal([...parseKinds('oom,lock', 'kind')!].sort(), [
    'atomic-context',
    'lockdep',
    'memcg-oom',
    'oom-kill',
    'page-allocation-failure',
    'rcu-usage',
    'spinlock-debug',
  ]);
  for (const family of ['oops', 'panic', 'hung', 'oom', 'corrupt', 'lock', 'warn', 'hw'] as const) {
    const kinds = [...parseKinds(family, 'fail-on')!];
    assert.ok(kinds.length > 0, family);
    assert.ok(
      kinds.every((kind) => familyOf(kind as Kind) === family),
      family,
    );
    usage(() => parseKinds('oopsy', 'fail-on'), new RegExp(`--fail-on takes.*Families:.* ${family}\\b.*Kinds:`));
  }
  usage(() => parseKinds('other', 'kind'), /not other/);
});

test('severities by name, and that or worse', () => {
  assert.equal([...parseSeverities('warning')!], ['warning']);
  assert.equal([...parseSeverities('warning+')!], ['fatal', 'error', 'warning']);
  assert.equal([...parseSeverities('fatal,info')!], ['fatal', 'info']);
  usage(() => parseSeverities('err'), /--severity.*err/);
});

test('a filter lets through what it names', () => {
  assert.ok(passes(fault, {}));
  assert.ok(passes(fault, { kinds: new Set(['null-dereference']) }));
  assert.not.ok(passes(oom, { kinds: new Set(['null-dereference']) }));
  assert.not.ok(passes(sysrq, { severities: new Set(['fatal']) }));
});

test('times: from then on, before then; an event without such a time passes no bound', () => {
  assert.ok(passes(fault, { since: { uptime: 8_450_111 } }));
  assert.not.ok(passes(fault, { until: { uptime: 8_450_111 } }));
  assert.ok(passes(fault, { since: { wall: Date.parse('2024-05-01T12:00:00Z') * 1000 } }));
  assert.not.ok(passes(oom, { since: { wall: 0 } }), 'no wall time');
  assert.not.ok(passes(sysrq, { since: { uptime: 0 } }), 'no time at all');
});

test.run();
