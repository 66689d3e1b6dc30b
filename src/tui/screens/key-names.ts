const KEY_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

/** Words for terminals that show only ASCII: a letter or an angle bracket is a key of its own. */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({ enter: 'Enter', up: 'Up', down: 'Down', left: 'Left', right: 'Right' }),
);

/** A key as it is written. */
export const keyName = (key: string, ascii = false): string =>
  (ascii ? WORDS.get(key) : undefined) ?? KEY_NAMES.get(key) ?? key.replace(/^ctrl-/, 'Ctrl-');
