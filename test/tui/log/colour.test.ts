// Colours of a message: they change no letter, search marks lie over them, quiet lines stay quiet.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { coloured, marked } from '../../../src/tui/log/colour.ts';

const REPORT = { base: undefined, report: true, start: true } as const;
const QUIET = { base: undefined, report: false, start: true } as const;
const said = (pieces: readonly { readonly text: string; readonly role?: string | undefined }[]): string =>
  pieces.map(({ text, role }) => (role === undefined ? text : `<${role} ${text}>`)).join('');

test('functions, modules, registers and numbers of a report stand out', () => {
  assert.is(
    said(coloured('RIP: 0010:fault_null+0x5/0x20 [driver_xyz]', REPORT)),
    '<title RIP:> 0010:<symbol fault_null+0x5/0x20> <module [driver_xyz]>',
  );
  assert.is(
    said(coloured('RAX: 0000000000000000 RBX: ffffffffc0311060', REPORT)),
    '<label RAX:> <dim 0000000000000000> <label RBX:> <number ffffffffc0311060>',
  );
  assert.is(said(coloured('x29: ffff800080003c40 x28: 0', REPORT)), '<label x29:> <number ffff800080003c40> x28: 0');
});

test('the first line of a report keeps the colour of its kind', () => {
  assert.is(
    said(coloured('BUG: bad at fault_null+0x5/0x20', { base: 'fatal', report: true, start: true })),
    '<fatal BUG: bad at fault_null+0x5/0x20>',
  );
});

test('where nothing is wrong only who speaks is told apart', () => {
  assert.is(said(coloured('EXT4-fs (sda1): mounted at 0xffff', QUIET)), '<label EXT4-fs (sda1):> mounted at 0xffff');
  assert.is(said(coloured('all is well [here] 00000000', QUIET)), 'all is well [here] 00000000');
});

test('no letter is lost or gained, whatever is searched for', () => {
  const piece = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'f', '0', 'x', '+', '/', ':', ' ', '[', ']', '(', '_', 'R') }),
    fc.constantFrom('do_it+0x5/0x20', ' [mod]', 'RAX: ', 'ffffffffc0311060', 'RIP: '),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), fc.string({ maxLength: 3 }), (pieces, report, query) => {
      const text = pieces.join('');
      const spans = marked(coloured(text, { base: undefined, report, start: true }), query);
      assert.is(spans.map((span) => span.text).join(''), text);
      if (query !== '' && query === query.toLowerCase()) {
        const hits = text.toLowerCase().split(query).length - 1;
        const letters = spans.filter(({ role }) => role === 'match').reduce((sum, span) => sum + span.text.length, 0);
        assert.is(letters, hits * query.length);
      }
    }),
  );
});

test('a search marks what goes over the edge of a colour', () => {
  assert.is(
    said(marked(coloured('at do_it+0x5/0x20 [mod]', REPORT), '0x20 [m')),
    'at <symbol do_it+0x5/><match 0x20><match  ><match [m><module od]>',
  );
});

test.run();
