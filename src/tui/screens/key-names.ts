/** How keys are written. */
export const KEY_NAMES: Readonly<Record<string, string>> = {
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
