// How wide text is on a terminal, and where it is cut: never inside what is shown as one character.
import fc from 'fast-check';
import stringWidth from 'string-width';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cells, characters, cut, pad, wrap } from '../../../src/output/text/cells.ts';

for (const [what, text, wide] of [
  ['ASCII', 'driver_xyz: ring 3', 18],
  ['lines, blocks, arrows, dashes', '│─█▏·→…–“”×', 11],
  ['Latin with accents', 'café', 4],
  ['an accent of its own', 'cafe\u0301', 4],
  ['Chinese', '漢字', 4],
  ['a rare ideograph', '𠀋', 2],
  ['Hangul, composed and in parts', '한\u1112\u1161\u11ab', 4],
  ['half-width katakana', 'ｱｲ', 2],
  ['emoji', '😀🔥', 4],
  ['emoji of the first plane', '✅⌚⚡⭐', 8],
  ['a sign that is an emoji by its selector', '⚠\ufe0f', 2],
  ['the same as text', '⚠', 1],
  ['a flag', '🇩🇪', 2],
  ['a colour of skin', '👍🏽', 2],
  ['a family', '👨\u200d👩\u200d👧', 2],
  ['a keycap', '1\ufe0f\u20e3', 2],
] as const)
  test(what, () => assert.is(cells(text), wide));

test('the short way for plain text gives the same answer', () => {
  for (let code = 0x20; code < 0x10000; code++) {
    // on both sides of a letter: what joins it would show
    const text = `${String.fromCharCode(code)}e${String.fromCharCode(code)}`;
    if (cells(text) !== stringWidth(text)) assert.unreachable(`U+${code.toString(16)}: ${cells(text)}, not ${stringWidth(text)}`);
  }
});

const unit = fc.constantFrom('a', ' ', '-', '…', 'é', 'e\u0301', '漢', '😀', '⚡', '⚠\ufe0f', '🇩🇪', '👍🏽', '👨\u200d👩\u200d👧');
const text = fc.array(unit).map((units) => units.join(''));
const width = fc.integer({ min: 0, max: 40 });

test('what is cut keeps to its cells, and no character falls apart', () => {
  fc.assert(
    fc.property(text, width, (a, n) => {
      const short = cut(a, n);
      assert.ok(cells(short) <= n);
      if (short === a || n === 0) return;
      const kept = characters(short).slice(0, -1);
      assert.equal(kept, characters(a).slice(0, kept.length));
    }),
  );
});

test('characters are all of the text, and as wide', () => {
  fc.assert(
    fc.property(text, (a) => {
      assert.is(characters(a).join(''), a);
      assert.is(
        characters(a).reduce((sum, character) => sum + cells(character), 0),
        cells(a),
      );
    }),
  );
});

test('what is wrapped keeps to its cells, and loses nothing but blanks', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (a, n) => {
      const lines = wrap(a, n);
      for (const line of lines) assert.ok(cells(line) <= n, JSON.stringify([line, n]));
      assert.is(lines.join('').replaceAll(' ', ''), a.replaceAll(' ', ''));
    }),
  );
  assert.is(cells(pad('漢', 5)), 5);
});

test.run();
