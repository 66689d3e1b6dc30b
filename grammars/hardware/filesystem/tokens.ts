import { createToken } from 'chevrotain';
import type { Modes } from '../../common/parser.ts';
import { anyOf } from '../../common/pattern.ts';
import { Blank, Rest, Word } from '../../common/tokens.ts';

/** `EXT4-fs error (device sda1)`: file system, level, device. */
export const ExtLead = createToken({
  name: 'ExtLead',
  pattern: /EXT[234]-fs (?:error|warning|panic|critical) \(device [^)\n]+\):? (?:in )?/,
  line_breaks: false,
  push_mode: 'ext-fields',
});
/** `ext4_find_entry:1455: `; ext3 printed no line. */
export const PrintingFunction = createToken({ name: 'PrintingFunction', pattern: /[a-z_]\w+(?::\d+)?: /, line_breaks: false });
export const Inode = createToken({ name: 'Inode', pattern: /inode #\d+: / });
export const BlockNumber = createToken({ name: 'BlockNumber', pattern: /(?:l?block|len) \d+: / });
/** A comm is free text of up to 15 bytes; a path of any. */
export const Comm = createToken({ name: 'Comm', pattern: /comm [^\n]{1,15}?: /, line_breaks: false });
export const Path = createToken({ name: 'Path', pattern: /path [^\n]{1,256}?: /, line_breaks: false });
export const Group = createToken({ name: 'Group', pattern: /group \d+, / });

/** `XFS (sda1): `; `Filesystem "sda1": ` until 3.0, `XFS: ` of RHEL 6. */
export const XfsLead = createToken({
  name: 'XfsLead',
  pattern: /XFS \([^)\n]*\): |Filesystem "[^"\n]*": |XFS: /,
  line_breaks: false,
  push_mode: 'xfs-fields',
});
export const Finding = createToken({
  name: 'Finding',
  pattern: /(?:XFS i|I)nternal error|Metadata corruption detected|Metadata CRC error detected/,
});
export const AtLine = createToken({ name: 'AtLine', pattern: /at line \d+ of file [^\s]+?\.c\b\.?/, line_breaks: false });
export const CalledBy = createToken({ name: 'CalledBy', pattern: /[Cc]aller [^\s]+/, line_breaks: false });
/** `at xfs_dinode_verify.part.0+0x172/0x640`: the verifier, perhaps in a part that the compiler split off. */
export const Verifier = createToken({ name: 'Verifier', pattern: /(?:detected )?at [a-z_][\w.]*\+0x[0-9a-f]+\/0x[0-9a-f]+/ });
export const XfsInode = createToken({ name: 'XfsInode', pattern: /inode 0x[0-9a-f]+/ });
export const XfsBlock = createToken({ name: 'XfsBlock', pattern: /block 0x[0-9a-f]+/ });
export const Dquot = createToken({ name: 'Dquot', pattern: /(?:dquot|quota) (?:0x)?[0-9a-f]+(?!x)/ });

/** `BTRFS error (device sda1 state EA): `, `BTRFS: error (device sda1) in f:1: `. */
export const BtrfsLead = createToken({
  name: 'BtrfsLead',
  pattern: /BTRFS:? [a-z]+(?: \(device [^)\n]+\))?(?:: | (?=in ))/,
  line_breaks: false,
  push_mode: 'btrfs-fields',
});
export const InFunction = createToken({ name: 'InFunction', pattern: /(?:panic )?in \w+:\d+: / });
export const Errno = createToken({ name: 'Errno', pattern: /errno=-?\d+/ });
export const Member = createToken({ name: 'Member', pattern: /bdev [^\s]+ errs: /, line_breaks: false });
/** `wr 0,`, `root 5`, `mirror 1`, `logical 4096`: a word and its number. */
export const Count = createToken({
  name: 'Count',
  pattern: /(?:wr|rd|flush|corrupt|gen|root|ino|inode|off|offset|logical|mirror|level) -?\d+,?(?!\S)/,
});
/** What was found wrong, up to its first value. */
export const BtrfsFinding = createToken({
  name: 'BtrfsFinding',
  pattern: anyOf(
    // data and metadata that do not match their sums
    'csum failed|checksum error|checksum verify failed',
    // tree blocks, fs/btrfs/disk-io.c and tree-checker.c
    'parent transid verify failed|bad tree block start|bad tree block level|corrupt (?:leaf|node)',
    // writes that did not arrive
    'lost (?:page|super block) write',
    // repair from another copy, fs/btrfs/scrub.c
    'read error corrected|fixed up error|unable to fixup',
  ),
});

export const MODES: Modes = {
  ext: [ExtLead, Word],
  'ext-fields': [PrintingFunction, Inode, BlockNumber, Comm, Path, Group, Rest],
  xfs: [XfsLead, Word],
  'xfs-fields': [Blank, Finding, AtLine, CalledBy, Verifier, XfsInode, XfsBlock, Dquot, Word],
  btrfs: [BtrfsLead, Word],
  'btrfs-fields': [Blank, InFunction, Errno, Member, Count, BtrfsFinding, Word],
};
