import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { xarray } from '../../kernel/xarray.ts';

/** A request that a driver has and has not finished. */
export interface Request {
  readonly struct: Struct;
  readonly op: string | undefined;
  readonly isWrite: boolean;
  readonly sector: number | undefined;
  readonly bytes: number | undefined;
  readonly tag: number | undefined;
  /** Nanoseconds since boot at which it was started. */
  readonly started: number | undefined;
}

/** Operations (enum req_op, include/linux/blk_types.h), in the lower byte of cmd_flags; odd ones write. */
const OPS: Readonly<Record<number, string>> = { 0: 'READ', 1: 'WRITE', 2: 'FLUSH', 3: 'DISCARD', 5: 'SECURE_ERASE', 9: 'WRITE_ZEROES' };
const MAX_QUEUES = 4096;
/** BLK_MQ_MAX_DEPTH. */
const MAX_TAGS = 10240;

/** The requests in flight of a queue; undefined where one of its tables is not in the dump. */
export function inFlight(kernel: KernelContext, queue: Struct): Request[] | undefined {
  const started = kernel.types.enumerator('mq_rq_state', 'MQ_RQ_IN_FLIGHT') ?? 1;
  const found = new Map<bigint, Request>();
  const contexts = hardwareQueues(kernel, queue);
  if (!contexts) return undefined;
  for (const context of contexts) {
    // a tag set may serve several queues
    const requests = taggedRequests(kernel, context.follow('tags', 'blk_mq_tags'));
    if (!requests) return undefined;
    for (const request of requests) {
      if (request.ptr('q') === queue.address && request.num('state') === started) found.set(request.address, requestOf(request));
    }
  }
  return [...found.values()];
}

function requestOf(request: Struct): Request {
  const flags = request.num('cmd_flags');
  const op = flags === undefined ? undefined : flags & 0xff;
  return {
    struct: request,
    op: op === undefined ? undefined : (OPS[op] ?? `op ${op}`),
    isWrite: ((op ?? 0) & 1) === 1,
    sector: request.num('__sector'),
    bytes: request.num('__data_len'),
    tag: request.num('tag'),
    started: request.num('start_time_ns'),
  };
}

/** An array up to 5.17 and since 6.19, an xarray between (4e5cc99e1e48). */
function hardwareQueues(kernel: KernelContext, queue: Struct): Struct[] | undefined {
  if (queue.has('hctx_table')) {
    return [...xarray(kernel, queue.at('hctx_table'), 'the table of hardware queues')].map(([, at]) => kernel.struct('blk_mq_hw_ctx', at));
  }
  const count = queue.num('nr_hw_queues');
  const array = queue.ptr('queue_hw_ctx');
  if (count === undefined || array === undefined) return undefined;
  if (array === 0n) return []; // driven by bios
  return pointers(kernel, array, Math.min(count, MAX_QUEUES))?.map((at) => kernel.struct('blk_mq_hw_ctx', at));
}

function pointers({ memory }: KernelContext, array: bigint, count: number): bigint[] | undefined {
  const bytes = memory.bytes(array, count * memory.wordSize);
  if (!bytes) return undefined;
  const all = Array.from({ length: count }, (_, i) =>
    memory.wordSize === 8 ? memory.reader.u64(bytes, 8 * i) : BigInt(memory.reader.u32(bytes, 4 * i)),
  );
  return all.filter((at) => at !== 0n);
}

/** Requests whose tags are taken. */
function taggedRequests(kernel: KernelContext, tags: Struct | undefined): Struct[] | undefined {
  if (!tags) return [];
  // a pointer from 5.10 to 5.15
  const bitmap = tags.member('bitmap_tags')?.kind === 'pointer' ? tags.follow('bitmap_tags', 'sbitmap_queue') : tags.inner('bitmap_tags');
  const reserved = tags.num('nr_reserved_tags');
  const array = tags.ptr('rqs');
  const taken = bitmap && takenTags(kernel, bitmap);
  if (array === undefined || reserved === undefined || !taken) return undefined;
  const { memory } = kernel;
  const requests = taken.map((tag) => memory.word(array + BigInt((tag + reserved) * memory.wordSize)));
  if (requests.includes(undefined)) return undefined;
  return [...new Set(requests)].flatMap((at) => (at ? [kernel.struct('request', at)] : []));
}

/** Bits of an sbitmap: words of 2^shift bits, each with the bits that are cleared already beside it. */
function takenTags(kernel: KernelContext, queue: Struct): number[] | undefined {
  const depth = queue.num('sb.depth');
  const shift = queue.num('sb.shift');
  const map = queue.ptr('sb.map');
  const stride = kernel.types.size('sbitmap_word');
  if (depth === undefined || shift === undefined || map === undefined || stride === undefined || shift > 6) return undefined;
  const taken: number[] = [];
  const count = Math.min(depth, MAX_TAGS);
  for (let first = 0; first < count; first += 2 ** shift) {
    const word = kernel.struct('sbitmap_word', map + BigInt((first >> shift) * stride));
    const set = word.ptr('word');
    const cleared = word.has('cleared') ? word.ptr('cleared') : 0n;
    if (set === undefined || cleared === undefined) return undefined;
    for (let bit = 0; bit < 2 ** shift && first + bit < count; bit++) if (((set & ~cleared) >> BigInt(bit)) & 1n) taken.push(first + bit);
  }
  return taken;
}
