import { type HeadRule, head } from '../../call-trace/head.ts';

/** File systems, their journals, and the servers behind them. Each prints its device in its own way. */
export const FILESYSTEM_HEADS: readonly HeadRule[] = [
  // fs/ext4/super.c __ext4_error(), __ext4_error_inode(), __ext4_error_file(), __ext4_std_error(), __ext4_warning(); ext2 and ext3 alike.
  head(
    'ext4_error',
    /EXT[234]-fs (?:error|warning|panic|critical)(?: \(device |: )/,
    /^(?<fs>EXT[234])-fs (?<level>error|warning|panic) \(device (?<device>[^)]+)\):? (?:in )?(?<function>\w+):(?<line>\d+): (?:inode #(?<inode>\d+): )?(?:block (?<block>\d+): )?(?:comm (?<comm>.{1,15}?): )?(?:path (?<path>.*?): )?(?<what>.*)/,
    /^(?<fs>EXT[234])-fs (?<level>error|warning|panic) \(device (?<device>[^)]+)\):? (?:in )?(?:(?<function>\w+): )?(?<what>.*)/,
    /^(?<fs>EXT[234])-fs (?<level>error|warning): (?<what>.*)/,
  ),
  // ext4_msg(): no level in the text, so only messages of trouble are read.
  head(
    'ext4_msg',
    /EXT[234]-fs \(/,
    /^(?<fs>EXT[234])-fs \((?<device>[^)]+)\): (?:error: |warning: )?(?<what>error count since last fsck)(?:: (?<errors>\d+))?/,
    /^(?<fs>EXT[234])-fs \((?<device>[^)]+)\): (?<event>initial|last) error at (?:time )?(?<time>\d+): (?<function>\w+):(?<line>\d+)(?:: inode (?<inode>\d+))?(?:: block (?<block>\d+))?/,
    /^(?<fs>EXT[234])-fs \((?<device>[^)]+)\): (?:error: |warning: )?(?<what>.*)/,
  ),
  // fs/jbd2/journal.c journal_abort(), transaction.c, commit.c.
  head('jbd2_journal_abort', /Aborting journal on device /, /on device (?<journal>(?<device>[^\s.]+?)(?:-\d+)?)\./),
  head(
    'jbd2_error',
    /JBD2?: /,
    /^(?<fs>JBD2?): (?<what>.*?) (?:on|for|of) (?<device>[\w-]+?)(?:-\d+)?[.:]?$/,
    /^(?<fs>JBD2?): (?<what>.*)/,
  ),
  // fs/xfs/xfs_message.c, xfs_error.c; "Filesystem \"sda1\": XFS internal error" before 3.1.
  head(
    'xfs_corruption_error',
    /XFS \([^)\n]*\): (?:Internal error|Metadata (?:corruption|CRC)|Corruption detected)|Filesystem "[^"\n]*": XFS internal error/,
    /^(?:XFS \((?<device>[^)]+)\)|Filesystem "(?<device2>[^"]+)"): (?<what>Internal error|XFS internal error|Metadata corruption detected|Metadata CRC error detected)(?: (?<check>\w+))?(?: at line (?<line>\d+) of file (?<file>\S+?\.c)\.)?(?:.*?[Cc]aller (?<caller>[^\s+]+))?(?:.*? (?:at )?(?<verifier>xfs_\w+)(?:\+0x| \[))?(?:.*?,? (?:xfs_\w+ )?block (?<block>0x[0-9a-f]+))?/,
    /^XFS \((?<device>[^)]+)\): (?<what>Corruption detected)/,
  ),
  head(
    'xfs_force_shutdown',
    /XFS \([^)\n]*\): (?:xfs_do_force_shutdown|.*Shutting down filesystem|.*shutting down filesystem|User initiated shutdown)|xfs_force_shutdown\(/,
    /^XFS \((?<device>[^)]+)\): xfs_do_force_shutdown\((?<flags>0x[0-9a-f]+)\) called from line (?<line>\d+) of file (?<file>\S+?\.c)/,
    /^XFS \((?<device>[^)]+)\): (?<reason>.*?)(?: \((?<flags>0x[0-9a-f]+)\))?(?: detected at .*?)?\.? +(?:detected at .*?\. +)?Shutting down filesystem/i,
    /^xfs_force_shutdown\((?<device>[^,]+),(?<flags>0x[0-9a-f]+)\)/,
  ),
  head(
    'xfs_buf_ioerror_alert',
    /XFS \([^)\n]*\): metadata I\/O error|I\/O error in filesystem \("/,
    /^XFS \((?<device>[^)]+)\): metadata I\/O error in "(?<function>[^"+]+)[^"]*" at daddr (?<block>0x[0-9a-f]+) len (?<blocks>\d+) error (?<errno>\d+)/,
    /^XFS \((?<device>[^)]+)\): metadata I\/O error: block (?<block>0x[0-9a-f]+) \("(?<function>[^"]+)"\) error (?<errno>\d+)/,
    /\("(?<device>[^"]+)"\)/,
  ),
  head(
    'xfs_printk',
    /XFS(?: \([^)\n]*\))?: /,
    /^XFS \((?<device>[^)]+)\): (?<what>.*)/,
    /^XFS: (?<comm>.{1,15})\((?<pid>\d+)\) (?<what>possible memory allocation deadlock)/,
    /^XFS: (?<what>.*)/,
  ),
  // fs/btrfs/messages.c btrfs_printk(), __btrfs_handle_fs_error(); "state EA" since 5.18; "btrfs: " before 3.10.
  head(
    '__btrfs_handle_fs_error',
    /BTRFS(?::)? (?:error|critical|warning|alert|emergency|panic|info|crit)(?: \(device |: )/,
    /^BTRFS:? (?<level>\w+) \(device (?<device>[^\s)]+)(?: state (?<state>\w+))?\) in (?<function>\w+):(?<line>\d+): errno=(?<errno>-?\d+)(?: (?<what>.*))?/,
    /^BTRFS:? (?<level>\w+) \(device (?<device>[^\s)]+)(?: state (?<state>\w+))?\): (?:bdev (?<member>\S+) errs: wr (?<writeErrors>\d+), rd (?<readErrors>\d+), flush (?<flushErrors>\d+), corrupt (?<corruptErrors>\d+), gen (?<generationErrors>\d+))/,
    /^BTRFS:? (?<level>\w+) \(device (?<device>[^\s)]+)(?: state (?<state>\w+))?\): (?<what>csum failed|checksum error|parent transid verify failed|bad tree block start|corrupt leaf|corrupt node|tree block .*? mismatch)(?:.*?root (?<root>-?\d+))?(?:.*? ino (?<inode>\d+))?(?:.*?mirror (?<mirror>\d+))?/,
    /^BTRFS:? (?<level>\w+) \(device (?<device>[^\s)]+)(?: state (?<state>\w+))?\): (?<what>.*)/,
    /^BTRFS:? (?<level>\w+): (?<what>.*)/,
  ),
  head(
    'btrfs_printk',
    /BTRFS: /,
    /^BTRFS: (?<what>Transaction aborted) \(error (?<errno>-?\d+)\)/,
    /^BTRFS: (?:error \(device (?<device>[^)]+)\)|(?<what>.*))/,
  ),
  // fs/f2fs/super.c f2fs_printk(): no level in the text.
  head('f2fs_printk', /F2FS-fs \([^)\n]*\): /, /\((?<device>[^)]+)\): (?<what>.*)/),
  // net/sunrpc/clnt.c call_timeout(); fs/nfs.
  head(
    'call_timeout',
    /(?:nfs|lockd|rpcbind|nfsd|nlmclnt|nfs4|portmap): server /,
    /^(?<service>\w+): server (?<server>\S+) (?<what>not responding(?:, (?:still trying|timed out))?|OK)/,
  ),
  head(
    'nfs_error',
    /NFS[v4]*: /,
    /^NFS\w*: (?:server (?<server>\S+) error: )?(?<what>.*?)(?: on NFSv4 server (?<server2>\S+))?(?: with error (?<errno>\d+))?\.?$/,
  ),
  head(
    'cifs_reconnect',
    /CIFS:? (?:VFS: )?/,
    /^CIFS:? VFS: (?:\\\\(?<server>[^\s\\]+) )?(?:Server (?<server2>\S+) )?(?<what>has not responded|[^[(0-9]+?)(?: in (?<seconds>\d+) seconds)?(?:\.| = (?<errno>-?\d+)|$)/,
  ),
  head('ceph_error', /(?:lib)?ceph: /, /^(?:lib)?ceph: (?:\[[^\]]*\]: )?(?<server>(?:mon|osd|mds)\d+)(?: \S+)? (?<what>.*)/),
  // The others: fs/fat/misc.c __fat_fs_error(), exfat_fs_error(), ubifs_err(), ubi_err(), squashfs, erofs, gfs2, ocfs2, nilfs2, jfs, reiserfs, ntfs3, bcachefs.
  head(
    'fs_error',
    /(?:FAT-fs|exFAT-fs|UBIFS|UBI|ubi\d+|SQUASHFS|erofs|EROFS|GFS2|gfs2|OCFS2|ocfs2|NILFS|NILFS2|REISERFS|ERROR: \(device|JFFS2|jffs2|ntfs3?|bcachefs|hfsplus|hfs|UDF-fs|ISOFS|isofs|AFFS|jfs|JFS|orangefs|afs|fuse)(?=[:( ])/,
    /^(?<fs>[A-Za-z0-9-]+?)(?:-fs)? \((?<device>[^)]+)\): (?:error, )?(?<what>.*)/,
    /^(?<fs>[A-Za-z0-9-]+?) (?<level>error|warning)(?::)? \((?:device )?(?<device>[^\s):]+)[^)]*\):? (?<what>.*)/,
    /^(?<fs>[A-Za-z0-9-]+?)(?::)? (?:\((?<device>[^)]+)\))?:? ?(?<level>error|ERROR|warning)?:? ?(?<what>.*)/,
  ),
];
