import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

/** dev_err() of a UFS host: `ufshcd-qcom 1d84000.ufshc: `; since 6.x the driver can be named otherwise, the device cannot. */
const UFS = subject(String.raw`(?<driver>[\w-]*ufs[\w-]*) (?<device>[\w:.@-]+): `, { driver: words, device: words });

/** Universal flash storage of telephones and tablets. */
export const UFS_LINES = lines({
  ufshcd_err_handler: {
    printer: 'drivers/ufs/core/ufshcd.c ufshcd_err_handler()',
    releases: 'since 5.16; drivers/scsi/ufs until 5.18',
    examples: [
      'ufshcd-qcom 1d84000.ufshc: ufshcd_err_handler started; HBA state eh_fatal; powered 1; shutting down 0; saved_err = 0x4; saved_uic_err = 0x40; force_reset = 0',
    ],
    ...sentence(UFS, 'ufshcd_err_handler started', { tail: String.raw`; HBA state (?<state>\w+)`, fields: { state: words } }),
  },
  ufshcd_lost: {
    printer: 'drivers/ufs/core/ufshcd.c ufshcd_link_startup(), ufshcd_reset_and_restore(), ufshcd_eh_host_reset_handler()',
    examples: [
      'ufshcd-qcom 1d84000.ufshc: link startup failed -110',
      'ufshcd-qcom 1d84000.ufshc: ufshcd_err_handler: reset and restore failed with err -5',
      'ufshcd-qcom 1d84000.ufshc: ufshcd_link_startup: Device not present',
    ],
    ...sentence(
      subject(String.raw`(?<driver>[\w-]*ufs[\w-]*) (?<device>[\w:.@-]+): (?:\w+: )?`, UFS.fields),
      ['link startup failed', 'reset and restore failed', 'Device not present'],
      { tail: String.raw`.*?(?<errno>-\d+)`, fields: { errno: int } },
    ),
  },
  ufshcd_abort: {
    printer: 'drivers/ufs/core/ufshcd.c ufshcd_abort(), ufshcd_send_uic_cmd(), ufshcd_eh_host_reset_handler()',
    examples: [
      'ufshcd-qcom 1d84000.ufshc: ufshcd_abort: Device abort task at tag 12',
      'ufshcd-qcom 1d84000.ufshc: ufshcd_eh_host_reset_handler: reset in progress - 1',
      'ufshcd-qcom 1d84000.ufshc: uic cmd 0x17 with arg3 0x0 completion timeout',
    ],
    ...sentence(UFS, ['ufshcd_abort: Device abort task', 'ufshcd_eh_host_reset_handler: reset in progress', 'uic cmd 0x']),
  },
});
