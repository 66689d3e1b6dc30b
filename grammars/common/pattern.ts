/** One pattern of several alternatives, each on a line of its own in the source. */
export const anyOf = (...alternatives: readonly string[]): RegExp => new RegExp(`(?:${alternatives.join('|')})`);
