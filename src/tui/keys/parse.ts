/** A key, by name (`j`, `down`, `ctrl-d`, `space`), or the mouse. */
export type Key =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'mouse'; readonly action: 'wheel-up' | 'wheel-down' | 'click'; readonly row: number; readonly column: number };

/** Final parts of CSI and SS3 sequences (xterm, rxvt, the Linux console, with and without application cursor keys). */
const SEQUENCES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    A: 'up',
    B: 'down',
    C: 'right',
    D: 'left',
    H: 'home',
    F: 'end',
    P: 'f1',
    Q: 'f2',
    Z: 'shift-tab',
    '1~': 'home',
    '7~': 'home',
    '4~': 'end',
    '8~': 'end',
    '3~': 'delete',
    '5~': 'pageup',
    '6~': 'pagedown',
    '11~': 'f1',
    '12~': 'f2',
    '[A': 'f1',
    '[B': 'f2',
  }),
);
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\r': 'enter',
    '\n': 'enter',
    '\t': 'tab',
    ' ': 'space',
    '\x7f': 'backspace',
    '\b': 'backspace',
  }),
);
/** Longest sequence waited for; a longer one is somebody's paste. */
const LONGEST = 40;

/** Turns what a terminal sends into keys. An escape character alone is known only when nothing follows: see {@link pending}. */
export class KeyParser {
  #rest = '';

  push(text: string): Key[] {
    const keys: Key[] = [];
    let input = this.#rest + text;
    this.#rest = '';
    while (input !== '') {
      const [length, key] = next(input);
      if (length === 0) {
        this.#rest = input;
        break;
      }
      if (key) keys.push(key);
      input = input.slice(length);
    }
    return keys;
  }

  /** Something that may be the beginning of a sequence waits. */
  get pending(): boolean {
    return this.#rest !== '';
  }

  /** Nothing followed for a while: an escape key, not a sequence. */
  flush(): Key[] {
    const alone = this.#rest.startsWith('\x1b');
    this.#rest = '';
    return alone ? [named('esc')] : [];
  }
}

const named = (name: string): Key => ({ kind: 'key', name });

/** The length of the first key in the input and the key; length 0: more must come. */
function next(input: string): readonly [length: number, key?: Key | undefined] {
  const c = input[0]!;
  if (c !== '\x1b') {
    const character = String.fromCodePoint(input.codePointAt(0)!);
    const name = NAMED.get(c);
    if (name !== undefined) return [1, named(name)];
    if (c < ' ') return [1, c === '\0' ? undefined : named(`ctrl-${String.fromCharCode(c.charCodeAt(0) + 96)}`)];
    return [character.length, named(character)];
  }
  const sequence = /^\x1b(?:\[(\[[A-E]|[0-9;<>?=:]*[@-Z\\^-~]|)|O([ -~]?))/.exec(input);
  if (sequence === null) return input.length === 1 ? [0] : [1, named('esc')];
  const body = sequence[1] ?? sequence[2] ?? '';
  if (body === '') return input.length > LONGEST ? [1, named('esc')] : [0];
  return [sequence[0].length, mouse(body) ?? keyOf(body)];
}

function keyOf(body: string): Key | undefined {
  // modifiers (`1;5A`) do not change what a key of ours means
  const name = SEQUENCES.get(body) ?? SEQUENCES.get(body.replace(/^1;\d+(?=[A-Z]$)|;\d+(?=~$)/, ''));
  return name === undefined ? undefined : named(name);
}

/** SGR mouse reports (1006): `<button;column;row` and M for a press. */
function mouse(body: string): Key | undefined {
  const report = /^<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])$/.exec(body);
  if (report === null) return undefined;
  const [button, column, row] = [Number(report[1]), Number(report[2]), Number(report[3])];
  const action = button === 64 ? 'wheel-up' : button === 65 ? 'wheel-down' : button === 0 && report[4] === 'M' ? 'click' : undefined;
  return action && { kind: 'mouse', action, row, column };
}
