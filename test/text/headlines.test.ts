// Headlines of crashes in a text as it came: found wherever they stand in a line, however the text is cut, but not where a program quotes them.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Headlines } from '../../src/text/headlines.ts';

function found(text: string, size = text.length): readonly (readonly [number, string])[] {
  const headlines = new Headlines();
  let lines = 0;
  for (let at = 0; at < text.length; at += size) {
    const piece = text.slice(at, at + size);
    headlines.see(piece, lines);
    lines += piece.split('\n').length - 1;
  }
  headlines.end(lines);
  return headlines.found.map(({ lineNo, text }) => [lineNo, text]);
}

const PANIC = 'Kernel panic - not syncing: Fatal exception';
const HEALTHY = '[    1.000000] eth0: link up\n';

test('a headline in the middle of a line is found, in whatever pieces the text comes', () => {
  const text = `${HEALTHY}${HEALTHY}<td>${PANIC}</td>\n${HEALTHY}x: BUG: KASAN: use-after-free in f\n${HEALTHY}y Kill: ut of memory: Killed process`;
  const whole = found(text);
  assert.equal(whole, [
    [3, `<td>${PANIC}</td>`],
    [5, 'x: BUG: KASAN: use-after-free in f'],
    [7, 'y Kill: ut of memory: Killed process'],
  ]);
  for (const size of [1, 7, 40, 64, 100]) assert.equal(found(text, size), whole, `pieces of ${size}`);
});

test('of a line without end the headline is found too', () => {
  const [only, ...others] = found(`${'x'.repeat(300_000)} ${PANIC} ${'y'.repeat(300_000)}`, 65_536);
  assert.is(only?.[0], 1);
  assert.ok(only?.[1].includes(PANIC));
  assert.equal(others, []);
});

test('what a program says behind its tag is its own', () => {
  const quoted = [
    `Mar  4 10:00:00 db03 abrt-server[812]: ${PANIC}`,
    `2026-03-04T10:00:00+00:00 db03 kubelet: ${PANIC}`,
    `[   12.000000] systemd[1]: ${PANIC}`,
  ];
  assert.equal(found(quoted.join('\n')), []);
  assert.is(found(`Mar  4 10:00:00 db03 kernel: ${PANIC}`).length, 1);
});

test('of a text of headlines the first are kept', () => {
  assert.is(found(`${PANIC}\n`.repeat(1000)).length, 3);
});

test.run();
