import type { Deadline } from '../../dump/open/deadline.ts';
import { TIME_FORMATS, type TimeFormat } from '../../output/dmesg/dmesg.ts';
import { PEER_FORMATS, type PeerFormat } from '../../output/dmesg/formats.ts';
import { FACILITIES, LEVELS, parseNames } from '../../output/dmesg/priority.ts';
import { UsageError } from '../exit.ts';
import { helpAfter } from '../help.ts';
import { maxTime } from '../inputs/max-time.ts';
import { colorChoice, GLOBAL_HELP, parseArguments } from './dmesg-arguments.ts';
import { type TimeBound, timeBound } from './time-bound.ts';

export interface DmesgArguments {
  readonly files: readonly string[];
  readonly format: PeerFormat | 'dmesg' | 'json';
  readonly raw: boolean;
  readonly decode: boolean;
  readonly caller: boolean;
  readonly human: boolean;
  readonly timeFormats: readonly TimeFormat[];
  readonly forcePrefix: boolean;
  readonly noEscape: boolean;
  readonly pager: boolean;
  readonly levels: ReadonlySet<number> | undefined;
  readonly facilities: ReadonlySet<number> | undefined;
  readonly since: TimeBound | undefined;
  readonly until: TimeBound | undefined;
  readonly follow: boolean;
  readonly salvage: boolean;
  readonly utc: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet: boolean | undefined;
  readonly verbose: boolean | undefined;
  readonly input: string | undefined;
  readonly maxTime?: Deadline | undefined;
  readonly failOn: string | undefined;
  readonly help: boolean | undefined;
  readonly version: boolean | undefined;
}

export const OPTIONS = {
  raw: { type: 'boolean', short: 'r' },
  decode: { type: 'boolean', short: 'x' },
  json: { type: 'boolean', short: 'J' },
  ctime: { type: 'boolean', short: 'T' },
  notime: { type: 'boolean', short: 't' },
  'show-delta': { type: 'boolean', short: 'd' },
  reltime: { type: 'boolean', short: 'e' },
  'time-format': { type: 'string', multiple: true },
  level: { type: 'string', short: 'l' },
  facility: { type: 'string', short: 'f' },
  since: { type: 'string' },
  until: { type: 'string' },
  file: { type: 'string', short: 'F', multiple: true },
  'kmsg-file': { type: 'string', short: 'K', multiple: true },
  kernel: { type: 'boolean', short: 'k' },
  userspace: { type: 'boolean', short: 'u' },
  'force-prefix': { type: 'boolean', short: 'p' },
  noescape: { type: 'boolean' },
  nopager: { type: 'boolean', short: 'P' },
  // how dmesg(1) asks the kernel: a file is read as it is
  syslog: { type: 'boolean', short: 'S' },
  'buffer-size': { type: 'string', short: 's' },
  human: { type: 'boolean', short: 'H' },
  follow: { type: 'boolean', short: 'w' },
  caller: { type: 'boolean' },
  salvage: { type: 'boolean' },
  format: { type: 'string' },
  utc: { type: 'boolean' },
} as const;

/** Words in lines of at most 80 columns, under the column of explanations. */
function under(words: string): string {
  const lines = [''];
  for (const word of words.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > 54) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(26)}`);
}

export const DMESG_HELP = `Usage: lastkmsg dmesg [options] [FILE...]

the kernel log of a vmcore in any container, or of a text log; by default byte
for byte what vmcore-dmesg prints

Options:
  -r, --raw               <priority>[time] text, as dmesg -r
  -x, --decode            facility and level as words
  -J, --json              as dmesg --json
  -T, --ctime             wall times, where something anchors the clock
  -t, --notime            no times
  -d, --show-delta        time since the record before
  -e, --reltime           local time and delta
      --time-format NAME  ${under(`${TIME_FORMATS.join(' ')} (several: a stamp each)`)}
  -l, --level LIST        ${under(`only these levels, separated by commas (warn+ is warn and worse): ${LEVELS.join(' ')}`)}
  -f, --facility LIST     only these facilities: kern,user,daemon...
  -k, --kernel            only the kernel's own
  -u, --userspace         only what programs wrote to it
      --since TIME        from TIME on: seconds since boot, or a time of the
                          day: 2026-11-22T20:15:14Z, "2026-11-22 20:15", 20:15,
                          @seconds since 1970, now, today, yesterday, or a
                          distance from now: -1h, "2 days ago"
      --until TIME        before TIME
  -H, --human             relative times; coloured and in a pager on a terminal
  -P, --nopager           no pager
  -p, --force-prefix      the prefix on each line of a record
      --noescape          bytes as they are, except on a terminal
  -F, --file FILE         as FILE; likewise -K, --kmsg-file
  -w, --follow            wait for new lines (text inputs, /dev/kmsg)
      --caller            who printed each record: T<thread> or C<cpu>
      --salvage           also text in a dump's ring that no record owns any
                          more, each line marked: [salvaged, record 12]
      --format NAME       ${under(`exactly as: ${PEER_FORMATS.join(' ')}`)}
      --utc               wall times in UTC instead of the local zone
