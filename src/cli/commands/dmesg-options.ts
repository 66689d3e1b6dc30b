import { TIME_FORMATS, type TimeFormat } from '../../output/dmesg/dmesg.ts';
import { FACILITIES, LEVELS, parseNames } from '../../output/dmesg/priority.ts';
import { parseArguments } from '../arguments.ts';
import { UsageError } from '../exit.ts';

/** Outputs of the peers, byte for byte. */
export const PEER_FORMATS = ['vmcore-dmesg', 'makedumpfile', 'crash', 'crash-m', 'crash-t', 'crash-d', 'crash-c', 'kmsg'] as const;
export type PeerFormat = (typeof PEER_FORMATS)[number];

export interface DmesgArguments {
  readonly files: readonly string[];
  readonly format: PeerFormat | 'dmesg' | 'json';
  readonly raw: boolean;
  readonly decode: boolean;
  readonly caller: boolean;
  readonly human: boolean;
  readonly timeFormat: TimeFormat;
  readonly levels: ReadonlySet<number> | undefined;
  readonly facilities: ReadonlySet<number> | undefined;
  readonly since: TimeBound | undefined;
  readonly until: TimeBound | undefined;
  readonly follow: boolean;
  readonly utc: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet: boolean;
  readonly input: string | undefined;
  readonly help: boolean;
}

/** Seconds since boot, or microseconds since 1970. */
export type TimeBound = { readonly uptime: number } | { readonly wall: number };

const OPTIONS = {
  raw: { type: 'boolean', short: 'r' },
  decode: { type: 'boolean', short: 'x' },
  json: { type: 'boolean', short: 'J' },
  ctime: { type: 'boolean', short: 'T' },
  notime: { type: 'boolean', short: 't' },
  'show-delta': { type: 'boolean', short: 'd' },
  reltime: { type: 'boolean', short: 'e' },
  'time-format': { type: 'string' },
  level: { type: 'string', short: 'l' },
  facility: { type: 'string', short: 'f' },
  since: { type: 'string' },
  until: { type: 'string' },
  human: { type: 'boolean', short: 'H' },
  follow: { type: 'boolean', short: 'w' },
  caller: { type: 'boolean' },
  format: { type: 'string' },
  utc: { type: 'boolean' },
  color: { type: 'string' },
  input: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  verbose: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const DMESG_HELP = `Usage: lastkmsg dmesg [options] FILE...

The kernel log of a vmcore in any container, or of a text log. By default byte for byte what vmcore-dmesg prints.

  -r, --raw               <priority>[time] text, as dmesg -r
  -x, --decode            facility and level as words
  -J, --json              as dmesg --json
  -T, --ctime             wall times, where something anchors the clock
  -t, --notime            no times          -d, --show-delta   time since the record before
  -e, --reltime           local time and delta
      --time-format NAME  ${TIME_FORMATS.join(' ')}
  -l, --level LIST        only these levels: ${LEVELS.join(',')} (warn+ is warn and graver)
  -f, --facility LIST     only these facilities: kern,user,daemon...
      --since TIME        from TIME on: seconds since boot, or a date    --until TIME  before TIME
  -H, --human             relative times, coloured on a terminal
  -w, --follow            wait for new lines (text inputs, /dev/kmsg)
      --caller            who printed each record: T<thread> or C<cpu>
      --format NAME       exactly as: ${PEER_FORMATS.join(' ')}
      --input FORMAT      what the file is, instead of looking: vmcore, raw, or a form of text
      --utc               wall times in UTC instead of the local zone
      --color WHEN        auto, always, never
  -q, --quiet             no warnings

Exit codes: 0 read whole, 1 usage, 2 no input could be read, 3 read with loss (what was left was printed).
`;

/** @throws UsageError with the option that is wrong */
export function parseDmesgArguments(argv: readonly string[]): DmesgArguments {
  const { values, positionals } = parseArguments(argv, OPTIONS);
  const chosen = values.format;
  if (chosen !== undefined && !isPeerFormat(chosen)) throw new UsageError(`--format takes ${PEER_FORMATS.join(', ')}; not ${chosen}`);
  const color = values.color ?? 'auto';
  if (color !== 'auto' && color !== 'always' && color !== 'never')
    throw new UsageError(`--color takes auto, always or never; not ${color}`);
  const timeFormat = timeFormatOf(values);
  const styled = values.raw || values.decode || values.caller || values.human || timeFormat !== undefined;
  return {
    files: positionals,
    format: values.json ? 'json' : (chosen ?? (styled ? 'dmesg' : 'vmcore-dmesg')),
    raw: values.raw ?? false,
    decode: values.decode ?? false,
    caller: values.caller ?? false,
    human: values.human ?? false,
    timeFormat: timeFormat ?? (values.human ? 'reltime' : 'time'),
    levels: names(values.level, LEVELS, 'level'),
    facilities: names(values.facility, FACILITIES, 'facility'),
    since: timeBound(values.since, 'since'),
    until: timeBound(values.until, 'until'),
    follow: values.follow ?? false,
    utc: values.utc ?? false,
    color,
    quiet: values.quiet ?? false,
    input: values.input,
    help: values.help ?? false,
  };
}

const isPeerFormat = (name: string): name is PeerFormat => (PEER_FORMATS as readonly string[]).includes(name);

function timeFormatOf(values: ReturnType<typeof parseArguments<typeof OPTIONS>>['values']): TimeFormat | undefined {
  const named = values['time-format'];
  if (named !== undefined) {
    const found = TIME_FORMATS.find((f) => f === named || (named === 'raw' && f === 'time'));
    if (!found) throw new UsageError(`--time-format takes ${TIME_FORMATS.join(', ')}; not ${named}`);
    return found;
  }
  if (values.ctime) return values['show-delta'] ? 'ctime+delta' : 'ctime';
  if (values.notime) return 'notime';
  if (values.reltime) return 'reltime';
  return values['show-delta'] ? 'time+delta' : undefined;
}

function names(list: string | undefined, all: readonly string[], option: string): ReadonlySet<number> | undefined {
  if (list === undefined) return undefined;
  const parsed = parseNames(list, all);
  if ('unknown' in parsed) throw new UsageError(`--${option} takes ${all.slice(0, 12).join(', ')}; not ${parsed.unknown}`);
  return parsed.set;
}

export function timeBound(value: string | undefined, option: string): TimeBound | undefined {
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?s?$/.test(value)) return { uptime: Number.parseFloat(value) * 1e6 };
  const wall = Date.parse(value.replace(',', '.'));
  if (Number.isNaN(wall)) throw new UsageError(`--${option} takes seconds since boot or a date like 2026-11-22T20:15:14Z; not ${value}`);
  return { wall: wall * 1000 };
}
