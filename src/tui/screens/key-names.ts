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

/** A key as it is written. */
export const keyName = (key: string): string => KEY_NAMES[key] ?? key.replace(/^ctrl-/, 'Ctrl-');
