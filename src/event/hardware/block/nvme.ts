import { NVME_LINES as NVME } from '../../../../grammars/hardware/block/nvme-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

const says = ({ device, what }: { readonly device?: string; readonly what?: string }): string =>
  `nvme: ${plain(what ?? 'controller error')} (${device ?? 'nvme'})`;

export const NVME_RULES = [
  rule([NVME.nvme_timeout], {
    // the command had completed, only its interrupt was lost
    severity: ({ action }) => (action === 'completion polled' ? 'warning' : 'error'),
    title: ({ device, action }) =>
      `nvme: I/O timeout on ${device ?? 'a device'}${action === 'completion polled' ? ', completion polled' : ''}`,
    outcome: ({ action }) =>
      action === 'completion polled'
        ? 'recovered'
        : action?.startsWith('disable')
          ? 'gone'
          : action?.startsWith('reset')
            ? 'reset'
            : undefined,
  }),
  rule([NVME.nvme_log_error], {
    title: ({ device, error, operation }) =>
      `nvme: ${plain(error ?? 'error')} on ${device ?? 'a device'} (${plain(operation ?? 'command')})`,
  }),
  ...each([NVME.nvme_warn_reset, NVME.nvme_error_detected, NVME.nvme_handle_aer, NVME.nvme_anatt_timeout], {
    title: says,
    outcome: 'reset',
  }),
  ...each(
    [
      NVME.nvme_wait_ready,
      NVME.nvme_setup_io_queues,
      NVME.nvme_handle_cqe,
      NVME.nvme_init_ctrl_finish,
      NVME.nvme_ns_head_submit_bio,
      NVME.nvme_validate_ns_ids,
      NVME.nvme_keep_alive,
      NVME.nvme_tcp_error_recovery,
      NVME.nvme_fc_ctrl_connectivity_loss,
    ],
    { title: says },
  ),
  ...each([NVME.nvme_reset_work, NVME.nvme_reset_work_disables, NVME.nvme_tcp_removes], { title: says, outcome: 'gone' }),
  ...each([NVME.nvme_change_ctrl_state_fails, NVME.nvme_tcp_connect, NVME.nvme_tcp_reconnect], { title: says, severity: 'warning' }),
];
