import { aside, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

const F2FS = subject(String.raw`F2FS-fs \((?<device>[^)\n]+)\): `, { device: words }, 'F2FS-fs (');
const TROUBLE = /error|corrupt|fail|inconsisten|invalid|bad |mismatch|wrong|abort|lost|unable|illegal|broken/i;
/** What a mount says while it tries one file system after the other, of an unclean shutdown that it repairs, of its options. */
const HARMLESS =
  /[Cc]an't find|Magic Mismatch|[Mm]ount|[Rr]ecover|[Qq]uota|option|feature|support|invalid crc value|shut down requested|checkpoint version/;
/** ubi_err(): `ubi0 error: function: ` since 4.0, `UBI error: ` before. */
const UBI = /^(?:ubi\d+|UBI) (?:error|warning): /;
const UBI_TROUBLE = /error -\d+|corrupt|read-only mode|bad |cannot |failed|no free|unable/i;

/** File systems of flash, and the layer below them. */
export const FLASH_LINES = lines({
  f2fs_stop_checkpoint: {
    printer: 'fs/f2fs/super.c f2fs_handle_critical_error()',
    releases: 'since 6.1',
    examples: ['F2FS-fs (sdq1): Stopped filesystem due to reason: 5', 'F2FS-fs (sdq1): Remounting filesystem read-only'],
    ...sentence(F2FS, ['Stopped filesystem due to reason', 'Remounting filesystem read-only'], {
      tail: String.raw`: (?<reason>\d+)`,
      fields: { reason: int },
    }),
  },
  f2fs_printk: {
    printer: 'fs/f2fs/super.c f2fs_printk(): no level in the text',
    examples: ['F2FS-fs (sdq1): inconsistent node block, nid:4711, node_footer[nid:0,ino:0,ofs:0,cpver:0,blkaddr:0]'],
    opens: [{ form: 'line', literals: ['F2FS-fs ('], test: (text) => TROUBLE.test(text) && !HARMLESS.test(text) }],
    start: /F2FS-fs \([^)\n]*\): /,
    reads: [/\((?<device>[^)]+)\): (?<what>.*)/],
    fields: { device: words, what: words },
  },
  ubifs_err: {
    printer: 'fs/ubifs/misc.c ubifs_err(), ubifs_warn()',
    releases: 'names no volume until 4.0',
    examples: [
      'UBIFS error (ubi3:2 pid 4711): ubifs_read_node: bad node type (255 but expected 1)',
      'UBIFS error (pid 4711): ubifs_read_node: bad node type (255 but expected 1)',
      'UBIFS warning (ubi3:2 pid 4711): ubifs_ro_mode: switched to read-only mode, error -5',
    ],
    opens: [
      {
        form: 'line',
        literals: ['UBIFS error (', 'UBIFS warning ('],
        test: (text) => /^UBIFS error|read-only mode|corrupt|error -\d+/i.test(text),
      },
    ],
    start: /UBIFS (?:error|warning) \(/,
    reads: [/^(?<fs>UBIFS) (?<level>error|warning) \((?:(?<device>ubi\d+)(?::(?<volume>\d+))? ?)?(?:pid (?<pid>\d+))?\): (?<what>.*)/],
    fields: { fs: words, level: words, device: words, volume: int, pid: aside(int), what: words },
  },
  ubi_err: {
    printer: 'drivers/mtd/ubi/misc.c ubi_err(), ubi_warn()',
    releases: '`UBI error: ` until 3.19',
    examples: [
      'ubi3 error: ubi_io_read: error -74 (ECC error) while reading 126976 bytes from PEB 12:4096, read 126976 bytes',
      'ubi3 warning: ubi_ro_mode.part.0: switch to read-only mode',
      'UBI error: ubi_io_write: error -5 while writing 2048 bytes to PEB 12:4096, written 0 bytes',
    ],
    opens: [{ form: 'line', literals: ['ubi', 'UBI '], test: (text) => UBI.test(text) && UBI_TROUBLE.test(text) }],
    start: /(?:ubi\d+|UBI) (?:error|warning): /,
    reads: [
      /^(?:(?<device>ubi\d+)|UBI) (?<level>error|warning): (?<function>\w+)[.\w]*: (?<what>error (?<errno>-\d+)[^\d]*?)(?: \d+ bytes (?:from|to) PEB (?<block>\d+):\d+.*)?$/,
      /^(?:(?<device>ubi\d+)|UBI) (?<level>error|warning): (?<function>\w+)[.\w]*: (?<what>.*)/,
      /^(?:(?<device>ubi\d+)|UBI) (?<level>error|warning): (?<what>.*)/,
    ],
    fields: { device: words, level: words, function: words, what: words, errno: int, block: int },
  },
  jffs2_error: {
    printer: 'fs/jffs2: JFFS2_ERROR(), JFFS2_WARNING()',
    examples: [
      'jffs2: error: (4711) jffs2_do_read_inode_internal: no data nodes found for ino #12',
      'jffs2: Node at 0x000cf000 with length 0x00001044 would run over the end of the erase block: corrupt',
    ],
    opens: [{ form: 'line', literals: ['jffs2: ', 'JFFS2 error'], test: (text) => /error|corrupt/i.test(text) }],
    start: /jffs2: |JFFS2 error/,
    reads: [/^(?<fs>jffs2): (?:(?<level>error|warning): )?(?:\((?<pid>\d+)\) )?(?<what>.*)/, /^(?<fs>JFFS2) (?<level>error):? (?<what>.*)/],
    fields: { fs: words, level: words, pid: aside(int), what: words },
  },
});
