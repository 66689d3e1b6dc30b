/** Tables of functions: some alternatives a line, each line with a word on what they have in common. */

/** Functions whose names begin so. */
export const beginning = (...names: readonly string[]): RegExp => new RegExp(`^(?:${names.join('|')})`);

/** Functions of these names, whatever suffix a compiler gave a copy of them (`.constprop.0`). */
export const named = (...names: readonly string[]): RegExp => new RegExp(`^(?:${names.join('|')})(?:\\.|$)`);
