/** A part of which the kernel says that it works again. */
export interface Recovery {
  /** As events name it: `nvme0`, `eno1`, `65:16`, a server. */
  readonly device: string;
  /** What the verdict says of it, and the same where the part is named already. */
  readonly says: string;
  readonly saysOfIt: string;
}

interface Row {
  readonly contains: string;
  readonly reads: RegExp;
  /** `DEVICE` stands for the device. */
  readonly says: string;
  readonly saysOfIt: string;
}

const CAME_BACK = { says: 'DEVICE came back', saysOfIt: 'it came back' };
const LINK_UP = { says: 'the link of DEVICE came up again', saysOfIt: 'its link came up again' };

/** Each is no news at boot, and the end of a failure behind one. */
const ROWS: readonly Row[] = [
  // drivers/nvme/host/pci.c nvme_setup_io_queues(), since 4.21; fabrics.c, tcp.c, rdma.c: `mapped `, `Successfully reconnected`
  { contains: ' queues', reads: /^nvme (nvme\d+): (?:mapped )?\d+\/\d+\/\d+ default\/read\/poll queues/, ...CAME_BACK },
  { contains: 'Successfully reconnected', reads: /^nvme (nvme\d+): Successfully reconnected/, ...CAME_BACK },
  // drivers/md/dm-mpath.c reinstate_path(), since 4.5
  {
    contains: 'Reinstating path',
    reads: /^device-mapper: multipath: \S+ Reinstating path ([^\s.]+)/,
    says: 'path DEVICE came back',
    saysOfIt: 'it came back',
  },
  // net/sunrpc/clnt.c call_decode()
  { contains: ' OK', reads: /^(?:nfs4?|lockd): server (\S+) OK/, says: 'server DEVICE answers again', saysOfIt: 'it answers again' },
  // drivers of wired networks; drivers/net/phy/phy.c phy_print_status()
  { contains: 'ink is Up', reads: /([\w.@-]+): (?:NIC )?(?:Copper |Fiber |SerDes )?Link is Up\b/, ...LINK_UP },
  { contains: 'NIC Link is Up', reads: /([\w.@-]+) NIC Link is Up\b/, ...LINK_UP },
];

/** What the line says of a part that works again; undefined where it says nothing of the sort. */
export function recoveryOf(text: string): Recovery | undefined {
  if (text.length > 300) return undefined;
  for (const { contains, reads, says, saysOfIt } of ROWS) {
    if (!text.includes(contains)) continue;
    const device = reads.exec(text)?.[1];
    if (device !== undefined) return { device, says: says.replace('DEVICE', () => device), saysOfIt };
  }
  return undefined;
}
