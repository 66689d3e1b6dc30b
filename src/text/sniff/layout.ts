import type { TextForm } from '../forms.ts';

/** What the first lines of a log tell about all of them. Lines are still read one by one, each for what it is. */
export interface Layout {
  readonly form: TextForm;
  /** Lines begin with a time. Where they do not, a text that looks like one is text. */
  readonly stamped: boolean;
  /** dmesg -L or journalctl painted the lines. */
  readonly coloured: boolean;
  /** crash `log -m`: `<6>` behind the time. */
  readonly levelAfterTime: boolean;
  /** Something wrote its own time before each line of a console: the kernel's follows it. */
  readonly stampAfterWall: boolean;
  /** Syslog and journal: a host name stands before the tag. */
  readonly hostColumn: boolean;
  /** Syslog: the kernel's own time stands behind the tag (imklog; journald and imkmsg take it off). */
  readonly stampAfterTag: boolean;
  /** Syslog and journal: programs pass on a console's lines, and no line is the kernel's by its tag. */
  readonly relays: boolean;
  /** Newest first: journalctl -r. */
  readonly reversed: boolean;
  /** Most lines are syslog's or journalctl's. */
  readonly mostlyTagged: boolean;
  /** Stamps of syslog and journal are the kernel's own time in brackets: journalctl -o short-monotonic. */
  readonly monotonic: boolean;
  /** The layout of the lines that are not of the form: those with a stamp and a tag, or those without. */
  readonly other?: Layout | undefined;
}

export const PLAIN_LAYOUT: Layout = {
  form: 'console',
  stamped: true,
  coloured: false,
  levelAfterTime: false,
  stampAfterWall: false,
  hostColumn: true,
  stampAfterTag: false,
  relays: false,
  reversed: false,
  mostlyTagged: false,
  monotonic: false,
};
