import { VIRTUAL_LINES as VIRTUAL } from '../../../../grammars/hardware/block/virtual-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

const says = ({ device, what }: { readonly device?: string; readonly what?: string }): string =>
  `${device ?? 'a device'}: ${plain(what ?? 'error')}`;

export const VIRTUAL_RULES = [
  ...each([VIRTUAL.nbd_xmit, VIRTUAL.nbd_xmit_timeout, VIRTUAL.dasd_error, VIRTUAL.blkif_interrupt, VIRTUAL.drbd_receiver], {
    title: says,
  }),
  rule([VIRTUAL.loop_write_error], { title: 'loop: write error' }),
  ...each([VIRTUAL.rbd_obj_handle_request, VIRTUAL.rbd_watch], { title: says }),
  rule([VIRTUAL.zram_read], { title: 'zram: {what}', fold: [] }),
  rule([VIRTUAL.drbd_state], { title: says, outcome: ({ what }) => (what?.startsWith('disk') ? 'gone' : 'degraded') }),
];
