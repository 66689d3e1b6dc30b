import { z } from 'zod';
import { hexSchema } from './scalars.ts';

const count = z.number();
/** A usage line of a memory cgroup: `memory: usage 40960kB, limit 40960kB, failcnt 20`. */
const limit = z.strictObject({ usageKb: count.optional(), limitKb: count.optional(), failcnt: count.optional() });
/** Counters that a newer kernel adds are carried by their own name. */
const counters = z.record(z.string(), count);
const cell = z.union([count, z.string(), z.boolean()]);

const buddy = z.strictObject({
  order: z.int(),
  sizeKb: count,
  count,
  types: z.string().optional().describe('Migrate types as printed: UME'),
});

const zone = z
  .object({
    node: z.int().optional().describe('Absent where the kernel prints none (flat i386)'),
    name: z.string(),
    freeKb: count.optional(),
    minKb: count.optional(),
    lowKb: count.optional(),
    highKb: count.optional(),
    lowmemReserve: z.array(count).optional().describe('Pages, one for each zone'),
    buddy: z.array(buddy).optional(),
    buddyTotalKb: count.optional(),
  })
  .catchall(z.union([cell, z.array(count), z.array(buddy)]).optional());

const task = z
  .object({
    pid: z.int(),
    uid: z.int().optional(),
    tgid: z.int().optional(),
    totalVmPages: count.optional(),
    rssPages: count.optional(),
    rssAnonPages: count.optional(),
    rssFilePages: count.optional(),
    rssShmemPages: count.optional(),
    pgtablesBytes: count.optional(),
    swapentsPages: count.optional(),
    oomScoreAdj: z.int().optional(),
    name: z.string(),
  })
  .catchall(cell.optional());

const victim = z
  .object({
    pid: z.int(),
    comm: z.string(),
    totalVmKb: count.optional(),
    anonRssKb: count.optional(),
    fileRssKb: count.optional(),
    shmemRssKb: count.optional(),
    uid: z.int().optional(),
    pgtablesKb: count.optional(),
    oomScoreAdj: z.int().optional(),
  })
  .catchall(cell.optional());

/** A claim and what it rests on: record sequence numbers. */
const evidence = z.strictObject({ text: z.string(), records: z.array(z.int()).optional(), inferred: z.boolean().optional() });

/** One task's badness and what it is made of, in pages; the parts only for the tasks at the top and the victim. */
const badness = z.strictObject({
  pid: z.int(),
  comm: z.string().optional(),
  points: count.optional().describe('As the kernel of that release computes them: pages since 3.6, thousandths of the limit before'),
  rank: z.int().optional(),
  unkillable: z.boolean().optional().describe('oom_score_adj -1000 (oom_adj -17): never chosen'),
  rssPages: count.optional(),
  swapentsPages: count.optional(),
  pgtablesPages: count.optional(),
  adjPages: count.optional().describe('oom_score_adj in the unit of points'),
});

/** Where the memory is: parts that do not overlap, and what is left. */
const usage = z.strictObject({
  scope: z.enum(['system', 'cgroup']),
  totalKb: count,
  parts: z.array(z.strictObject({ name: z.string(), kb: count })),
  unaccountedKb: count.optional(),
  tasksRssKb: count.optional().describe('Sum over the task table; shared pages count for each task that maps them'),
});

export const oomSchema = z
  .strictObject({
    trigger: z
      .strictObject({
        comm: z.string().optional(),
        pid: z.int().optional(),
        gfpMask: hexSchema.optional(),
        gfpFlags: z.array(z.string()).optional(),
        order: z.int().optional(),
        oomScoreAdj: z.int().optional(),
      })
      .optional(),
    constraint: z.string().optional(),
    nodemask: z.string().optional(),
    cpuset: z.string().optional(),
    memsAllowed: z.string().optional(),
    cgroup: z
      .strictObject({
        oomMemcg: z.string().optional(),
        taskMemcg: z.string().optional(),
        globalOom: z.boolean().optional(),
        pod: z.string().optional(),
        container: z.string().optional(),
        runtime: z.string().optional(),
        unit: z.string().optional(),
        oomGroup: z.string().optional().describe('memory.oom.group: the cgroup whose tasks were all killed'),
      })
      .optional(),
    limits: z
      .strictObject({ memory: limit.optional(), memorySwap: limit.optional(), swap: limit.optional(), kmem: limit.optional() })
      .optional(),
    memcgStat: z
      .record(z.string(), z.union([count, counters]))
      .optional()
      .describe('v2: bytes by counter; v1: kB by counter, by cgroup where there are several'),
    memInfo: counters.optional().describe('Mem-Info counters, pages'),
    nodes: z.array(z.object({ node: z.int().optional() }).catchall(cell.optional())).optional(),
    zones: z.array(zone).optional(),
    hugepages: z
      .array(
        z
          .object({
            node: z.int().optional(),
            total: count.optional(),
            free: count.optional(),
            surp: count.optional(),
            sizeKb: count.optional(),
          })
          .catchall(cell.optional()),
      )
      .optional(),
    swap: counters.optional(),
    pageCache: z.union([count, counters]).optional().describe('`total pagecache pages`'),
    ram: counters.optional().describe('pages RAM, HighMem/MovableOnly, reserved, cma reserved, hwpoisoned'),
    slabs: z.array(z.strictObject({ name: z.string(), usedKb: count.optional(), totalKb: count.optional() })).optional(),
    tasks: z.array(task).optional(),
    victims: z.array(victim).optional(),
    reaped: z.array(victim).optional(),
    cause: z.strictObject({ verdict: z.string(), evidence: z.array(evidence), tryNext: z.array(z.string()).optional() }).optional(),
    victimChoice: z
      .strictObject({
        badness: z.array(badness),
        explains: z.boolean(),
        reason: z.string().optional(),
        limitPages: count.optional().describe('What oom_score_adj is a thousandth of'),
        inferred: z.boolean().optional(),
      })
      .optional(),
    usage: usage.optional(),
    allocations: z
      .array(
        z.strictObject({
          site: z.string(),
          func: z.string().optional(),
          module: z.string().optional(),
          bytes: count,
          calls: count.optional(),
        }),
      )
      .optional()
      .describe('Greatest allocation sites (CONFIG_MEM_ALLOC_PROFILING, since 6.10)'),
    pageSizeKb: count.optional(),
    missing: z.array(z.string()).optional().describe('What a cut or damaged report lacks'),
    doubts: z.array(z.string()).optional().describe('Numbers that cannot be, quoted; they are in no other field'),
  })
  .meta({ id: 'Oom' });
