import type { LogFormat } from './format.ts';

/**
 * The records as /dev/kmsg gives them (kernel/printk/printk.c info_print_ext_header, msg_print_ext_body): a record that is still
 * open is not shown yet, one whose text was lost is skipped, every byte outside printable ASCII and the backslash are escaped.
 */
export const kmsgFormat = (caller: boolean): LogFormat => ({
  record(r) {
    if (r.ring && (!r.ring.finalized || r.ring.loss === 'failed')) return '';
    const priority = ((r.facility ?? 0) << 3) | (r.level ?? DEFAULT_LEVEL);
    const id = caller && r.callerId !== undefined ? `,caller=${r.callerId}` : '';
    const dict = r.dict?.map((d) => ` ${escapeKmsg(d)}\n`).join('') ?? '';
    return `${priority},${r.seq},${r.usec ?? 0},${r.continuation ? 'c' : '-'}${id};${escapeKmsg(r.text)}\n${dict}`;
  },
});

/** What printk itself gives a message without one (CONFIG_MESSAGE_LOGLEVEL_DEFAULT). */
const DEFAULT_LEVEL = 4;

const escapeKmsg = (text: string): string =>
  text.replace(/[^\x20-\x5b\x5d-\x7e]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
