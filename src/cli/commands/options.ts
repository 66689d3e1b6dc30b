import type { TextOptions } from '../../output/text/event-table.ts';
import { painter } from '../../output/text/theme.ts';
import type { TimeStyle } from '../../output/text/wall-time.ts';
import type { FilterOptions } from '../events/filter-options.ts';
import { UsageError } from '../exit.ts';
import { didYouMean } from '../nearest.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly input?: string | undefined;
  readonly failOn?: string | undefined;
}

/** How commands that explain show times of the day. */
export interface TimeOptions {
  /** In UTC instead of the local zone. */
  readonly utc?: boolean | undefined;
  /** As distances from now. */
  readonly relative?: boolean | undefined;
}

/** Options of the commands that explain incidents. */
export interface ExplainOptions extends CommonOptions, TimeOptions, FilterOptions {
  /** Where to write the commands for `crash -i`. */
  readonly crashScript?: string | undefined;
  /** A vmlinux to check against the dump and to resolve frames with. */
  readonly vmlinux?: string | undefined;
  /** `--no-pager`: false. */
  readonly pager?: boolean | undefined;
  /** Everything, not a page of it. */
  readonly all?: boolean | undefined;
}

/** How `--utc` and `--relative` want times told. */
export const timeStyle = ({ utc, relative }: TimeOptions): TimeStyle => ({
  zone: utc ? 'utc' : 'local',
  now: relative ? new Date() : undefined,
});

/** Width and colours of text on this stdout: 80 cells where nobody knows. */
export function textOptions({ color }: Pick<CommonOptions, 'color'>): TextOptions {
  const { stdout, env } = process;
  const columns = Number(env.COLUMNS);
  const width = stdout.columns || (Number.isInteger(columns) && columns > 0 ? columns : 80);
  const paint = painter(color, { noColor: env.NO_COLOR, term: env.TERM, isTerminal: stdout.isTTY === true });
  return { width: Math.max(40, Math.min(width, 240)), paint };
}

/** One of several words. @throws UsageError that names them */
export function oneOf<T extends string>(words: readonly T[], value: string, option: string): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new UsageError(`--${option} takes ${words.join(', ')}; not ${value}${didYouMean(value, words)}`);
  return found;
}
