// The macros that print to the kernel log, and what they print before the message.

const LEVELS = 'emerg|alert|crit|err|warn|warning|notice|info';

/** Macro → what stands before the message; `pr`: the file's pr_fmt(). Debug prints are none: nobody sees them who did not switch them on. */
const MACROS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^pr_(?:${LEVELS})(?:_once|_ratelimited)?$`), 'pr'],
  [/^v?printk(?:_ratelimited|_once|_deferred|_deferred_once|_index_wrap)?$|^_printk$/, ''],
  [/^pr_cont(?:_once)?$/, ''],
  [/^(?:panic|nmi_panic|vpanic)$/, 'Kernel panic - not syncing: '],
  [/^(?:VM_)?WARN(?:_ONCE|_RATELIMIT|_TAINT|_TAINT_ONCE)?$|^(?:dev|drm|xfs|RCU_LOCKDEP)_WARN(?:_ONCE)?$/, ''],
  [new RegExp(`^_?dev_(?:${LEVELS})(?:_once|_ratelimited|_probe)?$`), 'xyz 0000:01:00.0: '],
  [new RegExp(`^pci_(?:${LEVELS})(?:_ratelimited|_once)?$`), 'pcieport 0000:00:1c.0: '],
  [new RegExp(`^netdev_(?:${LEVELS})(?:_once)?$`), 'xyz 0000:01:00.0 eth0: '],
  [new RegExp(`^(?:netif|phydev)_(?:${LEVELS})$`), 'xyz 0000:01:00.0 eth0: '],
  [new RegExp(`^(?:net|nlmsg)_(?:${LEVELS})_ratelimited$`), 'pr'],
  [new RegExp(`^drm_(?:${LEVELS})(?:_once|_ratelimited)?$`), 'xyz 0000:00:02.0: [drm] '],
  [/^DRM_(?:ERROR|WARN|DEV_ERROR)(?:_RATELIMITED)?$/, '[drm:xyz_irq [xyz]] *ERROR* '],
  [/^ata_(?:port|link|dev)_(?:err|warn|info|notice)$/, 'ata1.00: '],
  [/^(?:sd|scmd|sdev|starget|shost)_printk$/, 'sd 2:0:0:0: [sda] '],
  [/^ext4_(?:error|error_inode|warning|abort)\w*$/, 'EXT4-fs error (device sda1): ext4_lookup:1578: '],
  [/^ext4_msg$/, 'EXT4-fs (sda1): '],
  [/^xfs_(?:emerg|alert|crit|err|warn|notice|info|alert_tag|warn_ratelimited)$/, 'XFS (sda1): '],
  [/^btrfs_(?:emerg|alert|crit|err|warn|handle_fs_error|abort_transaction)(?:_rl|_in_rcu|_rl_in_rcu)?$/, 'BTRFS error (device sda1): '],
  [/^f2fs_(?:err|warn|notice|info)(?:_ratelimited)?$/, 'F2FS-fs (sda1): '],
  [/^DM(?:ERR|WARN|CRIT|INFO)(?:_LIMIT)?$/, 'device-mapper: xyz: '],
  [/^edac_(?:mc|device|pci|mc_chipset)_printk$|^edac_printk$/, 'EDAC MC0: '],
  [/^slab_err$/, 'BUG kmalloc-64 (Not tainted): '],
  [/^kmemleak_warn$/, 'pr'],
  [/^orc_warn$/, 'WARNING: '],
  [/^(?:pe|eeh_edev)_(?:err|warn|info)$/, 'EEH: '],
  [/^boot_(?:emerg|alert|crit|err|warn|notice|info)$/, ''],
  [/^umip_pr_(?:err|warning|info)$/, 'umip: java[77] ip:401136 sp:7ffd3f81a6d0: '],
];

/** What stands before a message of this macro; undefined where it prints none. */
export const beforeMessage = (macro: string): string | undefined => MACROS.find(([name]) => name.test(macro))?.[1];

export type Level = 'emerg' | 'alert' | 'crit' | 'err' | 'warn' | 'notice' | 'info' | 'debug' | 'cont' | 'default' | 'caller';

/** At which level a call prints: by its macro, else by what stands before the format; `caller` where a variable says it. */
export function levelOf(macro: string, before: string): Level {
  if (/^pr_cont/.test(macro)) return 'cont';
  const named =
    /KERN_([A-Z]+)/.exec(before)?.[1]?.toLowerCase() ?? /(?:^|_)([a-z]+?)(?:_once|_ratelimited|_probe)?$/i.exec(macro)?.[1]?.toLowerCase();
  switch (named) {
    case 'emerg':
    case 'alert':
    case 'crit':
    case 'notice':
    case 'info':
    case 'debug':
    case 'cont':
      return named;
    case 'err':
    case 'error':
      return 'err';
    case 'warn':
    case 'warning':
      return 'warn';
    default:
      return 'default';
  }
}
