import { CstParser, type TokenType } from 'chevrotain';
import { skipValidations, vocabularyOf } from './lexing.ts';
import * as t from './tokens.ts';

/** What `fields` passes over: punctuation and numbers around the values. */
const STRANGERS: readonly TokenType[] = [
  t.Num,
  t.Hex,
  t.Unit,
  t.Colon,
  t.Equals,
  t.Comma,
  t.Question,
  t.LParen,
  t.RParen,
  t.Pipe,
  t.Star,
  t.Slash,
  t.PerCpu,
  t.NodeWord,
  t.Other,
];

/** Lines of mm/oom_kill.c, mm/show_mem.c, mm/page_alloc.c, mm/vmalloc.c, mm/cma.c, mm/slub.c: one rule a print function. */
export class OomParser extends CstParser {
  /**
   * `free:15872kB`, `add 1`, `shmem_thp: 0kB` (a blank until 6.1), `all_unreclaimable? yes`; `gfp_mask=0x201da` until 4.5, since 4.6
   * `gfp_mask=0xcc0(GFP_KERNEL|__GFP_COMP)`, mm/page_alloc.c says `mode:`; and any word alone
   */
  readonly entry = this.RULE('entry', () => {
    this.CONSUME(t.Key);
    this.OPTION(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Question);
            this.CONSUME2(t.Key);
          },
        },
        {
          ALT: () => {
            this.OR2([{ ALT: () => this.CONSUME(t.Colon) }, { ALT: () => this.CONSUME(t.Equals) }]);
            this.OPTION2(() => this.SUBRULE(this.amount));
          },
        },
        { ALT: () => this.SUBRULE2(this.amount) },
      ]),
    );
  });

  readonly amount = this.RULE('amount', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Num);
          this.OPTION(() => this.CONSUME(t.Unit));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Hex);
          this.OPTION2(() => {
            this.CONSUME(t.LParen);
            this.MANY_SEP({ SEP: t.Pipe, DEF: () => this.SUBRULE(this.gfpFlag) });
            this.OPTION3(() => this.CONSUME(t.RParen));
          });
        },
      },
    ]);
  });

  /** A name, or a bit without one: since 4.6 as hex. */
  readonly gfpFlag = this.RULE('gfpFlag', () => {
    this.OR([{ ALT: () => this.CONSUME(t.Key) }, { ALT: () => this.CONSUME(t.Hex) }, { ALT: () => this.CONSUME(t.Num) }]);
  });

  readonly stranger = this.RULE('stranger', () => {
    this.OR(STRANGERS.map((token) => ({ ALT: () => this.CONSUME(token) })));
  });

  /** The rest of nearly every line. */
  readonly fields = this.RULE('fields', () => {
    this.MANY(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.entry) },
        { ALT: () => this.CONSUME(t.Nodemask) },
        { ALT: () => this.CONSUME(t.Cpuset) },
        { ALT: () => this.CONSUME(t.MemsAllowed) },
        { ALT: () => this.CONSUME(t.OomMemcg) },
        { ALT: () => this.CONSUME(t.TaskMemcg) },
        { ALT: () => this.CONSUME(t.TaskName) },
        { ALT: () => this.CONSUME(t.GlobalOom) },
        { ALT: () => this.SUBRULE(this.stranger) },
      ]),
    );
  });

  // mm/oom_kill.c dump_header(): `oom_adj=` 2.6.29–2.6.35, both 2.6.36–3.6, `oom_score_adj=` since; flags in words since 4.6;
  // `nodemask=` in it 4.10–4.20 (before and after elsewhere or not at all)
  readonly dumpHeader = this.RULE('dumpHeader', () => {
    this.OPTION(() => this.CONSUME(t.InvokerComm));
    this.CONSUME(t.InvokedOomKiller);
    this.SUBRULE(this.fields);
  });

  // kernel/cgroup/cpuset.c cpuset_print_task_mems_allowed(), later …_current_…: a line of its own until 4.20, since 5.0 a part of
  // the summary and of warn_alloc()
  readonly cpusetPrintCurrentMemsAllowed = this.RULE('cpusetPrintCurrentMemsAllowed', () => {
    this.OPTION(() => this.CONSUME(t.CpusetComm));
    this.SUBRULE(this.fields);
  });

  // mm/page_alloc.c warn_alloc() since 4.9, warn_alloc_failed() 2.6.39–4.8, __alloc_pages_slowpath() before (`failure. order:`);
  // stalls 4.10–4.14; mm/vmalloc.c says why instead of the order; everything else that ends in `order:N, mode:0x…`
  readonly warnAlloc = this.RULE('warnAlloc', () => {
    this.CONSUME(t.AllocComm);
    this.OPTION(() => this.CONSUME(t.Colon));
    this.OPTION2(() =>
      this.OR([
        { ALT: () => this.CONSUME(t.PageAllocationFailure) },
        { ALT: () => this.CONSUME(t.PageAllocationStalls) },
        { ALT: () => this.CONSUME(t.AllocReason) },
      ]),
    );
    this.SUBRULE(this.fields);
  });

  // mm/show_mem.c show_free_areas() (mm/page_alloc.c until 6.3): the counters of the whole machine, pages
  readonly showFreeAreas = this.RULE('showFreeAreas', () => {
    this.SUBRULE(this.fields);
  });

  // the same: one line a node since 4.8 (before, the LRU counters were the zones'); 7.x adds Balloon, gpu_active behind the question
  readonly showNode = this.RULE('showNode', () => {
    this.CONSUME(t.NodeWord);
    this.CONSUME(t.Num);
    this.SUBRULE(this.fields);
  });

  // the same: one line a zone, `Node N` only with CONFIG_NUMA; `boost:` since 5.16, `free_highatomic:` since 6.13
  readonly showZone = this.RULE('showZone', () => {
    this.OPTION(() => {
      this.CONSUME(t.NodeWord);
      this.CONSUME(t.Num);
    });
    this.CONSUME(t.Key);
    this.OPTION2(() => this.CONSUME(t.Colon));
    this.SUBRULE(this.fields);
  });

  // the same: `lowmem_reserve[]: 0 2780 15835`
  readonly lowmemReserve = this.RULE('lowmemReserve', () => {
    this.CONSUME(t.Key);
    this.OPTION(() => this.CONSUME(t.Colon));
    this.MANY(() => this.CONSUME(t.Num));
  });

  // the same: free blocks by order, migrate types behind a count that is not 0 since 3.9
  readonly freeAreaList = this.RULE('freeAreaList', () => {
    this.OPTION(() => {
      this.CONSUME(t.NodeWord);
      this.CONSUME(t.Num);
    });
    this.CONSUME(t.Key);
    this.CONSUME(t.Colon);
    this.MANY(() => this.SUBRULE(this.freeArea));
    this.OPTION2(() => {
      this.CONSUME(t.Equals);
      this.CONSUME2(t.Num);
      this.OPTION3(() => this.CONSUME(t.Unit));
    });
  });

  readonly freeArea = this.RULE('freeArea', () => {
    this.CONSUME(t.Num);
    this.CONSUME(t.Star);
    this.CONSUME2(t.Num);
    this.CONSUME(t.Unit);
    this.OPTION(() => {
      this.CONSUME(t.LParen);
      this.OPTION2(() => this.CONSUME(t.Key));
      this.CONSUME(t.RParen);
    });
  });

  // mm/hugetlb.c hugetlb_show_meminfo_node(), hugetlb_show_meminfo() until 6.0, since 3.10
  readonly hugetlbShowMeminfo = this.RULE('hugetlbShowMeminfo', () => {
    this.OPTION(() => {
      this.CONSUME(t.NodeWord);
      this.CONSUME(t.Num);
    });
    this.SUBRULE(this.fields);
  });

  // mm/swap_state.c show_swap_cache_info(): the `stats` line until 5.18
  readonly showSwapCacheInfo = this.RULE('showSwapCacheInfo', () => {
    this.SUBRULE(this.fields);
  });

  // mm/show_mem.c __show_mem() (lib/show_mem.c until 6.3, arch/*/mm/init.c before 2.6.39): `524158 pages RAM`
  readonly showMemPages = this.RULE('showMemPages', () => {
    this.CONSUME(t.Num);
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(t.Key) }, { ALT: () => this.CONSUME(t.Slash) }]));
  });

  // mm/oom_kill.c dump_oom_victim() (dump_oom_summary() until 6.6), since 5.0
  readonly dumpOomVictim = this.RULE('dumpOomVictim', () => {
    this.SUBRULE(this.fields);
  });

  // mm/oom_kill.c: __oom_kill_process() `Killed process` (a line of its own until 5.0); oom_kill_process() `Kill process … score`
  // until 5.0; `vsz:` until 2.6.34, `total-vm:` since; `UID n,` before the name in RHEL 6, `UID:n pgtables:` since 5.4
  readonly oomKillProcess = this.RULE('oomKillProcess', () => {
    this.OPTION(() => this.CONSUME(t.KillMessage));
    this.OR([
      { ALT: () => this.CONSUME(t.KilledProcess) },
      { ALT: () => this.CONSUME(t.KillProcess) },
      { ALT: () => this.CONSUME(t.OomVictim) },
      { ALT: () => this.CONSUME(t.OomKillerPinned) },
    ]);
    this.CONSUME(t.Num);
    this.OPTION2(() => this.CONSUME(t.Xid));
    this.OPTION3(() => this.CONSUME(t.Comma));
    this.OPTION4(() => {
      this.CONSUME(t.Uid);
      this.CONSUME2(t.Num);
      this.OPTION5(() => this.CONSUME2(t.Comma));
    });
    this.CONSUME(t.ParenComm);
    this.MANY(() =>
      this.OR2([
        { ALT: () => this.SUBRULE(this.killScore) },
        { ALT: () => this.SUBRULE(this.pinnedBy) },
        { ALT: () => this.CONSUME(t.SharingSameMemory) },
        { ALT: () => this.CONSUME(t.AlreadyExiting) },
        { ALT: () => this.CONSUME(t.InCgroup) },
        { ALT: () => this.SUBRULE(this.entry) },
        { ALT: () => this.SUBRULE(this.killUid) },
        { ALT: () => this.CONSUME2(t.ParenComm) },
        { ALT: () => this.SUBRULE(this.stranger) },
      ]),
    );
  });

  readonly killScore = this.RULE('killScore', () => {
    this.CONSUME(t.Score);
    this.CONSUME(t.Num);
  });

  readonly killUid = this.RULE('killUid', () => {
    this.CONSUME(t.Uid);
    this.CONSUME(t.Num);
  });

  readonly pinnedBy = this.RULE('pinnedBy', () => {
    this.CONSUME(t.PinnedBy);
    this.CONSUME(t.Num);
    this.CONSUME(t.ParenComm);
  });

  // mm/oom_kill.c oom_reap_task_mm(), oom_reap_task(): since 4.6 (4.6 itself prints shmem-rss in `lB`)
  readonly oomReapTask = this.RULE('oomReapTask', () => {
    this.OR([{ ALT: () => this.CONSUME(t.ReapedProcess) }, { ALT: () => this.CONSUME(t.UnableToReap) }]);
    this.CONSUME(t.Num);
    this.CONSUME(t.ParenComm);
    this.SUBRULE(this.fields);
  });

  // mm/memcontrol.c mem_cgroup_print_oom_group(): since 4.19
  readonly printOomGroup = this.RULE('printOomGroup', () => {
    this.CONSUME(t.TasksIn);
    this.SUBRULE(this.fields);
  });

  // mm/slab_common.c dump_unreclaimable_slab(): since 4.15
  readonly dumpUnreclaimableSlab = this.RULE('dumpUnreclaimableSlab', () => {
    this.CONSUME(t.SlabName);
    this.CONSUME(t.Num);
    this.CONSUME(t.Unit);
    this.CONSUME2(t.Num);
    this.CONSUME2(t.Unit);
  });

  // lib/alloc_tag.c through mm/show_mem.c: the ten greatest allocation sites, since 6.10
  readonly allocTagTopUsers = this.RULE('allocTagTopUsers', () => {
    this.CONSUME(t.SizeText);
    this.CONSUME(t.Num);
    this.CONSUME(t.FileLine);
    this.OPTION(() => this.CONSUME(t.ModuleName));
    this.OPTION2(() => this.CONSUME(t.FuncName));
  });

  // mm/slub.c slab_out_of_memory(): `(gfp=0x…)` until 4.5, `gfp=0x…(FLAGS)` since, `on CPU n (of node n)` since 6.10; mm/slab.c the same
  readonly slabOutOfMemory = this.RULE('slabOutOfMemory', () => {
    this.OR([{ ALT: () => this.CONSUME(t.SlabUnable) }, { ALT: () => this.CONSUME(t.CacheName) }]);
    this.SUBRULE(this.fields);
  });

  // mm/cma.c cma_alloc(), cma_debug_show_areas(): the area's name since 5.12; mm/vmalloc.c alloc_vmap_area(): `use vmalloc=<size>` until
  // 6.10, the range since
  readonly allocRegion = this.RULE('allocRegion', () => {
    this.OPTION(() => this.CONSUME(t.CmaPrefix));
    this.SUBRULE(this.fields);
    this.OPTION2(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.AllocFailed) },
        { ALT: () => this.CONSUME(t.VmapFailed) },
        { ALT: () => this.CONSUME(t.VmallocRange) },
      ]);
      this.SUBRULE2(this.fields);
    });
  });

  constructor() {
    super(vocabularyOf(t.MODES), { recoveryEnabled: true, skipValidations, maxLookahead: 1 });
    this.performSelfAnalysis();
  }
}
