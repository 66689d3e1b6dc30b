// Rows go through ink as names: what comes out is the frame that went in, whatever is painted, frame after frame.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RowNames, Sheet } from '../../src/tui/sheet.ts';

const row = fc.constantFrom('', ' ', 'a', '1', 'z', '\x1b[1mbold\x1b[0m', '漢字', '│ a');
const frames = fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { maxLength: 8 });

test('every frame comes out as it went in', () => {
  fc.assert(
    fc.property(frames, (shown) => {
      const names = new RowNames();
      const drawn: (readonly string[])[] = [];
      const sheet = new Sheet(names, { columns: 60, rows: 15, draw: (rows) => void drawn.push(rows) });
      for (const frame of shown) sheet.write(frame.map((text) => names.of(text)).join('\n'));
      assert.equal(drawn, shown);
    }),
  );
});

test('a row keeps its name while it is shown, so that ink places it once', () => {
  const names = new RowNames();
  const [first, second] = [names.of('first'), names.of('second')];
  names.keep([first]);
  assert.is(names.of('first'), first);
  assert.is(names.row(second), '');
});

test('an empty frame, as ink writes when it ends, draws nothing', () => {
  const drawn: unknown[] = [];
  new Sheet(new RowNames(), { columns: 60, rows: 15, draw: (rows) => void drawn.push(rows) }).write('');
  assert.equal(drawn, []);
});

test.run();
