/** The screens that keys act on. @tested */
export const SCREENS = ['fleet', 'timeline', 'event', 'log', 'machine'] as const;
export type ScreenName = (typeof SCREENS)[number];

/** One thing a user can do. The handlers, the `?` overlay, the footer and the README's table all come from {@link KEYS}. */
export interface Binding {
  /** As the parser of keys names them. */
  readonly keys: readonly string[];
  readonly command: string;
  /** Screens on which the keys mean this. */
  readonly on: readonly ScreenName[];
  /** What it does, for the overlay and the README. */
  readonly does: string;
  /** Word of the footer; without one it is only in the overlay. */
  readonly hint?: string | undefined;
  /** The same over a store, which has what inputs came to, and no input to open. */
  readonly inStore?: Pick<Binding, 'does' | 'hint'>;
}

const ALL = SCREENS;
const BUT_LOG = ['fleet', 'timeline', 'event', 'machine'] as const;

/** Every key. @tested: README's table is made of it */
export const KEYS = [
  { keys: ['enter'], command: 'open', on: ['timeline'], does: 'open the event', hint: 'open' },
  { keys: ['enter'], command: 'open', on: ['fleet'], does: 'open the newest dump', hint: 'open newest', inStore: { does: 'to its dumps' } },
  { keys: ['enter'], command: 'open', on: ['event'], does: 'its record in the log', hint: 'log line' },
  { keys: ['enter'], command: 'open', on: ['log'], does: 'the event of this record', hint: 'event' },
  { keys: ['enter'], command: 'open', on: ['machine'], does: 'the event of this task', hint: 'event' },
  { keys: ['l'], command: 'log', on: ['timeline', 'event'], does: 'the log at this event', hint: 'log' },
  { keys: ['l'], command: 'log', on: ['fleet'], does: 'the log of the newest dump', inStore: { does: 'nothing: a store has no logs' } },
  { keys: ['i'], command: 'machine', on: ['timeline'], does: 'the machine, by its memory', hint: 'machine' },
  { keys: ['i'], command: 'machine', on: ['event'], does: 'the machine, by its memory' },
  { keys: ['tab'], command: 'tab-next', on: ['event', 'machine'], does: 'next tab', hint: 'tab' },
  { keys: ['tab'], command: 'tab-next', on: ['fleet'], does: 'signatures or dumps', hint: 'dumps' },
  { keys: ['shift-tab'], command: 'tab-previous', on: ['event', 'fleet', 'machine'], does: 'previous tab' },
  { keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], command: 'tab', on: ['event', 'machine'], does: 'that tab' },
  { keys: ['j', 'down'], command: 'down', on: ALL, does: 'down' },
  { keys: ['k', 'up'], command: 'up', on: ALL, does: 'up' },
  { keys: ['space', 'pagedown', 'ctrl-f'], command: 'page-down', on: ALL, does: 'a page down' },
  { keys: ['b', 'pageup', 'ctrl-b'], command: 'page-up', on: ALL, does: 'a page up' },
  { keys: ['ctrl-d'], command: 'half-down', on: ALL, does: 'half a page down' },
  { keys: ['ctrl-u'], command: 'half-up', on: ALL, does: 'half a page up' },
  { keys: ['g', 'home'], command: 'first', on: ALL, does: 'first line' },
  { keys: ['G', 'end'], command: 'last', on: ALL, does: 'last line; follow if it grows' },
  { keys: ['h', 'left'], command: 'left', on: ['log', 'event'], does: 'scroll left' },
  { keys: ['l', 'right'], command: 'right', on: ['log'], does: 'scroll right' },
  { keys: ['right'], command: 'right', on: ['event'], does: 'scroll right' },
  { keys: ['['], command: 'previous', on: ['timeline'], does: 'previous incident' },
  { keys: [']'], command: 'next', on: ['timeline'], does: 'next incident', hint: 'incident' },
  { keys: ['['], command: 'previous', on: ['event', 'log'], does: 'previous event' },
  { keys: [']'], command: 'next', on: ['event', 'log'], does: 'next event', hint: 'next' },
  { keys: ['['], command: 'previous', on: ['fleet'], does: 'previous signature' },
  { keys: [']'], command: 'next', on: ['fleet'], does: 'next signature' },
  { keys: ['{'], command: 'section-previous', on: ['event', 'log'], does: 'previous section' },
  { keys: ['}'], command: 'section-next', on: ['event', 'log'], does: 'next section' },
  { keys: ['z'], command: 'zoom-in', on: ['timeline', 'fleet'], does: 'zoom in', hint: 'zoom' },
  { keys: ['Z'], command: 'zoom-out', on: ['timeline', 'fleet'], does: 'zoom out' },
  { keys: ['<'], command: 'pan-left', on: ['timeline', 'fleet'], does: 'earlier' },
  { keys: ['>'], command: 'pan-right', on: ['timeline', 'fleet'], does: 'later' },
  { keys: ['/'], command: 'search', on: ALL, does: 'search; capitals count', hint: 'search' },
  { keys: ['n'], command: 'match-next', on: ALL, does: 'next match' },
  { keys: ['N'], command: 'match-previous', on: ALL, does: 'previous match' },
  { keys: ['f'], command: 'filter', on: ALL, does: 'edit filters; !text hides', hint: 'filter' },
  { keys: ['F'], command: 'filters', on: ALL, does: 'filters on or off' },
  { keys: ['e'], command: 'error-next', on: ['log'], does: 'next error' },
  { keys: ['E'], command: 'error-previous', on: ['log'], does: 'previous error' },
  { keys: ['w'], command: 'warning-next', on: ['log'], does: 'next warning' },
  { keys: ['W'], command: 'warning-previous', on: ['log'], does: 'previous warning' },
  { keys: ['t'], command: 'time', on: ['timeline', 'event', 'log'], does: 'times: boot, Δ, UTC, none' },
  { keys: ['u'], command: 'unreliable', on: ['event'], does: 'show unreliable ? frames' },
  { keys: ['o'], command: 'unfold', on: ['log'], does: 'unfold, fold the report', hint: 'unfold' },
  { keys: ['v'], command: 'variants', on: ['fleet'], does: 'variants of it, or its dumps', hint: 'variants' },
  { keys: ['s'], command: 'sort', on: ['event', 'fleet', 'machine'], does: 'sort by another column' },
  { keys: ['m'], command: 'mark', on: ALL, does: 'mark with a letter' },
  { keys: ["'"], command: 'to-mark', on: ALL, does: 'go to a mark' },
  { keys: ['y'], command: 'yank', on: ALL, does: 'copy this line' },
  { keys: ['Y'], command: 'yank-all', on: ALL, does: 'copy incident, report or block' },
  { keys: ['e'], command: 'export', on: BUT_LOG, does: 'export a report', hint: 'export' },
  { keys: ['x'], command: 'export', on: ['log'], does: 'export a report' },
  { keys: ['a'], command: 'forward', on: ALL, does: 'forward again' },
  { keys: ['q', 'esc'], command: 'back', on: ALL, does: 'back; Esc first ends a search' },
  { keys: ['?', 'f1'], command: 'help', on: ALL, does: 'these keys', hint: 'help' },
  { keys: ['f2'], command: 'mouse', on: ALL, does: 'mouse on, off' },
  { keys: ['ctrl-l'], command: 'plain', on: ALL, does: 'as plain text, to copy' },
  { keys: ['ctrl-z'], command: 'suspend', on: ALL, does: 'suspend' },
  { keys: ['ctrl-c'], command: 'quit', on: ALL, does: 'quit' },
] as const satisfies readonly Binding[];

