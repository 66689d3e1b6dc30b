import type { OldFamily as Family, Opener } from '../../common/legacy.ts';
import { alone, says, starts } from './line-keys.ts';

const device = (text: string): string | undefined => /^(?:ata\d+|s[drgt] \S+|nvme nvme\d+|mmc\d+)(?=[.: ])/.exec(text)?.[0];

/** blk_errors[] of block/blk-core.c: what a request ended with. */
const ERRORS = [
  'I/O',
  'timeout',
  'critical space allocation',
  'recoverable transport',
  'critical target',
  'critical nexus',
  'reservation conflict',
  'critical medium',
  'protection',
  'kernel resource',
  'device resource',
  'nonblocking retry',
  'dm internal retry',
  'zone active resources',
  'zone open resources',
  'device offline',
  'operation not supported',
  'disk duration limit exceeded',
  'invalid',
];

const ata: Opener[] = Array.from({ length: 9 }, (_, i) => `ata${i + 1}`).flatMap((text) => [
  { text, form: 'ata', test: (t: string) => /^ata\d+(?:\.\d+)?: exception Emask /.test(t) },
  {
    text,
    form: 'ata-trouble',
    test: (t: string) =>
      /^ata\d+(?:\.\d+)?: (?:qc timeout|disabled$|revalidation failed|softreset failed|COMRESET failed|hardreset failed|reset failed|failed to IDENTIFY|NCQ disabled|limiting (?:SATA|speed|UDMA|PIO)|lost interrupt)/.test(
        t,
      ),
  },
  { text, form: 'ata-field', test: (t: string) => /^ata\d+(?:\.\d+)?: /.test(t) },
]);

const SCSI = /^s[drgt] \S+: (?:\[\w+\] )?(?:tag#\d+ )?/;
let scsiLine = '';
let scsiSaid = '';
/** What stands behind the device and the tag: looked for once a line (100 ns), not by each of the three forms that ask. */
function saidByScsi(line: string): string {
  if (line !== scsiLine) {
    scsiLine = line;
    scsiSaid = line.slice(SCSI.exec(line)?.[0].length ?? line.length);
  }
  return scsiSaid;
}

const scsi: Opener[] = ['sd ', 'sr ', 'sg ', 'st '].flatMap((text) => [
  {
    text,
    form: 'scsi',
    test: (t: string) => /^(?:(?:FAILED |UNKNOWN\([^)]*\) )Result: |Unhandled |Result: hostbyte=)/.test(saidByScsi(t)),
  },
  { text, form: 'scsi-field', test: (t: string) => /^(?:Sense Key|Add\. Sense|CDB|ASC=|Result: )/.test(saidByScsi(t)) },
  {
    text,
    form: 'line',
    test: (t: string) =>
      /^(?:rejecting I\/O to (?:offline|dead)|[Dd]evice offlined|timing out command|attempting task abort|Synchroniz\w+ (?:SCSI )?[Cc]ache(?:\(10\))? failed)/.test(
        saidByScsi(t),
      ),
  },
]);

const NVME =
  /^nvme nvme\d+: (?:I\/O (?:tag )?\d+ .*timeout|IO \d+ .*timeout|controller is down|Removing after|Device not ready|Device shutdown incomplete|Disabling device|frozen state error|Identify Controller failed|Shutdown timeout|failed to (?!set APST))/;

/** Disks: libata's and SCSI's blocks of lines, the block layer's one-liners, MD, device mapper, NVMe, MMC. */
export const block: Family = {
  name: 'block',
  openers: [
    ...ERRORS.flatMap((error) => says('line', `${error} error, dev `)),
    ...starts('line', 'Buffer I/O error on dev', 'lost page write due to '),
    ...ata,
    { text: '         res ', form: 'ata-result' },
    { text: 'res ', form: 'ata-result', test: (t) => /^res [0-9a-f]{2}\/.*Emask 0x/.test(t) },
    ...scsi,
    { text: 'nvme nvme', form: 'line', test: (t) => NVME.test(t) },
    { text: 'nvme', form: 'line', test: (t) => /^nvme\d+\w+: .*\(0x[0-9a-f]+\) .*@ LBA \d+, /.test(t) },
    {
      text: 'mmc',
      form: 'line',
      test: (t) =>
        /^mmc(?:blk)?\d+\S*: (?:error -\d+ (?!whilst initialising)|Timeout waiting for|timed out|recovery failed|cache flush error|Card stuck|.*: req failed)/.test(
          t,
        ),
    },
    {
      text: 'md',
      form: 'line',
      test: (t) =>
        /^md(?:\/[\w]+)?: ?(?:md\w*: ?)?(?:\w+: ?)?(?:Disk failure on|unrecoverable I\/O|read error (?:not )?corrected|super_written gets error|not enough (?:operational )?(?:devices|mirrors)|Cannot continue|too many read errors|kicking non-fresh)/.test(
          t,
        ),
    },
    { text: 'raid', form: 'line', test: (t) => /^raid\w*: (?:Disk failure on|\w+: unrecoverable)/.test(t) },
    {
      text: 'device-mapper: ',
      form: 'line',
      test: (t) =>
        /: (?:.*(?:[Ff]ailing path|[Ff]ailed|ERROR|corrupt|out-of-data|out of data|read-only mode|low water mark|[Ii]nvalidating|abort|I\/O error|[Ee]rror (?:reading|writing|-\d)))/.test(
          t,
        ),
    },
    {
      text: 'block nbd',
      form: 'line',
      test: (t) =>
        /^block nbd\d+: (?:Receive control failed|Send |Connection timed out|Possible stuck|Dead connection|Other side returned error)/.test(
          t,
        ),
    },
    ...starts('line', 'loop: Write error at byte offset '),
    { text: 'rbd', form: 'line', test: (t) => / result -\d+/.test(t) },
    { text: 'dasd', form: 'line', test: (t) => /error|fail|No path/i.test(t) && t.startsWith('dasd-eckd') },
  ],
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    { name: 'ata', needs: 'nothing', key: device, after: ['ata-trouble'] },
    { name: 'ata-trouble', needs: 'nothing', key: device },
    { name: 'ata-field', needs: 'nothing', key: device, further: true },
    { name: 'ata-result', needs: 'nothing', key: () => undefined, further: true },
    { name: 'scsi', needs: 'nothing', key: device },
    { name: 'scsi-field', needs: 'nothing', key: device, further: true },
  ],
};
