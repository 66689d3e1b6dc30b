const KEY_NAMES: Readonly<Record<string, string>> = {
  enter: '↵',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  esc: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  f1: 'F1',
  f2: 'F2',
};

/** Words for terminals that show only ASCII: a letter or an angle bracket is a key of its own. */
const WORDS: Readonly<Record<string, string>> = { enter: 'Enter', up: 'Up', down: 'Down', left: 'Left', right: 'Right' };

/** A key as it is written. */
export const keyName = (key: string, ascii = false): string =>
  (ascii ? WORDS[key] : undefined) ?? KEY_NAMES[key] ?? key.replace(/^ctrl-/, 'Ctrl-');
