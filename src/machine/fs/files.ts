import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { hex, type Known, row } from '../row.ts';
import { filePath, mountOf, nameOf, pathOf } from './path.ts';

/** A row of `files`: an open file of a task. */
export interface FileRow {
  readonly fd: number;
  readonly file: string;
  readonly dentry: string;
  readonly inode: string;
  readonly type: string;
  /** Of what has none (pipes) absent; of a socket its protocol. */
  readonly path: string;
}

/** sysctl_nr_open is 2^20 unless somebody raised it. */
const MAX_FDS = 1 << 22;

/** The type bits of i_mode (include/uapi/linux/stat.h, there in octal), in crash's words. */
const TYPES: Readonly<Record<number, string>> = {
  4096: 'PIPE',
  8192: 'CHR',
  16384: 'DIR',
  24576: 'BLK',
  32768: 'REG',
  40960: 'LNK',
  49152: 'SOCK',
};
const S_IFMT = 0o170000;

export function fileRows(kernel: KernelContext, task: Struct): Known<FileRow>[] {
  const table = task.follow('files', 'files_struct')?.follow('fdt', 'fdtable');
  const array = table?.ptr('fd');
  const count = Math.min(table?.num('max_fds') ?? 0, MAX_FDS);
  if (array === undefined) return [];
  const { memory } = kernel;
  const rows: Known<FileRow>[] = [];
  for (let fd = 0; fd < count; fd++) {
    const at = memory.word(array + BigInt(fd * memory.wordSize));
    if (at === undefined) {
      kernel.losses.stop(`the table of open files ends at ${fd}: it is not in the dump`);
      break;
    }
    if (at !== 0n) rows.push(fileRow(kernel, fd, kernel.struct('file', at)));
  }
  return rows;
}

function fileRow(kernel: KernelContext, fd: number, file: Struct): Known<FileRow> {
  const dentry = file.follow('f_path.dentry', 'dentry');
  const inode = dentry?.follow('d_inode', 'inode');
  const mode = inode?.num('i_mode');
  const type = mode === undefined ? undefined : (TYPES[mode & S_IFMT] ?? 'UNKN');
  return row<FileRow>({
    fd,
    file: hex(file.address),
    dentry: hex(dentry?.address),
    inode: hex(inode?.address),
    type,
    path: pathOfFile(kernel, file, dentry, type),
  });
}

function pathOfFile(kernel: KernelContext, file: Struct, dentry: Struct | undefined, type: string | undefined): string | null | undefined {
  if (type === 'SOCK') return socketName(kernel, file);
  const system = dentry?.follow('d_sb', 'super_block')?.follow('s_type', 'file_system_type')?.text('name');
  if (system === 'pipefs') return null;
  return system === 'anon_inodefs' && dentry ? nameOf(dentry) : filePath(file);
}

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;

/** The protocol of a socket, and its ends where it has any. */
function socketName(kernel: KernelContext, file: Struct): string | undefined {
  const sock = file.follow('private_data', 'socket')?.follow('sk', 'sock');
  const family = sock?.num('__sk_common.skc_family');
  if (!sock || family === undefined) return undefined;
  if (family === AF_UNIX) return 'UNIX';
  const protocol = sock.follow('__sk_common.skc_prot', 'proto')?.text('name');
  if (protocol === undefined || (family !== AF_INET && family !== AF_INET6)) return protocol;
  const local = end(kernel, sock, 'skc_rcv_saddr', sock.num('__sk_common.skc_num'));
  const remote = end(kernel, sock, 'skc_daddr', swapped(kernel, sock.num('__sk_common.skc_dport')));
  return local === undefined || remote === undefined ? protocol : `${protocol} ${local} ${remote}`;
}

/** Network order to this machine's. */
const swapped = ({ memory }: KernelContext, port: number | undefined): number | undefined =>
  port === undefined || memory.reader.order === 'big' ? port : ((port & 0xff) << 8) | (port >> 8);

function end(kernel: KernelContext, sock: Struct, member: string, port: number | undefined): string | undefined {
  const at = sock.at(`__sk_common.${member}`);
  const bytes = at === undefined ? undefined : kernel.memory.bytes(at, 4);
  return bytes && port !== undefined ? `${[...bytes].join('.')}:${port}` : undefined;
}

/** Root and working directory of a task. */
export function directoriesOf(task: Struct): { readonly root: string | undefined; readonly cwd: string | undefined } {
  const fs = task.follow('fs', 'fs_struct');
  const path = (name: string): string | undefined =>
    fs && pathOf(fs.follow(`${name}.dentry`, 'dentry'), mountOf(fs.follow(`${name}.mnt`, 'vfsmount')));
  return { root: path('root'), cwd: path('pwd') };
}
