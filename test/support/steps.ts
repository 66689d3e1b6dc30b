// Work, counted and not timed: about the same number on every machine, under any load. Import it before src is run: V8 counts only in
// functions that it compiles afterwards.
import { Session } from 'node:inspector';
import * as assert from 'uvu/assert';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** How often blocks of src and grammars ran since the last call. */
function blocks(): number {
  let sum = 0;
  session.post('Profiler.takePreciseCoverage', (error: Error | null, coverage: unknown) => {
    if (error) throw error;
    for (const { url, functions } of (coverage as Coverage).result)
      if (/\/(?:src|grammars)\//.test(url)) for (const { ranges } of functions) for (const { count } of ranges) sum += count;
  });
  return sum;
}

let scanned = 0;
type Method = (this: never, ...args: unknown[]) => unknown;

/** Lets a method of a built-in count what it must have looked at; gives the old one back. */
function metered(owner: object, name: string, cost: (self: never, args: readonly unknown[], out: unknown) => number): () => void {
  const original = Reflect.get(owner, name) as Method;
  const set = (value: Method) => Object.defineProperty(owner, name, { value, writable: true, configurable: true });
  set(function (...args) {
    const out = original.apply(this, args);
    scanned += cost(this, args, out);
    return out;
  });
  return () => void set(original);
}

/** A search looks at everything up to what it finds, or up to the end. */
const search = ({ length }: { readonly length: number }, [, from]: readonly unknown[], found: unknown): number =>
  Math.max(1, (typeof found === 'number' && found >= 0 ? found : length) - (typeof from === 'number' ? from : 0));

/** The same for an expression; one that is sticky looks where it stands. How often it goes back cannot be seen from outside. */
function match(regExp: RegExp, [text]: readonly unknown[], found: unknown): number {
  const result = found as RegExpExecArray | null;
  const from = regExp.global && result !== null ? Math.max(0, regExp.lastIndex - result[0].length) : 0;
  if (regExp.sticky) return 1 + (result?.[0].length ?? 0);
  return 1 + (result === null ? String(text).length : result.index + result[0].length - from);
}

const meter = (): (() => void)[] => [
  metered(String.prototype, 'indexOf', search),
  metered(String.prototype, 'includes', search),
  metered(Buffer.prototype, 'indexOf', search),
  metered(RegExp.prototype, 'exec', match),
];

/** Steps of one run: blocks of src and grammars that it executes, and characters that it has built-ins search. */
export async function stepsOf(run: () => unknown): Promise<number> {
  blocks();
  scanned = 0;
  const restores = meter();
  try {
    await run();
  } finally {
    for (const restore of restores) restore();
  }
  return blocks() + scanned;
}

/**
 * Asserts that twice the input costs about twice the steps, and no more.
 * @param runOf makes the run for a size; what it does itself is not counted
 */
export async function assertLinear(runOf: (size: number) => () => unknown, size: number, what = ''): Promise<void> {
  const small = await stepsOf(runOf(size));
  const large = await stepsOf(runOf(2 * size));
  assert.ok(small > 0, `${what}: nothing was counted`);
  assert.ok(large < 2.6 * small, `${what}: ${small} steps for ${size}, ${large} for ${2 * size}`);
}
