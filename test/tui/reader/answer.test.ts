// The dashboard for screen readers: every fact by a number or a letter, in plain lines.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { answer, first, opening, type ReaderState } from '../../../src/tui/reader/answer.ts';
import { sourceOf, sourceOfLog } from '../../support/screens.ts';

const source = await sourceOf('samples/x86_64-5.10-two-ooms-then-oops/vmcore');
const ask = (line: string, state: ReaderState = first): readonly [string, ReaderState] => answer(source, state, line) ?? ['', state];

test('what it is, and how to ask', () => {
  assert.match(opening(source), /Kernel 5\.10\.0-46-amd64\. 547 records, 5 events, 4 incidents\./);
  assert.match(opening(source), /A number: that event in full/);
});

test('events by number, each in full', () => {
  assert.match(ask('e')[0], /^4\. error, oops: BUG: .*13\.635 after boot, incident I4$/m);
  assert.match(ask('4')[0], /culprit +fault_null\+0x5/);
  assert.match(ask('99')[0], 'There is no event 99: there are 5.');
});

test('incidents, the log from a record, a search, more of it', () => {
  assert.match(ask('i')[0], /I4 {2}F fatal/);
  const [log, state] = ask('l 498');
  assert.match(log, /^498, 13\.635672: BUG: kernel NULL/);
  assert.match(ask('m', state)[0], /^518, /);
  const [found] = ask('s CR2');
  assert.match(found, /CR2/);
  assert.match(ask('s no such text')[0], 'No record holds no such text.');
});

test('q ends, anything else explains', () => {
  assert.is(answer(source, first, 'q'), undefined);
  assert.match(ask('what?')[0], 'q: quit');
});

test('nothing of a log is executed', async () => {
  const log = await sourceOfLog('[    1.000000] BUG: evil \x1b]0;x\x07\n');
  for (const line of ['e', '1', 'i', 'l', 's evil'])
    assert.not.match((answer(log, first, line) ?? [''])[0], /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
});

test.run();
