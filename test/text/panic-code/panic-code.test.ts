import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mayHoldPanicCode } from '../../../src/text/panic-code/may-hold.ts';
import { panicCodesIn } from '../../../src/text/panic-code/panic-code.ts';
import { panicUrl } from '../../support/panic-code.ts';
import { oopsLog } from '../../support/sample-logs.ts';

const logs = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 600 });

for (const way of ['zl', 'z'] as const) {
  test(`${way}: the log that went in comes out, whatever its length`, () => {
    fc.assert(
      fc.property(logs, (log) => {
        const [code] = panicCodesIn(panicUrl(log, way));
        assert.is(code?.log, log);
        assert.not(code?.isCut);
      }),
      { numRuns: 300 },
    );
  });

  test(`${way}: release and architecture, and where the code stands`, () => {
    const url = panicUrl(oopsLog, way);
    const [code, ...more] = panicCodesIn(`the phone says ${url} and that is all`);
    assert.equal(more, []);
    assert.is(code?.architecture, 'x86_64');
    assert.is(code?.release, way === 'zl' ? '6.12.9-arch1-1' : '6.16.3');
    assert.equal([code?.start, code?.end], [15, 15 + url.length]);
  });

  test(`${way}: a code that is cut anywhere gives the beginning of its log`, () => {
    const url = panicUrl(oopsLog, way);
    const first = url.indexOf(`&${way}=`) + way.length + 2;
    fc.assert(
      fc.property(fc.integer({ min: first + 100, max: url.length - 40 }), (length) => {
        const [code] = panicCodesIn(url.slice(0, length));
        assert.ok(code?.isCut);
        assert.ok(code?.log === undefined || oopsLog.startsWith(code.log), `cut at ${length}`);
      }),
    );
  });

  test(`${way}: digits that no kernel writes are damage, not an error`, () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 400 }), (digits) => {
        for (const { log } of panicCodesIn(`?a=x86_64&v=6.12.0&${way}=${digits}`)) assert.ok(log === undefined || log.length < 1 << 20);
      }),
    );
  });
}

const wrapped = (text: string, width: number, mark: string): string =>
  text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(`\n${mark}`) ?? '';
for (const [what, disguise] of [
  ['without its host', (url: string) => url.slice(url.indexOf('?'))],
  ['without anything before its parameters', (url: string) => url.slice(url.indexOf('a=x86'))],
  ['wrapped by mail', (url: string) => wrapped(url, 72, '')],
  ['wrapped and quoted', (url: string) => `> ${wrapped(url, 72, '> ')}`],
  ['as quoted-printable', (url: string) => wrapped(url.replaceAll('=', '=3D'), 75, '').replaceAll('\n', '=\n')],
  ['in HTML', (url: string) => `<a href="${url.replaceAll('&', '&amp;')}">report</a>`],
] as const) {
  test(`a code ${what}`, () => {
    const text = `some words before\n${disguise(panicUrl(oopsLog, 'z'))}\nand after\n`;
    assert.ok(mayHoldPanicCode(text));
    assert.equal(
      panicCodesIn(text).map(({ log }) => log),
      [oopsLog],
    );
  });
}

test('other addresses are none', () => {
  assert.equal(panicCodesIn('https://example.org/?a=1&v=2&z=3 and GET /x?a=foo&v=bar&z=12'), []);
});

test.run();
