/** Names in their order so far, and what may come next. */
interface Run {
  readonly next: Map<string, Run>;
  /** What came last, and comes again in nearly every report of a kind: to compare a name costs less than to look it up. */
  likely: { readonly name: string; readonly run: Run } | undefined;
  /** An object with these names, once one was asked for. */
  shape: Record<string, unknown> | undefined;
}

/** Runs that are kept: reports of one kind on one machine have the same names. */
const MOST_RUNS = 4096;
/** An object with more is a hash table to V8 anyway. */
const MOST_NAMES = 128;

const newRun = (): Run => ({ next: new Map(), likely: undefined, shape: undefined });
let empty = newRun();
let runs = 0;

/**
 * An object of names that are known at run time only; of a name that comes twice the last value counts. To copy an object that has the
 * names and to fill it costs a fifth of adding them one by one, which makes a hash table of it; and a hash table is slow to write as JSON.
 */
export function shaped<V>(names: readonly string[], values: readonly V[]): Record<string, V> {
  const object = (names.length > MOST_NAMES ? {} : { ...shapeOf(names) }) as Record<string, V>;
  for (let i = 0; i < names.length; i++) object[names[i] as string] = values[i] as V;
  return object;
}

function nextOf({ next }: Run, name: string): Run {
  const known = next.get(name);
  if (known !== undefined) return known;
  const made = newRun();
  next.set(name, made);
  runs++;
  return made;
}

function shapeOf(names: readonly string[]): Record<string, unknown> {
  if (runs > MOST_RUNS) {
    empty = newRun();
    runs = 0;
  }
  let run = empty;
  for (const name of names) {
    if (run.likely?.name !== name) run.likely = { name, run: nextOf(run, name) };
    run = run.likely.run;
  }
  run.shape ??= { ...Object.fromEntries(names.map((name) => [name, undefined])) };
  return run.shape;
}
