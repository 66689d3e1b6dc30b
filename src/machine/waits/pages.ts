import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { nameOf } from '../fs/path.ts';
import { diskOfBlockDevice, requestOfPage } from './in-flight.ts';
import type { Wait } from './wait.ts';

/** The page of a wait_page_queue, the bit that has to change, and the file that it is of. */
export function pageWait(kernel: KernelContext, entry: Struct): Omit<Wait, 'task' | 'in'> | undefined {
  // a folio since 5.16 (6974d7c977d7)
  const isFolio = entry.has('folio');
  const page = entry.ptr(isFolio ? 'folio' : 'page');
  const bit = entry.num('bit_nr');
  if (!page) return undefined;
  const struct = kernel.struct(isFolio ? 'folio' : 'page', page);
  const file = fileOf(kernel, struct);
  const names = [...kernel.types.enumerators('pageflags')];
  return {
    for: 'page',
    address: page,
    bit: names.find(([, value]) => value === bit)?.[0],
    index: struct.has('index') ? struct.num('index') : undefined,
    path: file?.path,
    request: file?.disk ? requestOfPage(kernel, file.disk, page) : undefined,
  };
}

interface PageFile {
  readonly path: string | undefined;
  readonly disk: Struct | undefined;
}

/** Low bits of page.mapping: what maps it is no file. */
const MAPPING_FLAGS = 3n;

function fileOf(kernel: KernelContext, page: Struct): PageFile | undefined {
  const mapping = page.ptr('mapping');
  if (!mapping || (mapping & MAPPING_FLAGS) !== 0n) return undefined;
  const inode = kernel.struct('address_space', mapping).follow('host', 'inode');
  if (!inode) return undefined;
  const superblock = inode.follow('i_sb', 'super_block');
  return { path: pathOfInode(kernel, inode, superblock), disk: diskOfBlockDevice(superblock?.follow('s_bdev', 'block_device')) };
}

const MAX_STEPS = 200;

/** `vda:/dir/file`: by one of the inode's names, within its file system. */
export function pathOfInode(kernel: KernelContext, inode: Struct, superblock: Struct | undefined): string | undefined {
  const { types } = kernel;
  // d_u.d_alias, an anonymous union since 7.1 (3b7d764a37d0)
  const alias = types.member('dentry', 'd_alias')?.offset ?? types.member('dentry', 'd_u.d_alias')?.offset;
  const first = inode.ptr('i_dentry.first');
  const name = superblock?.text('s_id');
  if (!first || alias === undefined) return name;
  const parts: string[] = [];
  let dentry: Struct | undefined = kernel.struct('dentry', first - BigInt(alias));
  for (let step = 0; dentry && step < MAX_STEPS; step++) {
    const parent: Struct | undefined = dentry.follow('d_parent', 'dentry');
    if (!parent) return name;
    if (parent.address === dentry.address) return `${name ?? ''}:/${parts.join('/')}`;
    const part = nameOf(dentry);
    if (part === undefined) return name;
    parts.unshift(part);
    dentry = parent;
  }
  return name;
}
