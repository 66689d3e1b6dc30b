import { matchKernelTime } from '../prefix/kernel-time.ts';

/** How the kernel's own part of a line begins. */
export type KernelStart =
  /** `[    1.234567]`, `<6>[    1.2…`, `kern  :info  : [`, `[Nov22 21:11]`, `6,1,2,-;`: what dmesg, a console or /dev/kmsg print. */
  | 'record'
  /** A tag says so: `kernel: `, `host1 kernel: `, `kern.warn: `. */
  | 'tag'
  /** `{"log":"[    1.2…"}`: a JSON object, whose message may be the kernel's. */
  | 'json';

const LEVEL = '(?:emerg|panic|alert|crit|err|error|warn|warning|notice|info|debug)';

/** A record's own prefix, where it cannot be anything else. */
const RECORD: readonly RegExp[] = [
  /<\d{1,3}>(?=[ \t]{0,2}\[ *\d+\.\d{6}[\]s])/y,
  /\[ *\d+\.\d{6}s\]\[/y, // Huawei
  new RegExp(String.raw`(?:kern|user|daemon|syslog) *:${LEVEL} *: \[`, 'y'),
  /\[(?: *\d+\.\d{6} )?< *-?\d+[.,]\d{6} ?>\] /y,
  /\[ *[+-]\d+[.,]\d{6}\] /y,
  // dmesg -T and -e, in any language
  /\[[^\]\n]{3,64} \d\d:\d\d:\d\d (?:[A-Z]{2,5} )?\d{4}(?: <[^>\n]{4,20}>)?\] /y,
  /\[[^\]\d\s][^\]\n]{1,24}\d\d \d\d:\d\d\] /y,
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:?\d\d /y,
  /\d{1,4},\d{1,18},\d{1,18},[-c+](?:,[^;]{0,200})?;/y,
];

const SEVERITY = 'DEBUG|INFO|NOTICE|WARNING|ERR|CRIT|ALERT|EMERG';

/** What says that the text behind it is the kernel's. The level, where it tells one, is its group `level`. */
const TAGS: readonly RegExp[] = [
  // syslogd without date or host, journalctl -o cat of some tools, syslogd's message to every terminal (` kernel:BUG`)
  new RegExp(String.raw`(?:(?<host>[\w.()-]{1,255}) )?(?:(?<level>${SEVERITY}) )?kernel(?:\[\d+\])?: ?`, 'y'),
  // busybox logread -f through other tools
  new RegExp(String.raw`kern\.(?<level>${LEVEL})(?: kernel)?: `, 'y'),
  // talosctl dmesg
  new RegExp(String.raw`(?:[\w.:-]{1,64}: )?(?:kern|user|daemon|syslog): +(?<level>${LEVEL}): \[\d{4}-[\w.:+-]{15,40}\]: ?`, 'y'),
  // logcat -b kernel: threadtime, brief, tag
  /(?:\d+ +\d+ +)?(?<level>[VDIWEF])[ /](?:kernel|KERNEL) *(?:\( *\d+\))?: ?/y,
];

/** logcat -b kernel of Android's logd: what stands before a colon it takes for the tag, so the process is all that says whose the line is: 0; `-v uid` says root. */
const LOGD = /(?:root +)?0 +0 (?<level>[VDIWEF]) (?!kernel|KERNEL) *(?:: )?/y;

/** What of a tag stands before the text. */
export interface TagFound {
  readonly end: number;
  readonly host?: string | undefined;
  readonly level?: string | undefined;
}

/** Where a kernel's record begins at `pos` by its own prefix. */
export const recordAt = (line: string, pos: number): boolean => {
  const code = line.charCodeAt(pos);
  if (code === 0x5b && matchKernelTime(line, pos, line.length) > 0) return true;
  // `[`, `<`, a digit, a small letter: nothing else begins one
  if (code !== 0x5b && code !== 0x3c && !(code >= 0x30 && code <= 0x39) && !(code >= 0x61 && code <= 0x7a)) return false;
  return RECORD.some((pattern) => {
    pattern.lastIndex = pos;
    return pattern.test(line);
  });
};

export function tagAt(line: string, pos: number): TagFound | undefined {
  if (line.charCodeAt(pos) === 0x30 || line.startsWith('root ', pos)) {
    LOGD.lastIndex = pos;
    const level = LOGD.exec(line)?.groups?.level;
    if (level !== undefined) return { end: LOGD.lastIndex, level };
  }
  if (!line.includes('ern', pos) && !line.includes('KERNEL', pos)) return undefined;
  for (const pattern of TAGS) {
    pattern.lastIndex = pos;
    const match = pattern.exec(line);
    if (match === null) continue;
    return { end: pattern.lastIndex, host: match.groups?.host, level: match.groups?.level };
  }
  return undefined;
}
