import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';

/** OpenZFS, a module from outside the tree. */
export const ZFS_LINES = lines({
  zio_suspend: {
    printer: 'openzfs module/zfs/zio.c zio_suspend()',
    examples: [
      "WARNING: Pool 'tank' has encountered an uncorrectable I/O failure and has been suspended.",
      "WARNING: Pool 'tank' was suspended and is being resumed. Failed I/O will be retried.",
    ],
    opens: [{ form: 'line', literals: ["WARNING: Pool '"] }],
    start: /WARNING: Pool '/,
    reads: [
      /^WARNING: Pool '(?<pool>[^']+)' (?<what>has encountered an uncorrectable I\/O failure)/,
      /^WARNING: Pool '(?<pool>[^']+)' (?<what>was suspended)/,
    ],
    fields: { pool: words, what: words },
  },
  vdev_disk_error: {
    printer: 'openzfs module/os/linux/zfs/vdev_disk.c vdev_disk_error()',
    examples: ['zio pool=tank vdev=/dev/sdq1 error=5 type=1 offset=270336 size=8192 flags=721601'],
    opens: [{ form: 'zio', literals: ['zio pool='] }],
    start: /zio pool=/,
    reads: [
      /^zio pool=(?<pool>\S+) vdev=(?:\/dev\/(?:disk\/by-[\w-]+\/)?)?(?<device>\S+) error=(?<errno>\d+) type=(?<type>\d+) offset=(?<offset>\d+) size=(?<bytes>\d+)/,
      /^zio pool=(?<pool>\S+)/,
    ],
    fields: { pool: words, device: words, errno: int, type: int, offset: int, bytes: int },
  },
  zfs_panic_recover: {
    printer: 'openzfs module/zfs/spa_misc.c zfs_panic_recover()',
    examples: [
      'WARNING: zfs: freeing free segment (offset=77824 size=4096)',
      'WARNING: zfs: adding existent segment to range tree (offset=13000 size=1000)',
    ],
    opens: [{ form: 'line', literals: ['WARNING: zfs: '] }],
    start: /WARNING: zfs: /,
    reads: [/^WARNING: zfs: (?<what>[^(]+?)(?: ?\(.*)?$/],
    fields: { what: words },
  },
  spa_load: {
    printer: 'openzfs module/zfs/spa.c spa_load_failed(), vdev.c',
    examples: ["WARNING: can't open objset 4711, error 5"],
    opens: [{ form: 'line', literals: ["WARNING: can't open objset "] }],
    start: /WARNING: can't open objset /,
    reads: [/^WARNING: (?<what>can't open objset)(?: for)? (?<objset>\S+?),? error (?<errno>\d+)/],
    fields: { what: words, objset: words, errno: int },
  },
});
