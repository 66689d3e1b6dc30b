import type { TextForm } from '../forms.ts';

/** Lines that one container has and no other: the sniffer counts them. */
export const SIGNS: readonly (readonly [TextForm, RegExp])[] = [
  ['kmsg', /^(?:[\w.+~-]{1,64},)?\d+,\d+,\d+,[-c+](?:,[^;]{0,200})?;/],
  ['datagrams', /^\{.{0,400}"b64":\s*"[\w+/]/],
  ['journal-json', /^(?:\x1e|data: |\[)?\{.{0,4000}"(?:MESSAGE|__CURSOR|_TRANSPORT|__REALTIME_TIMESTAMP|PRIORITY)"\s*:/],
  ['journal-json', /^\s+"_{0,2}[A-Z][A-Z0-9_]*"\s?:\s/],
  ['dmesg-json', /^\s+"(?:pri|fac|time|caller|msg)":\s|^\s*\{?\s*"dmesg":\s*\[/],
  // `NAME=value` alone is any configuration's
  ['journal-export', /^(?:__?[A-Z][A-Z0-9_]*|MESSAGE(?:_ID)?|PRIORITY|SYSLOG_[A-Z]+|CODE_[A-Z]+|(?:JOB|USER)_[A-Z]+|UNIT|INVOCATION_ID)=/],
  ['journal-verbose', /^\w{3} \d{4}-\d\d-\d\d [\d:.]{8,15} \S+ \[s=[0-9a-f]+;|^ {4}_{0,2}[A-Z][A-Z0-9_]*=/],
  ['rsyslog-debug', /^Debug line with all properties:|^FROMHOST: '|^syslogtag '|^(?:escaped )?msg: '|^inputname: \S+ rawmsg: '/],
];

/** The first line of a pstore part: kmsg_dump_reason_str() of 3.10 and later, count and part (pstore_dump()). */
export const PSTORE_HEADER = /^(Panic|Oops|Emergency|Shutdown|Restart|Halt|Poweroff|Unknown)#(\d+) Part(\d+)$/;

// months in any language; a day without its blank where a browser swallowed it
const RFC3164 = String.raw`(?:\w{3}|[^\s:[\](){}<>|"'=]{1,24}(?: [^\s:[\](){}<>|"'=]{1,24})?) {1,2}\d{1,2} \d\d:\d\d:\d\d(?:[.,]\d{1,6})?`;
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?`;
const FULL = String.raw`\w{3} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \S+`;
const CTIME = String.raw`\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}`;
const UNIX = String.raw`\d{10}\.\d{6}`;
const MONOTONIC = String.raw`\[ *\d+\.\d{6}(?: < *\d+\.\d{6} >)?\]`;

/** A line of syslog or of journalctl's short forms, in whatever stamp. */
export const TAGGED = new RegExp(`^(?:<\\d+>(?:1 )?)?(?<stamp>${RFC3164}|${ISO}|${FULL}|${CTIME}|${UNIX}|${MONOTONIC}) (?=[\\w/(])`);
/** What follows the stamp on a line of the kernel: host, busybox' `kern.info`, tag. */
export const KERNEL_TAG = /^(?<host>[\w.:/()-]+ )??(?:\w+\.\w+ )?kernel(?:(?:\[0\])?: {0,2}| - - (?:- )?)(?<text>.*)$/;
/** Forms of stamp that only journalctl prints. */
export const JOURNAL_STAMP = new RegExp(
  `^(?:${FULL}|${UNIX}|${MONOTONIC}|\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d\\.\\d+|.{19}[+-]\\d{4}|.{19}\\.\\d+[+-]\\d{4}|.{19}[+-]\\d\\d:\\d\\d)$`,
);
export const BRACKET_STAMP = /^\[/;
/** What journalctl says about itself. */
export const JOURNAL_NOTE = /^-- (?:Boot [0-9a-f]{32}|Reboot|Journal begins|Logs begin|No entries|Cursor|cursor)/;

/** A stamp of dmesg or of a console, behind priority or decoded level. */
export const KERNEL_STAMP = /^(?:<\d{1,3}>|\w+ *:\w+ *: )?\[ *\d+\.\d{6}\]/;
/** A stamp behind something that is no prefix known here. Anchored: a line of nothing but brackets was a second of work. */
export const STAMP_INSIDE = /^\s*\S[^\n]*\[(?=.{12}\]) *\d+\.\d{6}\] /;
/** A line of an object printed over several lines: its brackets, one of its fields. */
export const JSON_AROUND = /^\s*(?:[[\]{},]+|"[\w.@-]{1,64}" ?: ?[^\n]*)\s*$/;
const OTHER_STAMPS = [
  String.raw`\[(?: *\d+\.\d{6} )?< *-?\d+\.\d{6}>\]`, // -d: time and delta, or the delta alone
  String.raw`\[ *[+-]\d+\.\d{6}\]`, // -e: since the record before
  String.raw`\[\w{3}\d\d \d\d:\d\d\]`, // -e: a new minute
  String.raw`\[\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d (?:\w+ )?\d{4}[ \]]`, // -T
  String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]?`, // iso
];
export const OTHER_STAMP = new RegExp(String.raw`^(?:<\d{1,3}>|\w+ *:\w+ *: )?(?:${OTHER_STAMPS.join('|')})`);
export const STAMP_BEHIND_WALL =
  /^(?:\[\w{3} \w{3} [^\]]*\] ?|\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)? )(?:<\d{1,3}>)?\[ *\d+\.\d{6}\]/;
export const LEVEL_BEHIND_TIME = /^\[ *\d+\.\d{6}\] (?:\[ *[TC]\d+\] )?<[0-9a-f]{1,2}>/;
