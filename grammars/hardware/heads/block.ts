import { type HeadRule, head } from '../../call-trace/head.ts';
import { said } from '../said.ts';

/** Disks and what lies between them and the file systems. */
export const BLOCK_HEADS: readonly HeadRule[] = [
  // block/blk-mq.c blk_print_req_error() since 5.16, blk-core.c print_req_error() since 4.14, end_request() before; the prefix was
  // "end_request: ", "blk_update_request: " (3.18), "print_req_error: " (4.15), "blk_update_request: " (5.2), none (5.18).
  head(
    'blk_print_req_error',
    /(?:end_request: |blk_update_request: |print_req_error: )?(?:critical |recoverable |operation |kernel |device |nonblocking |dm internal |reservation |protection |timeout |zone |I\/O )[a-z ]*?error,? ?(?:on )?dev /,
    /(?:^|: )(?<error>[A-Za-z/ ]+?) error, dev (?<device>\S+?), sector (?<sector>\d+)(?: op 0x(?<op>[0-9a-f]+):\((?<operation>\w+)\) flags 0x(?<flags>[0-9a-f]+)(?: phys_seg (?<segments>\d+) prio class (?<prio>\d+))?)?/,
  ),
  // fs/buffer.c buffer_io_error(): "on dev sda1, logical block 0, async page read" since 4.1, "on device sda1" before, two lines before 3.19.
  head(
    'buffer_io_error',
    /Buffer I\/O error on dev(?:ice)? /,
    /on dev(?:ice)? (?<device>\S+?), logical block (?<block>\d+)(?:, (?<what>.*))?/,
  ),
  head('end_buffer_write', /lost page write due to |JBD2?: lost page/, /I\/O error on (?<device>\S+)/),
  // drivers/ata/libata-eh.c ata_eh_link_report(), ata_eh_report(): a block of lines of one port or device.
  head(
    'ata_eh_link_report',
    /ata\d+(?:\.\d+)?: exception Emask /,
    /(?<port>ata\d+)(?:\.(?<link>\d+))?: exception Emask 0x(?<emask>[0-9a-f]+) SAct 0x(?<sact>[0-9a-f]+) SErr 0x(?<serr>[0-9a-f]+) action 0x(?<action>[0-9a-f]+)(?<frozen> frozen)?/,
  ),
  head('ata_eh_report_command', /ata\d+(?:\.\d+)?: (?:failed command:|cmd) /, /failed command: (?<command>.+)/, /cmd (?<cmd>[0-9a-f/:]+)/),
  head('ata_eh_report_result', /\s*res [0-9a-f]{2}\//, /Emask 0x(?<resEmask>[0-9a-f]+) \((?<error>[^)]+)\)/),
  head(
    'ata_eh_report_status',
    /ata\d+(?:\.\d+)?: (?:status|error): \{/,
    /status: \{ (?<status>[^}]*?) \}/,
    /error: \{ (?<errors>[^}]*?) \}/,
  ),
  head(
    'ata_eh_trouble',
    /ata\d+(?:\.\d+)?: (?:qc timeout|disabled|revalidation failed|softreset failed|COMRESET failed|hardreset failed|limiting |reset failed|failed to (?:IDENTIFY|read|set|enable)|NCQ disabled|link is slow|lost interrupt|SError)/,
    /(?<port>ata\d+)(?:\.(?<link>\d+))?: (?<what>qc timeout|disabled|revalidation failed|softreset failed|COMRESET failed|hardreset failed|limiting [\w ]+ speed|reset failed|failed to \w+|NCQ disabled|link is slow|lost interrupt)(?:.*\((?:errno=)?(?<errno>-\d+)\))?/,
    /SError: \{ (?<serror>[^}]*?) \}/,
  ),
  head('ata_line', /ata\d+(?:\.\d+)?: /),
  // drivers/scsi/scsi_logging.c scsi_print_result(), scsi_print_sense_hdr(), scsi_print_command(); "[sda] tag#0 " since 3.18, two lines before.
  head(
    'scsi_print_result',
    /s[drg] \S+: (?:\[\w+\] )?(?:tag#\d+ )?(?:FAILED |Done: \w+ |UNKNOWN\([^)]*\) )?Result: |s[drg] \S+: (?:\[\w+\] )?(?:Unhandled )/,
    /(?<address>\d+:\d+:\d+:\d+): (?:\[(?<device>\w+)\] )?(?:tag#\d+ )?.*Result: hostbyte=(?<host>\w+) driverbyte=(?<driver>\w+)(?: cmd_age=(?<age>\d+)s)?/,
    /(?<address>\d+:\d+:\d+:\d+): (?:\[(?<device>\w+)\] )?/,
  ),
  head(
    'scsi_print_sense',
    /s[drg] \S+: (?:\[\w+\] )?(?:tag#\d+ )?(?:Sense Key|Add\. Sense|CDB|ASC=| {2}ASC|<<vendor)/,
    /Sense Key ?: (?<senseKey>.+?) (?:\[|$)/,
    /Add\. Sense: (?<sense>.+)/,
    /CDB: (?<cdb>[A-Z][\w ]*\(\d+\)|[A-Z][\w /]+?)(?: [0-9a-f]{2}| ?:|$)/,
  ),
  head(
    'scsi_trouble',
    /(?:s[drgt]|scsi(?: host\d+)?|ses) ?\S*: (?:\[\w+\] )?(?:tag#\d+ )?(?:[Rr]ejecting I\/O|[Dd]evice offlined|timing out command|attempting task abort|task abort: |Power-on or device reset|Synchronize Cache\(10\) failed|Synchronizing SCSI cache failed|.*offlined - not ready)/,
    /(?<address>\d+:\d+:\d+:\d+): (?:\[(?<device>\w+)\] )?(?:tag#\d+ )?(?<what>rejecting I\/O to \w+ device|[Dd]evice offlined|timing out command|attempting task abort|task abort|Synchroniz\w+ (?:SCSI )?[Cc]ache(?:\(10\))? failed)/i,
  ),
  head('scsi_line', /s[drg] \d+:\d+:\d+:\d+: /),
  // drivers/nvme/host/pci.c nvme_timeout(), nvme_reset_work(), core.c nvme_log_error(): "I/O tag 12 (100c) opcode 0x1 (I/O Cmd) QID 3" since 6.6.
  said(
    'nvme_timeout',
    /(?:I\/O (?:tag )?\d+ (?:\([0-9a-f]+\) )?.*?QID \d+ timeout|IO \d+ QID \d+ timeout|I\/O \d+ \S.* QID \d+ timeout)/,
    /^nvme (?<device>nvme\d+): I\/?O (?:tag )?(?<tag>\d+) .*?QID (?<qid>\d+) timeout(?:, (?<action>[\w ]+?))?(?: req_op:(?<operation>\w+).*)?$/,
  ),
  said(
    'nvme_log_error',
    /(?:I\/O Cmd|\w[\w ]*)\(0x[0-9a-f]+\) (?:\/ [^@\n]+ )?@ LBA \d+/,
    /^(?<device>nvme\d+(?:c\d+)?n\d+): (?<operation>[\w /]+?)\(0x(?<op>[0-9a-f]+)\) @ LBA (?<sector>\d+), (?<blocks>\d+) blocks, (?<error>.+?) \(sct 0x(?<sct>[0-9a-f]+) \/ sc 0x(?<sc>[0-9a-f]+)\)/,
  ),
  head(
    'nvme_reset_work',
    /nvme nvme\d+: (?:controller is down|Removing after|Device not ready|Device shutdown incomplete|Disabling device|Abort status|frozen state error|failed to|Could not set|reset controller|resetting controller|Identify Controller failed|Shutdown timeout|Ignoring bogus|Failed reading)/,
    /^nvme (?<device>nvme\d+): (?<what>controller is down|Removing after probe failure|Device not ready|Device shutdown incomplete|Disabling device after reset failure|Abort status|frozen state error|resetting controller|reset controller|Identify Controller failed|Shutdown timeout|failed to [\w ]+|[\w ]+)(?:.*?CSTS=0x(?<csts>[0-9a-f]+))?(?:.*?(?:status: |error |\()(?<errno>-\d+))?/,
  ),
  // drivers/mmc/core/block.c, queue.c; host drivers: "mmc0: Timeout waiting for hardware interrupt."
  head(
    'mmc_error',
    /mmc(?:blk)?\d+\S*: (?=[^\n]*(?:error -\d+|Timeout waiting|timed out|recovery failed|got error|req failed|unable to|cache flush error|Card stuck|tried to HW reset|CQE recovery|running CQE))/,
    /^(?<device>mmc(?:blk)?\d+\S*?): (?:error (?<errno>-\d+) (?<what>[a-z /]+?)(?:, sector (?<sector>\d+).*|,.*)?$|(?<said>.*?)(?:error |: )(?<errno2>-\d+).*|(?<rest>.*))/,
  ),
  // drivers/md/raid1.c raid1_error(), raid5.c raid5_error(), md.c; "md/raid1:md0: " since 2.6.36, "raid1: " before.
  said(
    'md_error',
    /Disk failure on \S+, disabling|Operation continuing on|unrecoverable I\/O (?:read )?error|read error (?:not )?corrected|super_written gets error|not enough (?:operational )?(?:devices|mirrors)|Cannot continue|too many read errors|kicking non-fresh|redirecting sector/,
    /^(?<level>md(?:\/[\w]+)?|raid\w*):(?: ?(?<device>md\w*):)? ?(?<what>Disk failure) on (?<member>\S+?),/,
    /^(?<level>md(?:\/[\w]+)?|raid\w*):(?: ?(?<device>md\w*):)? ?(?<what>unrecoverable I\/O (?:read )?error|read error (?:not )?corrected|super_written gets error|not enough (?:operational )?(?:devices|mirrors)|Cannot continue|too many read errors|kicking non-fresh|Operation continuing|redirecting sector)(?:.* on (?<disks>\d+) devices)?/,
    /^(?<level>md(?:\/[\w]+)?|raid\w*):(?: ?(?<device>md\w*):)? ?(?<member>\w+): (?<what>unrecoverable I\/O (?:read )?error|redirecting sector|Disk failure)/,
  ),
  // drivers/md/dm-*.c: "device-mapper: TARGET: …".
  head(
    'dm_error',
    /device-mapper: (?=[^\n]*(?:[Ff]ail|[Ee]rror|ERROR|corrupt|out-of-data|out of data|read-only mode|low water|[Ii]nvalidat|abort|could not|Could not|reached))/,
    /^device-mapper: (?<target>[\w-]+): (?:(?<device>\d+:\d+|dm-\d+): )?(?<what>.*?)(?: (?:at )?(?:sector |block )?(?:0x)?[0-9]+[:0-9]*.*)?$/,
  ),
  // drivers/block: nbd, loop, virtio, xen, rbd.
  head(
    'nbd_error',
    /block nbd\d+: (?:Receive|Send|Connection|Possible|Dead|Request|Other side)/,
    /^block (?<device>nbd\d+): (?<what>[A-Za-z ]+)/,
  ),
  head('loop_error', /loop: Write error at byte offset /, /byte offset (?<offset>\d+), length (?<bytes>\d+)/),
  head(
    'dasd_error',
    /dasd-eckd \S+: |(?:rbd: )?rbd\d+: (?=[^\n]*result -)/,
    /^(?:rbd: )?(?<device>rbd\d+): (?<what>\w+) .*result (?<errno>-\d+)/,
    /(?<device>\d+\.\d+\.[0-9a-f]+): (?<what>.*)/,
  ),
];
