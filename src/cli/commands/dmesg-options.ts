import { TIME_FORMATS, type TimeFormat } from '../../output/dmesg/dmesg.ts';
import { PEER_FORMATS, type PeerFormat } from '../../output/dmesg/formats.ts';
import { FACILITIES, LEVELS, parseNames } from '../../output/dmesg/priority.ts';
import { UsageError } from '../exit.ts';
import { colorChoice, GLOBAL_HELP, parseArguments } from './dmesg-arguments.ts';
import { type TimeBound, timeBound } from './time-bound.ts';

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
  readonly quiet: boolean | undefined;
  readonly verbose: boolean | undefined;
  readonly input: string | undefined;
  readonly failOn: string | undefined;
  readonly help: boolean | undefined;
  readonly version: boolean | undefined;
}

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
      --since TIME        from TIME on          --until TIME         before TIME
                          seconds since boot, or a time of the day: 2026-11-22T20:15:14Z, "2026-11-22 20:15", 20:15, @seconds
                          since 1970, now, today, yesterday, or a distance from now: -1h, "2 days ago"
  -H, --human             relative times, coloured on a terminal
  -w, --follow            wait for new lines (text inputs, /dev/kmsg)
      --caller            who printed each record: T<thread> or C<cpu>
      --format NAME       exactly as: ${PEER_FORMATS.join(' ')}
      --utc               wall times in UTC instead of the local zone
${GLOBAL_HELP}
Exit codes: 0 read whole, 1 usage, 2 no input could be read, 3 read with loss (what was left was printed).
`;

/** @throws UsageError with the option that is wrong */
export function parseDmesgArguments(argv: readonly string[]): DmesgArguments {
  const { values, positionals } = parseArguments(argv, OPTIONS);
  const chosen = values.format;
  if (chosen !== undefined && !isPeerFormat(chosen)) throw new UsageError(`--format takes ${PEER_FORMATS.join(', ')}; not ${chosen}`);
  refuseConflicts(values);
  const timeFormat = timeFormatOf(values);
  const styled = values.raw || values.decode || values.caller || values.human || timeFormat !== undefined;
  const world = { now: Date.now(), utc: values.utc ?? false };
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
    since: timeBound(values.since, 'since', world),
    until: timeBound(values.until, 'until', world),
    follow: values.follow ?? false,
    utc: values.utc ?? false,
    color: colorChoice(values.color),
    quiet: values.quiet,
    verbose: values.verbose,
    input: values.input,
    failOn: values['fail-on'],
    help: values.help,
    version: values.version,
  };
}

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

/** Options that ask for different things of the same line, as dmesg(1) refuses them; each stands for the whole of its row. */
const CONFLICTS: readonly (readonly [option: keyof Values, ...others: (keyof Values)[]])[] = [
  ['format', 'json', 'raw', 'decode', 'ctime', 'notime', 'show-delta', 'reltime', 'time-format', 'human'],
  ['json', 'ctime', 'notime', 'show-delta', 'reltime', 'time-format', 'human'],
  ['raw', 'json', 'decode', 'ctime', 'notime', 'show-delta', 'reltime', 'time-format', 'human'],
  ['notime', 'ctime', 'show-delta', 'reltime', 'time-format'],
  ['time-format', 'ctime', 'show-delta', 'reltime'],
  ['reltime', 'ctime', 'show-delta'],
];

function refuseConflicts(values: Values): void {
  for (const [option, ...others] of CONFLICTS) {
    const other = values[option] === undefined ? undefined : others.find((name) => values[name] !== undefined);
    if (other !== undefined) throw new UsageError(`--${option} and --${other} exclude each other`);
  }
}

const isPeerFormat = (name: string): name is PeerFormat => (PEER_FORMATS as readonly string[]).includes(name);

function timeFormatOf(values: Values): TimeFormat | undefined {
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
