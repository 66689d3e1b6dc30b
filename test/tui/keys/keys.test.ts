// The key table is the only source of keys: no key may mean two things, and what a terminal sends must become its names.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Key, KeyParser } from '../../../src/tui/keys/parse.ts';
import { bindingsOf, commandOf, KEYS, SCREENS } from '../../../src/tui/keys/table.ts';

test('one key has one meaning on a screen', () => {
  for (const screen of SCREENS) {
    const keys = bindingsOf(screen).flatMap((binding) => binding.keys);
    assert.equal(
      keys.filter((key, i) => keys.indexOf(key) !== i),
      [],
      screen,
    );
  }
});

test('every screen can be left, searched and explained', () => {
  for (const screen of SCREENS) {
    for (const [key, command] of [
      ['q', 'back'],
      ['esc', 'back'],
      ['/', 'search'],
      ['?', 'help'],
      ['ctrl-c', 'quit'],
    ] as const)
      assert.is(commandOf(screen, key), command);
  }
});

const names = (keys: readonly Key[]): string[] => keys.map((key) => (key.kind === 'key' ? key.name : key.action));

test('what terminals send becomes keys', () => {
  const sent: Record<string, string[]> = {
    'jG/': ['j', 'G', '/'],
    '\x1b[A\x1b[B\x1bOA': ['up', 'down', 'up'],
    '\x1b[1;5A\x1b[5~\x1b[6~': ['up', 'pageup', 'pagedown'],
    '\x1b[H\x1b[4~\x1b[Z': ['home', 'end', 'shift-tab'],
    '\x1bOP\x1b[12~\x1b[[A': ['f1', 'f2', 'f1'],
    '\r\t \x7f': ['enter', 'tab', 'space', 'backspace'],
    '\x03\x04\x1a': ['ctrl-c', 'ctrl-d', 'ctrl-z'],
    é漢: ['é', '漢'],
    '\x1b[<64;10;5M\x1b[<65;10;5M\x1b[<0;3;7M\x1b[<0;3;7m': ['wheel-up', 'wheel-down', 'click'],
  };
  for (const [bytes, keys] of Object.entries(sent)) assert.equal(names(new KeyParser().push(bytes)), keys, JSON.stringify(bytes));
});

test('a sequence may come in pieces; an escape alone is a key once nothing follows', () => {
  const parser = new KeyParser();
  assert.equal(names(parser.push('\x1b')), []);
  assert.ok(parser.pending);
  assert.equal(names(parser.push('[A')), ['up']);
  parser.push('\x1b');
  assert.equal(names(parser.flush()), ['esc']);
  assert.not(parser.pending);
});

test('no bytes make the parser throw or hold more than a sequence', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
      const parser = new KeyParser();
      for (const piece of pieces) for (const key of parser.push(piece)) assert.ok(key.kind === 'mouse' || key.name.length > 0);
      parser.flush();
      assert.not(parser.pending);
    }),
  );
});

test('every binding says what it does, in the room of the overlay', () => {
  for (const { does } of KEYS) assert.ok(does.length > 0 && does.length <= 31, does);
});

test.run();
