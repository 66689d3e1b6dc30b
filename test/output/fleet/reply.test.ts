import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Reply } from '../../../src/fleet/questions/reply.ts';
import { replyToJson, replyToNdjson } from '../../../src/output/fleet/reply-json.ts';
import { replyText } from '../../../src/output/fleet/reply-text.ts';
import { htmlReply } from '../../../src/output/report/html/reply.ts';
import { cells } from '../../../src/output/text/cells.ts';
import { plain } from '../../../src/output/text/theme.ts';
import { golden } from '../../support/golden.ts';

const reply: Reply = {
  question: 'about',
  title: 'WARNING in evil_\x1b[31m<script>_fn',
  groupedBy: 'what',
  columns: [
    { name: 'value', label: 'VALUE', as: 'text' },
    { name: 'inputs', label: 'INPUTS', as: 'count' },
    { name: 'title', label: 'SIGNATURE', as: 'title' },
    { name: 'signature', label: 'HASH', as: 'hash' },
    { name: 'last', label: 'LAST', as: 'time' },
    { name: 'share', label: 'SHARE', as: 'share', low: 'low', high: 'high' },
    { name: 'nothing', label: 'NOTHING', as: 'text' },
  ],
  rows: [
    {
      what: 'module',
      value: 'nvme\u202e',
      inputs: 12,
      title: 'BUG: unable to handle kernel NULL pointer dereference in a_function_with_quite_a_long_name',
      signature: 'dfaf579d00000000',
      last: '2026-11-22T23:30:00.000Z',
      share: 0.052,
      low: 0.031,
      high: 0.0861,
      nothing: null,
    },
    {
      what: 'module',
      value: '日本語',
      inputs: 0,
      title: '',
      signature: null,
      last: null,
      share: null,
      low: null,
      high: null,
      nothing: null,
    },
    {
      what: 'taint',
      value: ['O', 'E'],
      inputs: 1,
      title: '<b>"&',
      signature: 'x',
      last: '2026-11-22T00:00:00.000Z',
      share: 1,
      low: 0.2065,
      high: 1,
      nothing: null,
    },
  ],
  notes: ['three rows are no proof', 'hostile \u0007'],
  more: 7,
};
const time = { zone: 'utc' } as const;

test('text', () => {
  golden('output/fleet-reply-80.txt', replyText(reply, { width: 80, paint: plain, time }));
  for (const width of [40, 60, 100, 200])
    for (const line of replyText(reply, { width, paint: plain, time }).split('\n'))
      assert.ok(width < 100 || cells(line) <= width, `${width}: ${line}`);
});

test('nothing of a log gets through: not to a terminal, not to a page', () => {
  const text = replyText(reply, { width: 80, paint: plain, time });
  assert.not.match(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  const page = htmlReply(reply, { version: '0.1.0', store: '/var/<store>', time });
  assert.not.match(page, '<script');
  assert.not.match(page, '<b>"');
  assert.match(page, '&lt;b&gt;&quot;&amp;');
  assert.match(page, '/var/&lt;store&gt;');
  assert.not.match(page.replaceAll('\n', ''), /[\x00-\x1f\x7f-\x9f\u202e]/);
  for (const json of [replyToJson(reply), replyToNdjson(reply)]) assert.not.match(json, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

test('json has what is known, and null where it is not', () => {
  const told = JSON.parse(replyToJson(reply));
  assert.is(told.schemaVersion, 1);
  assert.is(told.more, 7);
  assert.is(told.rows[1].share, null);
  assert.is(replyToNdjson(reply).trimEnd().split('\n').length, 3);
  assert.equal(JSON.parse(replyToNdjson(reply).split('\n')[2]!).value, ['O', 'E']);
});

test('an answer without rows says so', () => {
  assert.match(replyText({ ...reply, rows: [], more: 0, groupedBy: undefined }, { width: 80, paint: plain, time }), '\nnothing\n');
});

test.run();
