// The judge of golden answers: it must find what is wrong, and what is marked as wrong and is not.
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { complaints, parseExpectations } from './expectations.ts';
import { sample } from './sample-events.ts';

const [oops] = sample as readonly [Event];
const RIGHT = `KIND: ${oops.kind}\nTITLE: ${oops.title}\nCULPRIT: driver_xyz_process`;
const OTHER = RIGHT.replace('CULPRIT: driver_xyz_process', 'CULPRIT: other');
const judge = (text: string, ...events: readonly Event[]) => complaints(parseExpectations(text).events, events);

test('right is right; a wrong field, a missing and a surplus event are told', () => {
  assert.equal(judge(RIGHT, oops), []);
  assert.equal(judge(OTHER, oops), ['culprit: expected other, got driver_xyz_process']);
  assert.is(judge(RIGHT).length, 1);
  assert.is(judge(RIGHT, oops, oops).length, 1);
});

test('WRONG excuses its own field only, and only while it is wrong', () => {
  assert.equal(judge(`${OTHER}\nWRONG: culprit: why`, oops), []);
  assert.is(judge(`${OTHER}\nWRONG: title: why`, oops).length, 2, 'the title is right, the culprit is not excused');
  assert.is(judge(`${RIGHT}\nWRONG: culprit: why`, oops).length, 1, 'it is right now');
});

test('WRONG for whole events: missing ones are not there, extra ones are', () => {
  assert.equal(judge(`${RIGHT}\nWRONG: missing: why`), []);
  assert.is(judge(`${RIGHT}\nWRONG: missing: why\n\n${RIGHT.replace('KIND: ', 'KIND: x')}`, oops).length, 2);
  assert.equal(judge(`${RIGHT}\nWRONG: extra: why`, oops), []);
  assert.is(judge(`${RIGHT}\nWRONG: extra: why`).length, 1);
});

test('a line that says nothing is refused', () => {
  for (const text of [
    '',
    RIGHT.replace('KIND', 'kind'),
    `${RIGHT}\nWRONG: because`,
    `${RIGHT}\n${RIGHT}`,
    RIGHT.replace(/\nCULPRIT.*/, ''),
  ])
    assert.throws(() => parseExpectations(text), undefined, text);
});

test('no expectation and no answer without a log', () => {
  const stray = ['test/golden/events', 'test/golden/oom'].flatMap((dir) =>
    readdirSync(dir)
      .filter((file) => /\.(?:expect|json)$/.test(file) && !existsSync(`${dir}/${file.replace(/\.\w+$/, '.log')}`))
      .map((file) => `${dir}/${file}`),
  );
  assert.equal(stray, []);
});

test.run();
