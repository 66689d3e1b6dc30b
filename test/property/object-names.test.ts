// Words that every object of JavaScript answers to, where a word of the input is looked up: `toString` is a name like any other.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SHARED } from '../../grammars/call-trace/lines.ts';
import { FAMILIES } from '../../grammars/families.ts';
import { INHERITED, OBJECT_NAMES } from '../../scripts/fuzz/object-names.ts';
import { TextReader } from '../../src/text/reader.ts';
import { eventsOf } from '../support/read-events.ts';
import { schemaErrors } from '../support/validate-event.ts';

/** A line with each of its words, in turn, called as what every object has. */
function renamed(line: string): string[] {
  const words = [...line.matchAll(/[A-Za-z_]\w*/g)];
  return words.map(({ 0: word, index }, i) => {
    const name = OBJECT_NAMES[i % OBJECT_NAMES.length] as string;
    return line.slice(0, index) + name + line.slice(index + word.length);
  });
}

function wrongIn(log: string): string[] {
  return eventsOf(log).flatMap((event) => {
    const [inherited] = INHERITED.exec(JSON.stringify(event)) ?? [];
    return [...schemaErrors(event), ...(inherited === undefined ? [] : [`${event.title}: ${inherited}`])];
  });
}

for (const { name, lines, also = [] } of [...FAMILIES, { name: 'shared', lines: SHARED }])
  test(`lines of ${name}`, () => {
    const openers = lines.filter(({ opens }) => opens !== undefined).flatMap(({ examples }) => examples.slice(0, 1));
    for (const { examples } of [...lines, ...also])
      for (const example of examples) {
        const [opener = 'BUG: KASAN: use-after-free in f+0x1/0x2'] = openers;
        const log = [opener, ...example.split('\n').flatMap(renamed)];
        assert.equal(wrongIn(`${log.join('\n')}\n`), [], example);
      }
  });

test('entities, zones and fields around a line', () => {
  for (const name of OBJECT_NAMES) {
    const lines = [
      `[    1.000000] a &lt;b&gt; &${name}; c`,
      `[Sun Nov 22 20:00:05 ${name} 2026] a`,
      `Sun, 22 Nov 2026 20:00:05 ${name} kernel: a`,
      JSON.stringify({ [name]: 'a', message: '[    1.000000] b' }),
      `{"__proto__":{"message":"x"},"${name}":{"a":"y"},"message":"[    1.000000] b"}`,
    ];
    for (const line of lines) {
      const reader = new TextReader({ name: 'log' });
      const records = [...reader.push(Buffer.from(`${line}\n`.repeat(20))), ...reader.end()];
      assert.is(records.length >= 20, true, line);
      assert.not.match(JSON.stringify(records), INHERITED);
      assert.is(
        records.every(({ usec }) => usec === undefined || Number.isFinite(usec)),
        true,
        line,
      );
    }
  }
});

test.run();
