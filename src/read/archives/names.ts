/** Names of which each is given once: `a.log`, then `a.log (2)`. A tar that was added to has each version of a file. */
export class Names {
  /** How often each was asked for. */
  readonly #given = new Map<string, number>();

  apart(name: string): string {
    let nth = this.#given.get(name) ?? 0;
    let apart: string;
    do apart = ++nth === 1 ? name : `${name} (${nth})`;
    while (nth > 1 && this.#given.has(apart));
    this.#given.set(name, nth);
    if (apart !== name) this.#given.set(apart, 1);
    return apart;
  }
}

/** The name in the archive that a name which was given apart stands for. */
export const inArchive = (name: string): string => name.replace(/ \(\d+\)$/, '');
