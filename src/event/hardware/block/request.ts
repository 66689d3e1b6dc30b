import { REQUEST_LINES as REQUEST } from '../../../../grammars/hardware/block/request-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

export const REQUEST_RULES = [
  rule([REQUEST.blk_print_req_error], {
    // a command that the disk does not know, or a thin disk that is full: nothing is broken
    severity: ({ error }) => (/^(?:operation not supported|nonblocking retry|dm internal retry)$/.test(error ?? '') ? 'warning' : 'error'),
    title: '{error} error on {device}[ ({operation})]',
  }),
  rule([REQUEST.buffer_io_error], {
    title: ({ device, what }) => `Buffer I/O error on ${device ?? 'a device'}${what === undefined ? '' : `, ${plain(what)}`}`,
  }),
  rule([REQUEST.end_buffer_write_sync], { title: 'Lost page write[ on {device}]' }),
  rule([REQUEST.end_swap_bio_write], {
    title: ({ operation }) => `${operation ?? 'I/O'} error on swap device`,
  }),
  rule([REQUEST.bio_check_eod, REQUEST.bio_check_eod_where], { title: 'Access beyond end of device[ {device}]' }),
  rule([REQUEST.t10_pi_verify], { title: '{device}: {what}' }),
  ...each([REQUEST.is_gpt_valid], { title: '{what}', severity: 'warning' }),
  ...each([REQUEST.blk_check_partition], { title: '{device}: {what}' }),
];
