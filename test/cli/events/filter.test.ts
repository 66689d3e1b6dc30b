// --kind, --severity, --since, --until, --fail-on.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judge, parseKinds, parseSeverities, Undecided } from '../../../src/cli/events/filter.ts';
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
    usage(() => parseKinds('oopsy', 'fail-on'), new RegExp(`--fail-on takes.*families:.* ${family}\\b.*kinds:`));
  }
  usage(() => parseKinds('other', 'kind'), /not other/);
});

test('severities by name, and that or worse', () => {
  assert.equal([...parseSeverities('warning')!], ['warning']);
  assert.equal([...parseSeverities('warning+')!], ['fatal', 'error', 'warning']);
  assert.equal([...parseSeverities('fatal,info')!], ['fatal', 'info']);
  usage(() => parseSeverities('err'), /--severity.*err/);
});

const passes = (event: typeof fault, filter: Parameters<typeof judge>[1]): boolean => judge(event, filter) === 'passes';
const at = (iso: string): { wall: number } => ({ wall: Date.parse(iso) * 1000 });

test('a filter lets through what it names', () => {
  assert.ok(passes(fault, {}));
  assert.ok(passes(fault, { kinds: new Set(['null-dereference']) }));
  assert.not.ok(passes(oom, { kinds: new Set(['null-dereference']) }));
  assert.not.ok(passes(sysrq, { severities: new Set(['fatal']) }));
});

test('times: from then on, before then', () => {
  assert.ok(passes(fault, { since: { uptime: 8_450_111 } }));
  assert.not.ok(passes(fault, { until: { uptime: 8_450_111 } }));
  assert.ok(passes(fault, { since: at('2024-05-01T12:00:00Z') }));
});

test('an event that cannot be decided is shown, and counted', () => {
  assert.is(judge(oom, { since: { wall: 0 } }), 'undated');
  assert.is(judge(sysrq, { since: { uptime: 0 } }), 'undated');
  const local = { ...sysrq, wall: { time: '2026-11-22T20:00:00Z', source: 'syslog' as const, uncertaintySeconds: 14 * 3600 } };
  assert.is(judge(local, { since: at('2026-11-23T08:00:00Z') }), 'near');
  assert.is(judge(local, { since: at('2026-11-23T12:00:00Z') }), 'fails');
  assert.is(judge(local, { since: at('2026-11-23T08:00:00Z'), until: at('2026-11-20T00:00:00Z') }), 'fails', 'one bound is enough');
  assert.is(judge(local, { since: at('2026-11-22T19:00:00Z') }), 'passes');
  const undecided = new Undecided();
  assert.equal(
    (['passes', 'fails', 'undated', 'near', 'near'] as const).map((one) => undecided.see(one)),
    [true, false, true, true, true],
  );
  assert.equal(undecided.lines, [
    '1 event without such a time shown: --since and --until cannot tell',
    '2 events shown that may lie outside: their times are not sure enough for --since and --until',
  ]);
});

test.run();