${GLOBAL_HELP}${helpAfter('dmesg')}
`;

/** @throws UsageError with the option that is wrong */
export function parseDmesgArguments(argv: readonly string[]): DmesgArguments {
  const { values, positionals } = parseArguments(argv, OPTIONS);
  const chosen = values.format;
  if (chosen !== undefined && !isPeerFormat(chosen)) throw new UsageError(`--format takes ${PEER_FORMATS.join(', ')}; not ${chosen}`);
  refuseConflicts(values);
  const timeFormats = timeFormatsOf(values);
  const { raw, decode, caller, human, noescape } = values;
  const colored = values.color === 'always'; // the peers' formats have none
  const styled = raw || decode || caller || human || noescape || colored || values['force-prefix'] || timeFormats.length > 0;
  const world = { now: Date.now(), utc: values.utc ?? false };
  return {
    files: [...(values.file ?? []), ...(values['kmsg-file'] ?? []), ...positionals],
    format: values.json ? 'json' : (chosen ?? (styled ? 'dmesg' : 'vmcore-dmesg')),
    raw: raw ?? false,
    decode: decode ?? false,
    caller: caller ?? false,
    human: human ?? false,
    timeFormats: timeFormats.length > 0 ? timeFormats : [human ? 'reltime' : 'time'],
    forcePrefix: values['force-prefix'] ?? false,
    noEscape: noescape ?? false,
    pager: !values.nopager,
    levels: names(values.level, LEVELS, 'level'),
    facilities: facilitiesOf(values),
    since: timeBound(values.since, 'since', world),
    until: timeBound(values.until, 'until', world),
    follow: values.follow ?? false,
    salvage: values.salvage ?? false,
    utc: values.utc ?? false,
    color: colorChoice(values.color),
    quiet: values.quiet,
    verbose: values.verbose,
    input: values.input,
    failOn: values['fail-on'],
    maxTime: values['max-time'] === undefined ? undefined : maxTime(values['max-time']),
    help: values.help,
    version: values.version,
  };
}

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

/** Options that ask for different things of the same line, as dmesg(1) refuses them; each stands for the whole of its row. */
const CONFLICTS: readonly (readonly [option: keyof Values, ...others: (keyof Values)[]])[] = [
  ['format', 'json', 'raw', 'decode', 'ctime', 'notime', 'show-delta', 'reltime', 'time-format', 'human', 'salvage'],
  ['json', 'ctime', 'notime', 'show-delta', 'reltime', 'time-format', 'human'],
  ['raw', 'json', 'decode', 'ctime', 'notime', 'show-delta', 'reltime', 'time-format', 'human'],
  ['notime', 'ctime', 'reltime', 'time-format'],
  ['kernel', 'userspace', 'facility'],
  ['userspace', 'facility'],
  ['reltime', 'ctime', 'show-delta'],
];

function refuseConflicts(values: Values): void {
  for (const [option, ...others] of CONFLICTS) {
    const other = values[option] === undefined ? undefined : others.find((name) => values[name] !== undefined);
    if (other !== undefined) throw new UsageError(`--${option} and --${other} exclude each other`);
  }
}

const isPeerFormat = (name: string): name is PeerFormat => (PEER_FORMATS as readonly string[]).includes(name);

/** Several stamps in the order of `--time-format`, what the short options ask for first. */
function timeFormatsOf(values: Values): readonly TimeFormat[] {
  const named = (values['time-format'] ?? []).map((name) => {
    const found = TIME_FORMATS.find((f) => f === name || (name === 'raw' && f === 'time'));
    if (!found) throw new UsageError(`--time-format takes ${TIME_FORMATS.join(', ')}; not ${name}`);
    return found;
  });
  const delta = values['show-delta'];
  if (values.ctime) return [delta ? 'ctime+delta' : 'ctime', ...named];
  if (values.notime) return [delta ? 'delta' : 'notime'];
  if (values.reltime) return ['reltime', ...named];
  if (named.length > 0) return delta ? [...named, 'delta'] : named;
  return delta ? ['time+delta'] : [];
}

function facilitiesOf(values: Values): ReadonlySet<number> | undefined {
  if (values.kernel) return new Set([0]);
  if (values.userspace) return new Set(FACILITIES.map((_, i) => i).filter((i) => i > 0));
  return names(values.facility, FACILITIES, 'facility');
}

function names(list: string | undefined, all: readonly string[], option: string): ReadonlySet<number> | undefined {
  if (list === undefined) return undefined;
  const parsed = parseNames(list, all);
  if ('unknown' in parsed) throw new UsageError(`--${option} takes ${all.slice(0, 12).join(', ')}; not ${parsed.unknown}`);
  return parsed.set;
}
