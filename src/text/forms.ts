/** The containers a kernel log comes in as text. What a form loses is in this folder's README. */
export const TEXT_FORMS = [
  'dmesg', // dmesg(1) in any of its formats, busybox dmesg, /proc/kmsg, crash `log`, makedumpfile --dump-dmesg
  'vmcore-dmesg', // vmcore-dmesg.txt: later lines of a record stand in column 0
  'console', // a serial console, basic netconsole, console-ramoops
  'kmsg', // /dev/kmsg records, extended netconsole
  'dmesg-json',
  'datagrams', // netconsole datagrams, one JSON object each, the bytes in base64
  'journal', // journalctl -o short*, with-unit
  'journal-json',
  'journal-export',
  'journal-verbose',
  'syslog', // syslogd, rsyslog, syslog-ng, logread
  'rsyslog-debug', // rsyslog's RSYSLOG_DebugFormat
  'pstore', // dumps of pstore: each part begins with `Panic#2 Part1`
  'ramoops', // the RAM region of ramoops itself
] as const;

export type TextForm = (typeof TEXT_FORMS)[number];

export const isTextForm = (name: string | undefined): name is TextForm => (TEXT_FORMS as readonly (string | undefined)[]).includes(name);

/** What is known of a text before it is read. */
export interface TextReaderOptions {
  /** The form, where it is known; else the first bytes tell. */
  readonly form?: TextForm | undefined;
  /** File name: a weak hint. */
  readonly name?: string | undefined;
  /** Microseconds since 1970 of a moment not before the log (mtime): the year of stamps that name none. */
  readonly asOf?: number | undefined;
}
