import * as t from './failure-tokens.ts';
import * as f from './field-tokens.ts';
import { textAfter } from './free-text.ts';
import { present } from './line-fields.ts';
import { MemoryParser } from './memory-parser.ts';
import type { AllocationFailureLine } from './values.ts';

/** Who asked for memory and did not get it: mm/oom_kill.c dump_header(), mm/page_alloc.c, mm/vmalloc.c, mm/cma.c, mm/slub.c, mm/slab.c. */
export abstract class FailureParser extends MemoryParser {
  readonly dump_header = this.RULE('dump_header', () => {
    this.begin();
    let comm = '';
    this.OPTION(() => {
      comm = this.CONSUME(t.InvokerComm).image;
    });
    this.CONSUME(t.InvokedOomKiller);
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      const { said } = this;
      const oomAdj = said.value('oom_adj') ?? said.value('oomkilladj');
      const oomScoreAdj = said.value('oom_score_adj');
      this.tell({
        type: 'invoked',
        comm,
        ...present({ gfp: said.gfp, order: said.value('order'), oomScoreAdj, oomAdj, nodemask: said.nodemask }),
      });
    });
  });

  readonly cpuset_print_task_mems_allowed = this.RULE('cpuset_print_task_mems_allowed', () => {
    this.begin();
    let comm: string | undefined;
    this.OPTION(() => {
      comm = this.CONSUME(t.CpusetComm).image;
    });
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      const { cpuset, memsAllowed } = this.said;
      if (cpuset !== undefined) this.tell({ type: 'cpuset', cpuset, ...present({ comm, memsAllowed }) });
    });
  });

  readonly warn_alloc = this.RULE('warn_alloc', () => {
    const comm = this.SUBRULE(this.asker);
    this.ACTION(() => this.fail('page', { comm }));
  });

  /** mm/vmalloc.c: the bytes asked for in the words of 2.6.39 … 7.x. */
  readonly warn_alloc_vmalloc = this.RULE('warn_alloc_vmalloc', () => {
    const comm = this.SUBRULE(this.asker);
    this.ACTION(() => {
      const { said } = this;
      // `allocated 4096 of 8192 bytes`, `allocation failure: 8192 bytes`, `size 8192, …`
      this.fail('vmalloc', { comm, sizeBytes: said.value('of') ?? said.value('failure') ?? said.value('size') });
    });
  });

  /** Requests that reclaim could not serve. */
  readonly warn_alloc_reclaim = this.RULE('warn_alloc_reclaim', () => {
    const comm = this.SUBRULE(this.asker);
    this.ACTION(() => this.fail('reclaim', { comm }));
  });

  /** `java: ` and what it asked for. */
  private readonly asker = this.RULE('asker', () => {
    this.begin();
    let comm: string | undefined;
    this.OPTION(() => {
      comm = this.CONSUME(t.AllocComm).image;
    });
    this.OPTION2(() => this.CONSUME(t.Separator));
    this.SUBRULE(this.fields);
    return comm;
  });

  readonly check_alloc_stall_warn = this.RULE('check_alloc_stall_warn', () => {
    this.begin();
    let comm: string | undefined;
    this.OPTION(() => {
      comm = this.CONSUME(t.AllocComm).image;
    });
    this.OPTION2(() => this.CONSUME(f.Colon));
    const { image } = this.CONSUME(t.StallsFor);
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      const [, time, unit] = /(\d+) ?(ms|secs)$/.exec(image) ?? [];
      const count = time === undefined ? undefined : this.said.count(time, 'stall');
      this.fail('stall', { comm, stallMs: count === undefined ? undefined : count * (unit === 'ms' ? 1 : 1000) });
    });
  });

  readonly slab_out_of_memory = this.RULE('slab_out_of_memory', () => {
    this.begin();
    this.SUBRULE(this.fields);
    this.ACTION(() => this.fail('slab', {}));
  });

  readonly slab_out_of_memory_cache = this.RULE('slab_out_of_memory_cache', () => {
    this.begin();
    const cache = textAfter(this.CONSUME(t.CacheName));
    this.MANY(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.spacedPair) },
        { ALT: () => this.CONSUME(f.Num) },
        { ALT: () => this.CONSUME(f.Colon) },
        { ALT: () => this.CONSUME(f.Comma) },
        { ALT: () => this.CONSUME(f.Other) },
      ]),
    );
    this.ACTION(() => this.tell({ type: 'slabCache', cache, counters: this.said.counters() }));
  });

  private readonly spacedPair = this.RULE('spacedPair', () => {
    const key = this.CONSUME(t.SpacedKey).image;
    this.CONSUME(f.Colon);
    this.OPTION(() => {
      const { image } = this.CONSUME(f.Num);
      this.ACTION(() => this.said.pair(key, image, false, undefined));
    });
  });

  readonly __cma_alloc = this.RULE('__cma_alloc', () => {
    this.begin();
    let area: string | undefined;
    this.CONSUME(t.CmaFunction);
    this.MANY(() =>
      this.OR([
        { ALT: () => this.CONSUME(f.Colon) },
        {
          ALT: () => {
            area = this.CONSUME(t.AreaName).image;
          },
        },
      ]),
    );
    this.OPTION(() => this.CONSUME(t.AllocFailed));
    this.SUBRULE(this.fields);
    this.ACTION(() => this.fail('cma', { area, pages: this.said.value('req-size'), errno: this.said.value('ret') }));
  });

  /** alloc_vmap_area(), __vmalloc_node_range(): no range of addresses is left. */
  readonly alloc_vmap_area = this.RULE('alloc_vmap_area', () => {
    this.begin();
    this.SUBRULE(this.fields);
    this.ACTION(() => this.fail('vmap', { sizeBytes: this.said.value('size') }));
  });

  /** The reason is what is printed between the comm and the request. */
  private fail(what: AllocationFailureLine['what'], facts: Failure): void {
    const { gfp, nodemask, cpuset, memsAllowed, requestAt } = this.said;
    const order = this.said.value('order');
    const from = facts.comm === undefined ? 0 : facts.comm.length + ': '.length;
    const reason = this.text.slice(from, requestAt !== undefined && requestAt > from ? requestAt : undefined).replace(/[\s,:.(]+$/, '');
    this.tell({ type: 'allocationFailure', what, reason, ...present({ ...facts, gfp, order, nodemask, cpuset, memsAllowed }) });
  }
}

type Failure = { readonly [K in 'comm' | 'sizeBytes' | 'stallMs' | 'area' | 'pages' | 'errno']?: AllocationFailureLine[K] | undefined };
