// The logs of samples/ in every disguise: what passes a log on must not hide what it says (issue 12). scripts/disguises.mjs does the same
// with the consoles of the corpus.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf, lost } from '../../support/disguised-events.ts';
import { DISGUISES, MORE_DISGUISES } from '../../support/disguises.ts';

const logs = readdirSync('samples')
  .filter((name) => name !== 'README.md')
  .map((name) => ({
    name,
    lines: readFileSync(join('samples', name, 'dmesg.txt'), 'utf8')
      .replace(/\n$/, '')
      .split('\n'),
  }))
  .map((log) => ({ ...log, events: eventsOf(log.lines) }))
  .filter(({ events }) => events.length > 0);

test('there are samples with events', () => assert.ok(logs.length >= 3));

for (const { name, apply, destroys } of [...DISGUISES, ...MORE_DISGUISES]) {
  test(name, () => {
    const wrong = logs
      .map((log) => ({ log: log.name, ...lost(log.events, eventsOf(apply(log.lines))) }))
      .filter(({ missing, extra }) => missing.length + extra.length > 0);
    // what destroys something may cost a fact of one log
    assert.ok(wrong.length <= (destroys === undefined ? 0 : 1), JSON.stringify(wrong));
  });
}

test.run();
