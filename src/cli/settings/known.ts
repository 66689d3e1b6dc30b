/** What can be set once instead of with every command. */
export interface Setting {
  /** In the file. */
  readonly key: string;
  readonly variable: string;
  /** The option that it is the default of, as commander names its value, and of which commands; of all where absent. */
  readonly option: string;
  readonly commands?: readonly string[];
  /** The value out of its text. @throws Error that says what it takes */
  readonly parse: (text: string) => Value;
  readonly preset: Value;
  /** It is run: a file that others can write is not asked for it. */
  readonly trusted?: true;
}

export type Value = string | boolean | readonly string[] | undefined;

/** The settings, in the order in which they are shown. */
export const SETTINGS: readonly Setting[] = [
  { key: 'color', variable: 'LASTKMSG_COLOR', option: 'color', parse: when, preset: 'auto' },
  { key: 'utc', variable: 'LASTKMSG_UTC', option: 'utc', parse: yesOrNo, preset: false },
  {
    key: 'redact-words',
    variable: 'LASTKMSG_REDACT_WORDS',
    option: 'redactWords',
    commands: ['report', 'ship'],
    parse: (text) => words(text, ','),
    preset: [],
  },
  { key: 'roots', variable: 'LASTKMSG_ROOTS', option: 'root', commands: ['mcp'], parse: (text) => words(text, ':'), preset: ['.'] },
  {
    key: 'nats',
    variable: 'LASTKMSG_NATS',
    option: 'nats',
    commands: ['ship', 'worker', 'fleet'],
    parse: (text) => text,
    preset: undefined,
  },
  { key: 'store', variable: 'LASTKMSG_STORE', option: 'store', commands: ['fleet'], parse: (text) => text, preset: undefined },
  {
    key: 'hook-command',
    variable: 'LASTKMSG_HOOK_COMMAND',
    option: 'command',
    commands: ['hook'],
    parse: (text) => text,
    preset: undefined,
    trusted: true,
  },
];

function when(text: string): Value {
  if (text === 'auto' || text === 'always' || text === 'never') return text;
  throw new Error('takes auto, always or never');
}

function yesOrNo(text: string): Value {
  if (/^(?:yes|true|1|on)$/i.test(text)) return true;
  if (/^(?:no|false|0|off)$/i.test(text)) return false;
  throw new Error('takes yes or no');
}

function words(text: string, between: string): Value {
  const all = text
    .split(between)
    .map((word) => word.trim())
    .filter(Boolean);
  if (all.some((word) => word.length < 2) && between === ',') throw new Error('takes words of two letters or more');
  if (all.length === 0) throw new Error('takes one or more');
  return all;
}
