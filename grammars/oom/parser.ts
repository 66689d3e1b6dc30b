import { FailureParser } from './failure-parser.ts';
import { FAILURE_MODES } from './failure-tokens.ts';
import * as f from './field-tokens.ts';
import type { Alternatives } from './fields-parser.ts';
import { textAfter } from './free-text.ts';
import * as t from './kill-tokens.ts';
import { present } from './line-fields.ts';
import { MEMORY_MODES } from './memory-tokens.ts';
import type { KillLine } from './values.ts';

const LINES = [
  'show_free_areas',
  'show_free_areas_node',
  'show_free_areas_zone',
  'show_free_areas_reserve',
  'show_free_areas_buddy',
  'hugetlb_show_meminfo_node',
  'show_swap_cache_info',
  'show_swap_cache_info_size',
  '__show_mem_pages',
  '__show_mem_site',
  'dump_unreclaimable_slab',
  'dump_header',
  'cpuset_print_task_mems_allowed',
  'warn_alloc',
  'warn_alloc_vmalloc',
  'warn_alloc_reclaim',
  'check_alloc_stall_warn',
  'slab_out_of_memory',
  'slab_out_of_memory_cache',
  '__cma_alloc',
  'alloc_vmap_area',
  'dump_oom_victim',
  'oom_kill_process',
  'oom_reap_task',
] as const;

/** What a kill line said so far. */
interface Kill {
  type: KillLine['type'];
  message: string;
  comm?: string;
  uid?: string;
  score?: string;
  cgroup?: string;
  by?: { pid: number; comm: string };
}

/** `(java)` → `java`. */
const unparen = (comm: string | undefined): string => (comm ?? '').replace(/^\(|\)$/g, '');

/** The OOM killer's own lines, with all that it prints before them. */
export class OomParser extends FailureParser {
  readonly dump_oom_victim = this.RULE('dump_oom_victim', () => {
    this.begin();
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      const { constraint, nodemask, cpuset, memsAllowed, globalOom, oomMemcg, taskMemcg, task } = this.said;
      const [pid, uid] = [this.said.value('pid'), this.said.value('uid')];
      this.tell({
        type: 'summary',
        globalOom,
        ...present({ constraint, nodemask, cpuset, memsAllowed, oomMemcg, taskMemcg, task, pid, uid }),
      });
    });
  });

  #kill: Kill = { type: 'killed', message: '' };
  #alternatives: Alternatives | undefined;

  /** Who is killed, was chosen, shares the victim's memory, is exiting already, or cannot be freed. */
  readonly oom_kill_process = this.RULE('oom_kill_process', () => {
    this.begin();
    const kill: Kill = { type: 'killed', message: '' };
    this.#kill = kill;
    this.OPTION(() => {
      kill.message = this.CONSUME(t.KillMessage).image;
    });
    this.OR([
      { ALT: () => this.CONSUME(t.KilledProcess) },
      {
        ALT: () => {
          this.CONSUME(t.KillProcess);
          kill.type = 'chosen';
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.OomVictim);
          kill.type = 'exiting';
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.OomKillerPinned);
          kill.type = 'pinned';
        },
      },
    ]);
    const { image } = this.CONSUME(f.Num);
    this.#alternatives ??= this.behindPid();
    const alternatives = this.#alternatives;
    this.MANY(() => this.OR2(alternatives));
    this.ACTION(() => {
      const { said } = this;
      const pid = said.count(image, 'pid');
      if (pid === undefined) return;
      this.tell({
        type: kill.type,
        pid,
        comm: unparen(kill.comm),
        counters: said.counters(['UID', 'oom_score_adj']),
        ...present({
          message: kill.message.replace(/:?\s*$/, '') || undefined,
          score: said.numbers.signed(kill.score, 'score'),
          uid: said.value('UID') ?? said.count(kill.uid, 'UID'),
          oomScoreAdj: said.value('oom_score_adj'),
          cgroup: kill.cgroup,
          by: kill.by,
        }),
      });
    });
  });

  private behindPid(): Alternatives {
    return [
      {
        ALT: () => {
          const { image } = this.CONSUME(t.ParenComm);
          this.ACTION(() => {
            this.#kill.comm ??= image;
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Score);
          this.#kill.score = this.CONSUME2(f.Num).image;
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.PinnedBy);
          const pid = this.CONSUME3(f.Num).image;
          const comm = this.OPTION2(() => this.CONSUME2(t.ParenComm).image);
          this.ACTION(() => {
            this.#kill.by = { pid: Number(pid), comm: unparen(comm) };
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.SharingSameMemory);
          this.#kill.type = 'sharing';
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Uid);
          this.#kill.uid = this.CONSUME4(f.Num).image;
        },
      },
      {
        ALT: () => {
          this.#kill.cgroup = textAfter(this.CONSUME(t.InCgroup));
        },
      },
      { ALT: () => this.CONSUME(t.Xid) },
      { ALT: () => this.SUBRULE(this.entry) },
      { ALT: () => this.SUBRULE(this.stranger) },
    ];
  }

  readonly oom_reap_task = this.RULE('oom_reap_task', () => {
    this.begin();
    let unable = false;
    let comm: string | undefined;
    this.OR([
      { ALT: () => this.CONSUME(t.ReapedProcess) },
      {
        ALT: () => {
          this.CONSUME(t.UnableToReap);
          unable = true;
        },
      },
    ]);
    const { image } = this.CONSUME(f.Num);
    this.OPTION(() => {
      comm = this.CONSUME(t.ParenComm).image;
    });
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      const pid = this.said.count(image, 'pid');
      if (pid !== undefined) this.tell({ type: 'reaped', pid, comm: unparen(comm), unable, counters: this.said.counters() });
    });
  });

  constructor() {
    super(LINES, { fields: f.FIELDS, ...MEMORY_MODES, ...FAILURE_MODES, ...t.KILL_MODES });
    this.performSelfAnalysis();
  }

  protected rules(): Readonly<Record<string, () => unknown>> {
    return Object.fromEntries(LINES.map((name) => [name, () => this.SUBRULE(this[name])]));
  }
}
