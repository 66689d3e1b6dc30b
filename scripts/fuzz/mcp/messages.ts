import { FAMILIES } from '../../../src/event/kinds.ts';
import { OBJECT_NAMES } from '../object-names.ts';
import type { Random } from '../random.ts';
import { DUMP } from './root.ts';

/** One line to the server. */
export interface Message {
  readonly text: string;
  /** Set where it is a request as the protocol has it: one answer is due. */
  readonly id?: string;
}

const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  '',
  'a',
  '__proto__',
  '\u0000',
  '\ud800',
  '\u202e\u001b[31m',
  'x'.repeat(20_000),
  [],
  [[]],
  {},
  { toString: 1, constructor: null },
  Array.from({ length: 500 }, (_, i) => i),
];
const WORDS = ['panic', 'oops', 'a', ' ', 'KILLED', '\u001b', 'x'.repeat(200), '.*', '(', '\\', '\u00ff', ...OBJECT_NAMES];
const WHATS = [
  'overview',
  'ps',
  'ps -m',
  'bt',
  'bt 1',
  'bt -a',
  'foreach UN bt',
  'kmem -i',
  'kmem ffff888000000000',
  'struct task_struct init_task',
  'struct task_struct.comm',
  'list -h 0',
  'rd ffffffff82000000 64',
  'sym init_task',
  'dis schedule',
  'log',
  'rm -rf /',
  'bt 99999999999999999999',
  'rd -x 0 99999999999',
  ...OBJECT_NAMES.flatMap((name) => [name, `${name} 1`, `help ${name}`, `struct ${name}`, `struct task_struct.${name}`, `sym ${name}`]),
  'search 41414141',
  ' ',
];
const METHODS = [
  'ping',
  'tools/list',
  'resources/list',
  'resources/templates/list',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'logging/setLevel',
  'tasks/list',
  'server/discover',
  'subscriptions/listen',
  '',
  ...OBJECT_NAMES,
  'shell',
  'x'.repeat(3000),
];

type Arguments = Record<string, unknown>;

/** What each tool can be asked; a seventh of the values is strange. */
function argumentsOf(tool: string, paths: readonly string[], random: Random): Arguments {
  const whole = (most: number): number => random.below(most);
  const path = random.one(paths);
  const page = { ...(random.below(2) === 0 && { offset: whole(50) }), ...(random.below(2) === 0 && { limit: 1 + whole(500) }) };
  const usual: Readonly<Record<string, () => Arguments>> = {
    list_inputs: () => ({ ...(random.below(2) === 0 && { directory: path }), ...page }),
    events: () => ({
      path,
      ...page,
      ...(random.below(2) === 0 && { kinds: random.one([...FAMILIES, 'oom-kill', 'nonsense', ',,', 'all', ...OBJECT_NAMES]) }),
    }),
    event: () => ({ path, id: random.one(['E1', 'E2', 'E999999999', 'E0', 'e1', 'E1 ', 'E', ...OBJECT_NAMES]) }),
    search_log: () => ({ path, words: Array.from({ length: whole(4) }, () => random.one(WORDS)), first: whole(9), ...page }),
    inspect: () => ({ path: random.below(16) === 0 ? DUMP : path, what: random.one(WHATS), ...page }),
  };
  const args = Object.hasOwn(usual, tool) ? usual[tool]!() : { path };
  if (random.below(3) === 0) args[random.one([...Object.keys(args), 'other'])] = random.one(STRANGE);
  return args;
}

const TOOLS = ['list_inputs', 'info', 'incidents', 'events', 'event', 'search_log', 'inspect', 'shell', ...OBJECT_NAMES, ''];

/** A request as the protocol has it, whatever it asks. */
function requestOf(id: string, paths: readonly string[], random: Random): Message {
  const ask = (): { readonly method: string; readonly params?: unknown } => {
    const kind = random.below(12);
    if (kind < 7) {
      const name = random.one(TOOLS);
      return { method: 'tools/call', params: { name, arguments: argumentsOf(name, paths, random) } };
    }
    if (kind < 9) return { method: 'resources/read', params: { uri: `lastkmsg://report/${random.one(paths)}` } };
    if (kind < 10)
      return {
        method: 'resources/read',
        params: { uri: random.one(['file:///etc/passwd', '', '%', 'lastkmsg://report/%ff', 'lastkmsg:']) },
      };
    return { method: random.one(METHODS), ...(random.below(2) === 0 && { params: {} }) };
  };
  return { id, text: JSON.stringify({ jsonrpc: '2.0', id, ...ask() }) };
}

/** What is no request: damaged, of wrong types, no JSON at all, or nothing that is answered. */
function strangeOf(paths: readonly string[], random: Random): Message {
  const { text } = requestOf(`strange-${random.below(1e6)}`, paths, random);
  const at = random.below(text.length);
  const shape: readonly (() => string)[] = [
    () => text.slice(0, at),
    () => text.slice(0, at) + random.one(['"', '{', '\\u0000', '\u0000', '\u00ff', ',', '9'.repeat(400)]) + text.slice(at),
    () => `[${text},${text}]`,
    () => text + text,
    () => '['.repeat(1 + random.below(20_000)),
    () => `{"a":`.repeat(2000),
    () => JSON.stringify({ ...JSON.parse(text), [random.one(['id', 'method', 'params', 'jsonrpc'])]: random.one(STRANGE) }),
    () => text.replace('"params":{', '"params":{"__proto__":{"isError":true},"_meta":{"progressToken":1},'),
    () =>
      JSON.stringify({
        jsonrpc: '2.0',
        method: random.one(['notifications/initialized', 'notifications/progress', 'x']),
        params: random.one(STRANGE),
      }),
    () => JSON.stringify({ jsonrpc: '2.0', id: random.one(STRANGE), result: {} }),
    () => '',
    () => '\u0000'.repeat(random.below(100)),
  ];
  return { text: random.one(shape)().replaceAll('\n', ' ') };
}

/** One conversation: it begins as clients do, or not at all so. */
export function conversation(paths: readonly string[], random: Random): Message[] {
  const clientInfo = { name: 'fuzz', version: '1' };
  const version = random.one(['2025-06-18', '2025-11-25', '1', '']);
  const hello = { jsonrpc: '2.0', id: 'hello', method: 'initialize', params: { protocolVersion: version, capabilities: {}, clientInfo } };
  const messages: Message[] = random.below(8) === 0 ? [] : [{ id: 'hello', text: JSON.stringify(hello) }];
  for (let n = 16 + random.below(48); n > 0; n--)
    messages.push(random.below(3) === 0 ? strangeOf(paths, random) : requestOf(`ask-${n}`, paths, random));
  return messages;
}
