/**
 * The last value computed for an owner under a name, kept while its key stays the same: what a screen derives from a source is derived
 * once for all frames that show it.
 */
export class Memo {
  readonly #values = new WeakMap<object, Map<string, { readonly key: string; readonly value: unknown }>>();

  of<T>(owner: object, name: string, key: string, compute: () => T): T {
    let values = this.#values.get(owner);
    if (values === undefined) {
      values = new Map();
      this.#values.set(owner, values);
    }
    const known = values.get(name);
    if (known?.key === key) return known.value as T;
    const value = compute();
    values.set(name, { key, value });
    return value;
  }
}
