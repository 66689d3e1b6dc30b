// What programs say is no event of the kernel's, whatever words they use: in a journal, through /dev/kmsg, on a console.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FAMILIES } from '../../grammars/families.ts';
import { EventPipeline } from '../../src/read/events/pipeline.ts';
import { TextReader } from '../../src/text/reader.ts';
import { eventsOf } from '../support/read-events.ts';

const LINES = readFileSync('test/golden/daemons/lines.txt', 'utf8').trimEnd().split('\n');
const TAGGED = LINES.filter((line) => /^[\w./-]+\[\d+\]: /.test(line));
const inRing = (line: string, i: number): string => `[${String(100 + i).padStart(5)}.000000] ${line}\n`;

/** The events of a text whose form is found out. */
function titles(text: string): string[] {
  const reader = new TextReader({ name: 'x.log' });
  const pipeline = new EventPipeline({ source: 'x.log', raw: false });
  const events = [...pipeline.push(reader.push(Buffer.from(text))), ...pipeline.push(reader.end()), ...pipeline.end()];
  return events.map(({ title, records }) => `${records?.first}: ${title}`);
}

test('there are some hundreds of lines', () => assert.ok(LINES.length > 400));

test('through /dev/kmsg, each by itself and all together', () => {
  const alone = LINES.flatMap((line, i) => eventsOf(inRing(line, i)).map(({ title }) => `${line}: ${title}`));
  assert.equal(alone, []);
  const together = eventsOf(LINES.map(inRing).join(''));
  assert.equal(
    together.map(({ title }) => title),
    [],
  );
});

test('in a journal', () => {
  const kernel = 'Jan 01 10:00:00 host kernel: eth0: renamed from veth0\n';
  assert.equal(titles(kernel + TAGGED.map((line) => `Jan 01 10:00:01 host ${line}\n`).join('')), []);
});

test('on a console, bare between lines of the kernel', () => {
  assert.equal(titles(LINES.map((line, i) => `${inRing('eth0: renamed from veth0', i)}${line}\n`).join('')), []);
});

test('no opener counts behind the tag of a program', () => {
  for (const family of FAMILIES.filter(({ namesPrograms }) => !namesPrograms)) {
    const literals = family.lines.flatMap((line) => line.opens ?? []).flatMap((o) => (o.at === 'message' ? o.literals : []));
    for (const literal of literals)
      assert.equal(eventsOf(inRing(`exampled[4711]: ${literal} of the peer; retrying in 5 s`, 0)), [], literal);
  }
});

test.run();
