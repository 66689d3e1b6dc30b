import { MMC_LINES as MMC } from '../../../../grammars/hardware/block/mmc-lines.ts';
import { plain } from '../plain.ts';
import { each, rule } from '../rule.ts';

const says = ({ device, what }: { readonly device?: string; readonly what?: string }): string =>
  `mmc: ${plain(what ?? 'error')} on ${device ?? 'a card'}`;

export const MMC_RULES = [
  rule([MMC.mmc_blk_rw_error], {
    title: ({ device, what }) => `mmc: error ${plain(what ?? '')} on ${device ?? 'a card'}`.replace('  ', ' '),
  }),
  rule([MMC.mmc_attach_fails], {
    title: ({ device, what }) => `mmc: error ${plain(what ?? 'whilst initialising a card')} on ${device ?? 'a host'}`,
    severity: 'warning',
  }),
  rule([MMC.cqhci_timeout], { title: 'mmc: command queue timeout on {device}' }),
  rule([MMC.sdhci_reset], { title: 'mmc: controller reset never completed on {device}' }),
  ...each([MMC.sdhci_timeout_timer, MMC.cqhci_halts, MMC.sdhci_send_command, MMC.mmc_busy, MMC.mmc_blk_reset], { title: says }),
  ...each([MMC.mmc_cqe_recovery], { title: says, severity: 'warning', outcome: 'reset' }),
  ...each([MMC.mmc_execute_tuning], { title: says, severity: 'warning' }),
  rule([MMC.mmc_request_done], { title: says }),
];
