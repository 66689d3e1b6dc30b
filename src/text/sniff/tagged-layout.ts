import { monthAt } from '../prefix/civil.ts';
import { type Layout, PLAIN_LAYOUT } from './layout.ts';
import { BRACKET_STAMP, JOURNAL_NOTE, JOURNAL_STAMP, KERNEL_STAMP, KERNEL_TAG, STAMP_INSIDE, TAGGED } from './line-kinds.ts';

/** Fewer lines than this say nothing about the rest. */
const FEW = 8;

/** The layout of the lines that are syslog's or of journalctl's short forms, be they most or few; undefined where none is. */
export function taggedLayout(lines: readonly string[], coloured: boolean): Layout | undefined {
  let tagged = 0;
  let kernel = 0;
  let hosts = 0;
  let stampsBehindTag = 0;
  let relayed = 0;
  let journal = 0;
  let bracketed = 0;
  let indented = 0;
  let rising = 0;
  let falling = 0;
  let last = '';
  for (const line of lines) {
    // dmesg's
    if (line.charCodeAt(0) === 0x5b && !line.includes('kernel')) continue;
    const stamp = TAGGED.exec(line);
    if (stamp?.groups?.stamp === undefined) {
      if (line.startsWith('          ')) indented++;
      if (JOURNAL_NOTE.test(line)) journal += lines.length;
      continue;
    }
    const at = KERNEL_TAG.exec(line.slice(stamp[0].length));
    // `[    1.234567] usb 1-1: …` is dmesg; with a host and `kernel:` it is short-monotonic
    if (at === null && BRACKET_STAMP.test(stamp.groups.stamp)) continue;
    tagged++;
    if (BRACKET_STAMP.test(stamp.groups.stamp)) bracketed++;
    if (JOURNAL_STAMP.test(stamp.groups.stamp)) journal++;
    const now = sortable(stamp.groups.stamp);
    if (now > last && last !== '') rising++;
    else if (now < last && !(now.startsWith('01') && last.startsWith('12'))) falling++;
    last = now;
    if (at === null) {
      if (STAMP_INSIDE.test(line)) relayed++;
      continue;
    }
    kernel++;
    if (at.groups?.host !== undefined) hosts++;
    if (KERNEL_STAMP.test(at.groups?.text ?? '')) stampsBehindTag++;
  }
  if (tagged === 0) return undefined;
  const imklog = stampsBehindTag * 2 > kernel;
  const rfc3164 = /^\d\d [ \d]\d /.test(last);
  return {
    ...PLAIN_LAYOUT,
    form:
      !imklog && (journal * 2 > tagged || indented > 0 || (rfc3164 && kernel > 0 && !lines.some((l) => l.startsWith('<'))))
        ? 'journal'
        : 'syslog',
    coloured,
    stamped: true,
    hostColumn: kernel === 0 || hosts * 2 > kernel,
    // a few lines are all there is to go by
    stampAfterTag: imklog || (stampsBehindTag > 0 && tagged < FEW),
    relays: kernel === 0 && relayed * 2 > tagged,
    mostlyTagged: tagged * 2 >= lines.length - indented,
    monotonic: bracketed * 2 > tagged,
    reversed: falling > rising * 4,
  };
}

/** RFC 3164's month as a number, so that stamps sort as they follow each other. */
const sortable = (stamp: string): string => {
  const month = /^\w{3} [ \d]\d /.test(stamp) ? monthAt(stamp, 0) : 0;
  return month === 0 ? stamp : String(month).padStart(2, '0') + stamp.slice(3);
};
