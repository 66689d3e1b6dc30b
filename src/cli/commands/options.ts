import type { Deadline } from '../../dump/open/deadline.ts';
import type { ServerOptions } from '../../fleet/queue/connect.ts';
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
  /** When reading is to stop. */
  readonly maxTime?: Deadline | undefined;
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

/** How the fleet's server is reached. @throws UsageError where nobody says which it is */
export function serverOf({ nats, creds, nkey, tlsCa, tlsCert, tlsKey }: Partial<ServerOptions>): ServerOptions {
  if (nats === undefined) throw new UsageError('--nats URL says which server, or LASTKMSG_NATS does');
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw new UsageError('--tls-cert and --tls-key go together');
  return { nats, creds, nkey, tlsCa, tlsCert, tlsKey };
}

const UNITS: ReadonlyMap<string, number> = new Map(Object.entries({ '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }));

/** A size: 500M, 2G, or bytes. @throws UsageError */
export function bytesOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const { number = '', unit = '' } = /^(?<number>\d{1,15})(?<unit>[kmgt]?)(?:i?b)?$/i.exec(text)?.groups ?? {};
  if (number === '') throw new UsageError(`--${option} takes a size as 500M or 2G; not ${text}`);
  return Number(number) * (UNITS.get(unit.toLowerCase()) ?? 1);
}

/** A whole number within bounds. @throws UsageError */
export function countOf(text: string | undefined, option: string, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) throw new UsageError(`--${option} takes a number from ${least} to ${most}; not ${text}`);
  return number;
}
