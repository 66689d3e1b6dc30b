/** A part of which the kernel says that it works again. */
export interface Recovery {
  /** As events name it: `nvme0`, `eno1`, `65:16`, a server. */
  readonly device: string;
  /** What the verdict says of it, and the same where the part is named already. */
  readonly says: string;
  readonly saysOfIt: string;
}

interface Row {
  /** How the line begins: every record of a log is asked, so the pattern stands behind it. */
  readonly starts: string;
  readonly reads: RegExp;
  /** `DEVICE` stands for the device. */
  readonly says: string;
  readonly saysOfIt: string;
}

const CAME_BACK = { says: 'DEVICE came back', saysOfIt: 'it came back' };
const ANSWERS = { says: 'server DEVICE answers again', saysOfIt: 'it answers again' };

/** Each is no news at boot, and the end of a failure behind one. */
const ROWS: readonly Row[] = [
  // drivers/nvme/host/pci.c nvme_setup_io_queues(), since 4.21; fabrics.c, tcp.c, rdma.c: `mapped `, `Successfully reconnected`
  {
    starts: 'nvme nvme',
    reads: /^nvme (nvme\d+): (?:(?:mapped )?\d+\/\d+\/\d+ default\/read\/poll queues|Successfully reconnected)/,
    ...CAME_BACK,
  },
  // drivers/md/dm-mpath.c reinstate_path(), since 4.5
  {
    starts: 'device-mapper: multipath: ',
    reads: /^device-mapper: multipath: \S+ Reinstating path ([^\s.]+)/,
    says: 'path DEVICE came back',
    saysOfIt: 'it came back',
  },
  // drivers/net/ethernet/mellanox/mlx5/core/health.c, drivers/net/wireless/ath/ath10k/core.c, qualcomm's ath11k alike
  { starts: 'mlx5_core ', reads: /^mlx5_core (\S+): .{0,80}health recovery succeeded/, ...CAME_BACK },
  // drivers/scsi/mpt3sas/mpt3sas_base.c _base_diag_reset()
  { starts: 'mpt', reads: /^(mpt[23]sas(?:_cm)?\d+): diag reset: SUCCESS/, ...CAME_BACK },
  { starts: 'ath1', reads: /^ath1[01]k_\w+ (\S+): device successfully recovered/, ...CAME_BACK },
  // net/sunrpc/clnt.c call_decode()
  { starts: 'nfs', reads: /^nfs4?: server (\S+) OK/, ...ANSWERS },
  { starts: 'lockd: ', reads: /^lockd: server (\S+) OK/, ...ANSWERS },
];

/** Drivers of wired networks; drivers/net/phy/phy.c phy_print_status(). */
const LINK = 'ink is Up';
const LINK_UP = /([\w.@-]+):? (?:NIC )?(?:(?:Copper|Fiber|SerDes) )?Link is Up\b/;

/** What the line says of a part that works again; undefined where it says nothing of the sort. */
export function recoveryOf(text: string): Recovery | undefined {
  for (const { starts, reads, says, saysOfIt } of ROWS) {
    if (!text.startsWith(starts)) continue;
    const device = reads.exec(text)?.[1];
    return device === undefined ? undefined : { device, says: says.replace('DEVICE', () => device), saysOfIt };
  }
  const at = text.length > 300 ? -1 : text.indexOf(LINK);
  const device = at < 0 ? undefined : LINK_UP.exec(text)?.[1];
  return device === undefined ? undefined : { device, says: `the link of ${device} came up again`, saysOfIt: 'its link came up again' };
}
