import { FLATTENED_MAGIC } from './flattened.ts';

/** Containers that are read. */
export type DumpFormat = 'elf' | 'kdump' | 'flattened' | 'lime' | 'avml' | 's390' | 'sadump' | 'lkcd';
/** Compressed files around anything. */
export type Wrapper = 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'lz4' | 'lzma' | 'lzop' | 'uncompress';
/** Files that hold files. */
export type ArchiveFormat = 'tar' | 'zip' | '7z';

export type Sniffed =
  | { readonly kind: 'dump'; readonly format: DumpFormat }
  | { readonly kind: 'wrapper'; readonly wrapper: Wrapper }
  | { readonly kind: 'archive'; readonly archive: ArchiveFormat }
  /** Known by name and not read: `hint` says how to convert it. */
  | { readonly kind: 'refused'; readonly name: string; readonly hint: string };

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const bytes = (...values: number[]): Buffer => Buffer.from(values);
const dump = (format: DumpFormat): Sniffed => ({ kind: 'dump', format });
const wrapper = (name: Wrapper): Sniffed => ({ kind: 'wrapper', wrapper: name });
const archive = (format: ArchiveFormat): Sniffed => ({ kind: 'archive', archive: format });
const refused = (name: string, hint: string): Sniffed => ({ kind: 'refused', name, hint });

// A hint is a command that was run, or only names who knows the format, and where that is written (makedumpfile(8), crash(8), xl(1), virsh(1)).
const SADUMP_MEDIA = refused(
  'a Fujitsu sadump on backup media',
  'makedumpfile and crash know the format, with the kernel’s vmlinux and its debuginfo',
);
const VMSS = refused('a VMware suspend file', 'crash and VMware’s vmss2core know the format');
const XEN_SAVE = refused('a Xen save file', 'a core of the domain is read (dump-core in xl(1))');
const XEN_OLD = refused('a core of Xen before 3.1', 'crash knows the format, with the kernel’s vmlinux and its debuginfo');
const MINIDUMP = refused('a Windows minidump', 'this is not a Linux kernel');
const WINDOWS = refused('a Windows crash dump', 'this is not a Linux kernel');
const LIBVIRT = refused('a libvirt save file', 'a dump of the memory only is read (dump in virsh(1))');

/** xz's older format has no magic: properties, the dictionary's size as the levels -0 to -9 set it, no size of the content. */
const LZMA_HEADS = [18, 20, 21, 22, 23, 24, 25, 26].map((power) => {
  const head = Buffer.alloc(13, 0xff);
  head[0] = 0x5d;
  head.writeUInt32LE(2 ** power, 1);
  return head;
});

/** Magic numbers at fixed offsets, longest and most telling first (formats.md 0). */
const MAGICS: readonly (readonly [offset: number, magic: Buffer, sniffed: Sniffed])[] = [
  [0, bytes(0x7f, 0x45, 0x4c, 0x46), dump('elf')],
  [0, ascii('KDUMP   '), dump('kdump')],
  [0, ascii('DISKDUMP'), dump('kdump')],
  [0, ascii(FLATTENED_MAGIC), dump('flattened')],
  [0, bytes(0xa8, 0x19, 0x01, 0x73, 0x61, 0x8f, 0x23, 0xfd), dump('s390')],
  [0, ascii('EMiL'), dump('lime')],
  [0, ascii('AVML'), dump('avml')],
  [0, bytes(0x1f, 0x8b), wrapper('gzip')],
  [0, bytes(0x28, 0xb5, 0x2f, 0xfd), wrapper('zstd')],
  [0, bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00), wrapper('xz')],
  [0, ascii('sadump\0\0'), dump('sadump')],
  [4096, ascii('sadump\0\0'), SADUMP_MEDIA],
  [0, bytes(0xed, 0x23, 0x8f, 0x61, 0x73, 0x01, 0x19, 0xa8), dump('lkcd')],
  [0, bytes(0xa8, 0x19, 0x01, 0x73, 0x61, 0x8f, 0x23, 0xed), dump('lkcd')],
  [0, bytes(0xd2, 0xbe, 0xd2, 0xbe), VMSS],
  [0, bytes(0xd3, 0xbe, 0xd3, 0xbe), VMSS],
  [0, bytes(0xd0, 0xbe, 0xd0, 0xbe), VMSS],
  [0, bytes(0xd0, 0xbe, 0xd2, 0xbe), VMSS],
  [0, bytes(0xd1, 0xba, 0xd1, 0xba), VMSS],
  [0, bytes(0xd2, 0xba, 0xd2, 0xba), VMSS],
  [0, ascii('PAGEDU64'), WINDOWS],
  [0, ascii('PAGEDUMP'), WINDOWS],
  [0, ascii('LibvirtQemudSave'), LIBVIRT],
  [0, ascii('LibvirtQemudPart'), LIBVIRT],
  [0, ascii('QEVM'), refused('a QEMU migration stream', 'a dump of the memory only is read (dump-guest-memory, or dump in virsh(1))')],
  [0, ascii('LinuxGuestRecord'), XEN_SAVE],
  [0, ascii('Xen saved domain'), XEN_SAVE], // xl's own header (libxl)
  [0, Buffer.concat([Buffer.alloc(8, 0xff), ascii('XENF')]), XEN_SAVE], // libxc's stream, version 2 and later
  [0, bytes(0xed, 0xeb, 0x0f, 0xf0), XEN_OLD],
  [0, bytes(0xee, 0xeb, 0x0f, 0xf0), XEN_OLD],
  [0, ascii('MDMP'), MINIDUMP],
  [0, ascii('BZh'), wrapper('bzip2')],
  [0, bytes(0x04, 0x22, 0x4d, 0x18), wrapper('lz4')],
  [0, bytes(0x89, 0x4c, 0x5a, 0x4f, 0x00, 0x0d, 0x0a, 0x1a, 0x0a), wrapper('lzop')],
  [0, bytes(0x1f, 0x9d, 0x90), wrapper('uncompress')], // compress, of 16 bits and in blocks, which is how it writes
  ...LZMA_HEADS.map((head) => [0, head, wrapper('lzma')] as const),
  [0, ascii('PK\x03\x04'), archive('zip')],
  [0, ascii('PK\x05\x06'), archive('zip')], // nothing in it
  [0, bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), archive('7z')],
  [257, ascii('ustar'), archive('tar')], // POSIX `ustar\0`, GNU `ustar  `
];

/** What the first 4104 bytes or more say of a file; undefined where no magic fits: text, or a raw image. */
export function sniff(head: Buffer): Sniffed | undefined {
  return MAGICS.find(([offset, magic]) => head.subarray(offset, offset + magic.length).equals(magic))?.[2];
}
