import { CstParser } from 'chevrotain';
import { skipValidations, vocabularyOf } from '../oom/lexing.ts';
import * as t from './tokens.ts';

/** What memory cgroups print into an OOM report: mm/memcontrol.c, since 6.11 with mm/memcontrol-v1.c. */
export class MemcgParser extends CstParser {
  /** `usage 12288kB`, `cache:0KB`, `anon 12435456` */
  readonly pair = this.RULE('pair', () => {
    this.CONSUME(t.Key);
    this.OPTION(() => this.CONSUME(t.Colon));
    this.CONSUME(t.Num);
    this.OPTION2(() => this.CONSUME(t.Unit));
    this.OPTION3(() => this.CONSUME(t.Comma));
  });

  // mem_cgroup_print_oom_meminfo() since 5.0, mem_cgroup_print_oom_info() before: `memory:` always; v1 `memory+swap:` and `kmem:` (since
  // 3.8), v2 `swap:` since 5.3 (4.20 and before printed v1's lines on v2 too)
  readonly printOomMeminfo = this.RULE('printOomMeminfo', () => {
    this.CONSUME(t.CounterName);
    this.CONSUME(t.Colon);
    this.MANY(() => this.SUBRULE(this.pair));
  });

  // mem_cgroup_print_oom_info() 2.6.29–4.20; since 5.0 the summary line names both groups. Up to 3.14 printed in two halves.
  readonly printOomInfo = this.RULE('printOomInfo', () => {
    this.CONSUME(t.TaskIn);
    this.OPTION(() => this.CONSUME(t.LimitOf));
  });

  // the same 3.9–5.2: one line a group of the tree, in KB; since 5.3 the head of the memory.stat block, bytes, one counter a line
  readonly memoryStatHead = this.RULE('memoryStatHead', () => {
    this.OR([{ ALT: () => this.CONSUME(t.StatsFor) }, { ALT: () => this.CONSUME(t.Stats) }]);
    this.OPTION(() => this.CONSUME(t.Colon));
    this.MANY(() => this.SUBRULE(this.pair));
  });

  // memory_stat_format(), memcg_stat_format(): a line of the block; counters differ with every release and configuration
  readonly memoryStat = this.RULE('memoryStat', () => {
    this.SUBRULE(this.pair);
  });

  // mem_cgroup_show_protected_memory(): since 7.0
  readonly showProtectedMemory = this.RULE('showProtectedMemory', () => {
    this.CONSUME(t.Protection);
    this.CONSUME(t.Num);
    this.OPTION(() => this.CONSUME(t.Unit));
    this.MANY(() =>
      this.OR([
        { ALT: () => this.CONSUME(t.Other) },
        { ALT: () => this.CONSUME2(t.Protection) },
        { ALT: () => this.CONSUME2(t.Num) },
        { ALT: () => this.CONSUME2(t.Unit) },
        { ALT: () => this.CONSUME(t.Key) },
      ]),
    );
  });

  constructor() {
    super(vocabularyOf(t.MODES), { recoveryEnabled: true, skipValidations, maxLookahead: 3 });
    this.performSelfAnalysis();
  }
}
