// The strip over time: gaps are squeezed, boots stand side by side, and every record is counted once.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Axis, type Window } from '../../../src/tui/data/axis.ts';
import { Source } from '../../../src/tui/data/source.ts';
import { stripOf } from '../../../src/tui/data/strip.ts';
import { stepWindow } from '../../../src/tui/data/window.ts';
import { sourceOf } from '../../support/screens.ts';

const WHOLE: Window = [0, 1];

function logAt(times: readonly (number | undefined)[]): Source {
  const source = new Source('a.log');
  const records = times.map((time, i) => ({ seq: i + 1, usec: time === undefined ? undefined : Math.round(time * 1e6), text: 'x' }));
  source.take({ kind: 'records', records });
  return source;
}

test('every timed record is in one column, whatever the times are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 10, max: 200 }),
      (times, width) => {
        const source = logAt(times);
        const { all } = stripOf(source, new Axis(source), width, WHOLE);
        assert.is(all.length, width);
        assert.is(
          all.reduce((sum, n) => sum + n, 0),
          times.length,
        );
      },
    ),
    // the parts of this axis add up to a bit more than 1
    { examples: [[[0, 0.0000065, 4095.9999935, 0, 5e-7], 10]] },
  );
});

test('eighteen quiet days take no room', () => {
  const boot = Array.from({ length: 100 }, (_, i) => i / 10);
  const crash = Array.from({ length: 100 }, (_, i) => 18 * 86_400 + i / 10);
  const source = logAt([...boot, ...crash]);
  const axis = new Axis(source);
  assert.is(axis.stretches.length, 2);
  assert.ok(axis.place(199) - axis.place(100) > 0.4);
});

test('a clock that begins anew is another boot', () => {
  const boot = Array.from({ length: 50 }, (_, i) => i);
  assert.is(new Axis(logAt([...boot, ...boot])).stretches.length, 2);
});

test('events fill the strip: the noise of a boot is squeezed', async () => {
  const source = await sourceOf('samples/x86_64-5.10-two-ooms-then-oops/vmcore');
  const axis = new Axis(source);
  const quiet = axis.stretches.filter(({ events }) => events === undefined).reduce((sum, { weight }) => sum + weight, 0);
  assert.ok(quiet < 0.16, `${quiet} of the axis is quiet`);
  const places = source.events.map(({ records }) => axis.place(source.records.rowOf(records.first)));
  assert.equal(
    [...places].sort((a, b) => a - b),
    places,
  );
  const { columns, events } = stripOf(source, axis, 80, WHOLE);
  assert.is(new Set(columns.values()).size, source.events.length, 'each event has a column of its own');
  assert.is(events.filter((event) => event !== undefined).length, source.events.length);
});

test('a log without times lies on its record numbers', () => {
  const source = logAt(new Array(10).fill(undefined));
  const axis = new Axis(source);
  assert.is(axis.clock, undefined);
  assert.equal(
    stripOf(source, axis, 10, WHOLE).all.reduce((sum, n) => sum + n, 0),
    10,
  );
});

test('a window stays within the log, however it is zoomed and panned', () => {
  const steps = fc.array(fc.constantFrom('zoom-in', 'zoom-out', 'pan-left', 'pan-right'), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), (commands, at) => {
      let window = WHOLE;
      for (const command of commands) window = stepWindow(window, command, at);
      assert.ok(window[0] >= 0 && window[1] <= 1.0000001 && window[1] > window[0]);
    }),
  );
});

test.run();
