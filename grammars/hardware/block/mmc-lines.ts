import { hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

/** mmc_hostname(), the disk, the card on its bus: `mmc0: `, `mmcblk0: `, `mmc0:0001: `; the host driver may follow: `mmc0: cqhci: `. */
const MMC = subject(String.raw`(?<device>mmc(?:blk)?\d+)\S*: (?:(?:cqhci|sdhci): )?`, { device: words });
const isMmc = (text: string): boolean => /^mmc(?:blk)?\d+\S*: /.test(text);
const ERRNO = { tail: String.raw`.*?(?<errno>-\d+)`, fields: { errno: int } } as const;

const BLOCK = 'drivers/mmc/core/block.c';
const SDHCI = 'drivers/mmc/host/sdhci.c';

/** SD cards and eMMC, and their host controllers. */
export const MMC_LINES = lines({
  mmc_blk_rw_error: {
    printer: `${BLOCK} mmc_blk_cmd_recovery(), mmc_blk_err_check()`,
    releases: 'until 4.15; `error -110 requesting status` until 5.x',
    examples: [
      'mmcblk3: error -84 transferring data, sector 98304, nr 8, cmd response 0x900, card status 0x0',
      'mmcblk3: error -110 sending status command, retrying',
      'mmcblk3: error -110 requesting status',
    ],
    opens: [{ form: 'line', literals: ['error -'], at: 'message', test: (text) => isMmc(text) && !text.includes(' whilst initialising') }],
    start: /mmc(?:blk)?\d+\S*: error -(?![^\n]* whilst initialising)/,
    reads: [
      /^(?<device>mmc(?:blk)?\d+)\S*: error (?<errno>-\d+) (?<what>[a-z /]+?), sector (?<sector>\d+)/,
      /^(?<device>mmc(?:blk)?\d+)\S*: error (?<errno>-\d+) (?<what>[a-zA-Z /]+)/,
    ],
    fields: { device: words, errno: int, what: words, sector: int },
  },
  mmc_attach_fails: {
    printer: 'drivers/mmc/core/mmc.c mmc_attach_mmc(), sd.c mmc_attach_sd(), sdio.c mmc_attach_sdio()',
    examples: ['mmc3: error -110 whilst initialising SD card', 'mmc3: error -84 whilst initialising MMC card'],
    opens: [{ form: 'line', literals: ['error -'], at: 'message', test: (text) => isMmc(text) && text.includes(' whilst initialising') }],
    start: /mmc\d+: error -\d+ whilst initialising/,
    reads: [/^(?<device>mmc\d+): error (?<errno>-\d+) (?<what>whilst initialising \w+ card)/],
    fields: { device: words, errno: int, what: words },
  },
  sdhci_timeout_timer: {
    printer: `${SDHCI} sdhci_timeout_timer(), sdhci_timeout_data_timer()`,
    examples: ['mmc3: Timeout waiting for hardware interrupt.', 'mmc3: Timeout waiting for hardware cmd interrupt.'],
    ...sentence(MMC, ['Timeout waiting for hardware interrupt', 'Timeout waiting for hardware cmd interrupt']),
  },
  cqhci_timeout: {
    printer: 'drivers/mmc/host/cqhci-core.c cqhci_timeout()',
    releases: 'cqhci.c until 5.11',
    examples: ['mmc3: cqhci: timeout for tag 21, qcnt 2', 'mmc3: cqhci: timeout for tag 21'],
    ...sentence(MMC, 'timeout for tag', { tail: String.raw` (?<tag>\d+)`, fields: { tag: int } }),
  },
  mmc_cqe_recovery: {
    printer: 'drivers/mmc/core/core.c mmc_cqe_recovery()',
    examples: ['mmc3: running CQE recovery'],
    ...sentence(MMC, 'running CQE recovery'),
  },
  cqhci_halts: {
    printer: 'drivers/mmc/host/cqhci-core.c cqhci_off(), cqhci_halt(), cqhci_clear_all_tasks()',
    examples: [
      'mmc3: cqhci: CQE stuck on',
      'mmc3: cqhci: Failed to halt',
      'mmc3: cqhci: Failed to clear tasks',
      'mmc3: cqhci: CQE failed to exit halt state',
    ],
    ...sentence(MMC, ['CQE stuck on', 'Failed to halt', 'Failed to clear tasks', 'CQE failed to exit halt state']),
  },
  sdhci_reset: {
    printer: `${SDHCI} sdhci_reset()`,
    examples: ['mmc3: Reset 0x4 never completed.'],
    opens: [{ form: 'line', literals: ['Reset 0x'], at: 'message', test: isMmc }],
    start: /mmc\d+: Reset 0x[0-9a-f]+ never completed/,
    reads: [/^(?<device>mmc\d+): Reset (?<mask>0x[0-9a-f]+) (?<what>never completed)/],
    fields: { device: words, mask: hex, what: words },
  },
  sdhci_send_command: {
    printer: `${SDHCI} sdhci_send_command(), sdhci_adma_show_error(), sdhci_enable_clk(), sdhci_request_done()`,
    examples: [
      'mmc3: Controller never released inhibit bit(s).',
      'mmc3: ADMA error: 0x02000000',
      'mmc3: Internal clock never stabilised.',
      'mmc3: Card is consuming too much power!',
      'mmc3: Card removed during transfer!',
      'mmc3: Unexpected interrupt 0x04000000.',
      'mmc3: Got data interrupt 0x00000020 even though no data operation was in progress.',
    ],
    ...sentence(MMC, [
      'Controller never released inhibit bit',
      'ADMA error',
      'Internal clock never stabilised',
      'PLL clock never stabilised',
      'Card is consuming too much power',
      'Card removed during transfer',
      'Unexpected interrupt',
      'Got data interrupt',
      'Got command interrupt',
    ]),
  },
  mmc_blk_reset: {
    printer: `${BLOCK} mmc_blk_mq_rw_recovery(), mmc_blk_reset(); drivers/mmc/core/core.c mmc_hw_reset()`,
    examples: [
      'mmcblk3: recovery failed!',
      'mmc3: tried to HW reset card, got error -110',
      'mmc3: tried to SW reset card, got error -110',
      'mmc3: cache flush error -110',
    ],
    ...sentence(MMC, ['recovery failed', 'tried to HW reset card', 'tried to SW reset card', 'cache flush error'], ERRNO),
  },
  mmc_busy: {
    printer: 'drivers/mmc/core/mmc_ops.c mmc_poll_for_busy(), block.c card_busy_detect()',
    examples: [
      'mmc3: Card stuck being busy! mmc_poll_for_busy',
      'mmcblk3: Card stuck in programming state! mmcblk3 card_busy_detect',
      'mmc3: card never left busy state',
      'mmc3: Power Off Notification timed out, 600',
    ],
    ...sentence(MMC, [
      'Card stuck being busy',
      'Card stuck in programming state',
      'card never left busy state',
      'Power Off Notification timed out',
    ]),
  },
  mmc_request_done: {
    printer: 'drivers/mmc/core/core.c mmc_request_done(); host drivers',
    examples: ['mmc3: req failed (CMD8): -110, retrying...'],
    opens: [{ form: 'line', literals: ['req failed '], at: 'message', test: isMmc }],
    start: /mmc\d+: req failed /,
    reads: [/^(?<device>mmc\d+): (?<what>req failed) \((?<command>\w+)\): (?<errno>-\d+)/],
    fields: { device: words, what: words, command: words, errno: int },
  },
  mmc_execute_tuning: {
    printer: 'drivers/mmc/core/core.c mmc_execute_tuning(), mmc.c mmc_select_hs400()',
    examples: ['mmc3: tuning execution failed: -5', 'mmc3: switch to hs400 failed, err:-110'],
    ...sentence(MMC, ['tuning execution failed', 'switch to hs400 failed', 'switch to bus width'], ERRNO),
  },
  mmc_bus_speed: {
    printer: `${SDHCI} sdhci_dumpregs(): what a controller shows of its registers; cards that come and go`,
    examples: [
      'mmc3: sdhci: Sys addr:  0x00000080 | Version:  0x00001002',
      'mmc3: new HS400 MMC card at address 0001',
      'mmc3: card 0001 removed',
    ],
    start: /mmc\d+: (?:(?:sdhci|cqhci): |new |card \S+ removed)/,
  },
});
