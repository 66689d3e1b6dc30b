import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { inFlight, type Request } from '../block/requests.ts';
import type { Wait } from './wait.ts';

const SECTOR = 512;
const MAX_BIOS = 4096;
const MAX_VECS = 256;

/** The disk of a block device or partition. */
export const diskOfBlockDevice = (device: Struct | undefined): Struct | undefined => device?.follow('bd_disk', 'gendisk');

/** The request in flight that covers a sector of a disk. */
export function requestAt(kernel: KernelContext, disk: Struct, sector: number): Wait['request'] {
  const request = requestsOf(kernel, disk).find(
    (each) => each.sector !== undefined && each.bytes !== undefined && sector >= each.sector && sector < each.sector + each.bytes / SECTOR,
  );
  return request && { disk: disk.text('disk_name'), request };
}

/** The request in flight that carries a page. */
export function requestOfPage(kernel: KernelContext, disk: Struct, page: bigint): Wait['request'] {
  const request = requestsOf(kernel, disk).find((each) => pagesOf(kernel, each).includes(page));
  return request && { disk: disk.text('disk_name'), request };
}

function requestsOf(kernel: KernelContext, disk: Struct): readonly Request[] {
  const queue = disk.follow('queue', 'request_queue');
  return (queue && inFlight(kernel, queue)) ?? [];
}

/** Pages of a request's bios, as their first struct page. */
function pagesOf(kernel: KernelContext, { struct }: Request): bigint[] {
  const pages: bigint[] = [];
  const size = kernel.types.size('bio_vec') ?? 0;
  let bio = struct.follow('bio', 'bio');
  for (let n = 0; bio && size > 0 && n < MAX_BIOS; n++, bio = bio.follow('bi_next', 'bio')) {
    const vectors = bio.ptr('bi_io_vec');
    const count = Math.min(bio.num('bi_vcnt') ?? 0, MAX_VECS);
    if (!vectors) continue;
    for (let i = 0; i < count; i++) {
      const page = kernel.struct('bio_vec', vectors + BigInt(i * size)).ptr('bv_page');
      if (page) pages.push(page);
    }
  }
  return pages;
}