export type Command = (typeof KEYS)[number]['command'];

const BY_SCREEN = new Map<string, Command>(
  KEYS.flatMap(({ on, keys, command }) => on.flatMap((screen) => keys.map((key) => [`${screen} ${key}`, command] as const))),
);

/** What one wants to do, in the order of the overlay. */
export const TASKS = ['Look into', 'Move', 'Find', 'Show it another way', 'Take away', 'Leave'] as const;
type Task = (typeof TASKS)[number];

const TASK_OF: Readonly<Record<Command, Task>> = {
  open: 'Look into',
  log: 'Look into',
  machine: 'Look into',
  'tab-next': 'Look into',
  'tab-previous': 'Look into',
  tab: 'Look into',
  previous: 'Look into',
  next: 'Look into',
  down: 'Move',
  up: 'Move',
  'page-down': 'Move',
  'page-up': 'Move',
  'half-down': 'Move',
  'half-up': 'Move',
  first: 'Move',
  last: 'Move',
  left: 'Move',
  right: 'Move',
  'section-previous': 'Move',
  'section-next': 'Move',
  search: 'Find',
  'match-next': 'Find',
  'match-previous': 'Find',
  filter: 'Find',
  filters: 'Find',
  'error-next': 'Find',
  'error-previous': 'Find',
  'warning-next': 'Find',
  'warning-previous': 'Find',
  mark: 'Find',
  'to-mark': 'Find',
  'zoom-in': 'Show it another way',
  'zoom-out': 'Show it another way',
  'pan-left': 'Show it another way',
  'pan-right': 'Show it another way',
  time: 'Show it another way',
  unreliable: 'Show it another way',
  unfold: 'Show it another way',
  variants: 'Show it another way',
  sort: 'Show it another way',
  mouse: 'Show it another way',
  yank: 'Take away',
  'yank-all': 'Take away',
  export: 'Take away',
  plain: 'Take away',
  forward: 'Leave',
  back: 'Leave',
  help: 'Leave',
  suspend: 'Leave',
  quit: 'Leave',
};

/** What a user wants who presses a key. */
export const taskOf = ({ command }: Binding): Task => TASK_OF[command as Command];

/** What a key means on a screen. */
export const commandOf = (screen: ScreenName, key: string): Command | undefined => BY_SCREEN.get(`${screen} ${key}`);

/** The bindings of a screen, in the order of the table. */
export const bindingsOf = (screen: ScreenName, inStore = false): Binding[] =>
  (KEYS as readonly Binding[])
    .filter(({ on }) => on.includes(screen))
    .map((binding) => (inStore && binding.inStore !== undefined ? { ...binding, hint: undefined, ...binding.inStore } : binding));
