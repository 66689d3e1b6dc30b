import { UsageError } from './exit.ts';
import { didYouMean } from './nearest.ts';

type Found = Readonly<Record<string, string | undefined>>;

/** What commander and node's parseArgs say of a command line, and the words of getopt(3) or of ours for it. */
const PHRASES: readonly (readonly [pattern: RegExp, phrase: (found: Found, options: readonly string[]) => string])[] = [
  [
    /^unknown option '(?<option>[^']+)'(?:\s+\(Did you mean (?:one of )?(?<meant>[^?]+)\?\))?/i,
    ({ option = '', meant }, options) =>
      `unknown option ${option}${meant === undefined ? didYouMean(option, options) : `; did you mean ${meant}?`}`,
  ],
  [/^option '(?:-\w, )?(?<option>--?[-\w]+)[^']*' argument missing/i, ({ option }) => `${option} requires an argument`],
  [/^option '(?:-\w, )?(?<option>--?[-\w]+)' does not take an argument/i, ({ option }) => `${option} takes no argument`],
  [
    /^option '(?:-\w, )?(?<option>--?[-\w]+)[^']*' argument '(?<value>.*)' is invalid\. Allowed choices are (?<choices>.+)\.$/s,
    ({ option, value, choices }) => `${option} takes ${choices}; not ${value}`,
  ],
  [/^missing required argument '(?<argument>[^']+)'/, ({ argument }) => `missing argument ${argument}`],
  [/^too many arguments for '(?<command>[^']+)'\. Expected 0 /, ({ command }) => `${command} takes no arguments`],
  [
    /^too many arguments for '(?<command>[^']+)'\. Expected (?<most>\d+) /,
    ({ command, most }) => `${command} takes ${most} argument${most === '1' ? '' : 's'} at most`,
  ],
];

/**
 * One line that says what is wrong with a command line.
 * @param error as the parser threw it
 * @param options those that there are, with their dashes, where the parser itself names none that was meant
 */
export function wrongWords(error: Error, options: readonly string[] = []): UsageError {
  const message = error.message.replace(/^error: /, '');
  for (const [pattern, phrase] of PHRASES) {
    const found = pattern.exec(message)?.groups;
    if (found !== undefined) return new UsageError(`${phrase(found, options)} (see --help)`, { cause: error });
  }
  return new UsageError(message.replace(/\s*\n\s*/g, ' '), { cause: error });
}
