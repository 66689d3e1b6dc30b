import { FieldsParser } from '../oom/fields-parser.ts';
import { textAfter } from '../oom/free-text.ts';
import { present } from '../oom/line-fields.ts';
import * as t from './tokens.ts';

const LINES = [
  'mem_cgroup_print_oom_meminfo',
  'mem_cgroup_print_oom_info',
  'mem_cgroup_print_oom_group',
  'memory_stat_head',
  'memory_stat_format',
] as const;

/** What memory cgroups print into an OOM report: mm/memcontrol.c, since 6.11 with mm/memcontrol-v1.c. */
export class MemcgParser extends FieldsParser {
  readonly mem_cgroup_print_oom_meminfo = this.RULE('mem_cgroup_print_oom_meminfo', () => {
    this.begin();
    const name = this.CONSUME(t.CounterName).image;
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      const { said } = this;
      const usageKb = said.value('usage');
      this.tell({ type: 'pageCounter', name, ...present({ usageKb, limitKb: said.value('limit'), failcnt: said.value('failcnt') }) });
    });
  });

  readonly mem_cgroup_print_oom_info = this.RULE('mem_cgroup_print_oom_info', () => {
    this.begin();
    const taskMemcg = textAfter(this.CONSUME(t.TaskIn));
    let oomMemcg: string | undefined;
    this.OPTION(() => {
      oomMemcg = textAfter(this.CONSUME(t.LimitOf));
    });
    this.SUBRULE(this.fields);
    this.ACTION(() => this.tell({ type: 'taskKilled', taskMemcg, ...present({ oomMemcg }) }));
  });

  readonly mem_cgroup_print_oom_group = this.RULE('mem_cgroup_print_oom_group', () => {
    this.begin();
    const path = textAfter(this.CONSUME(t.TasksIn));
    this.SUBRULE(this.fields);
    this.ACTION(() => this.tell({ type: 'oomGroup', path }));
  });

  /** `Memory cgroup stats for /a: cache:0KB rss:4KB …` 3.9–5.2, one line a group of the tree; since 5.3 the head of a block of counters. */
  readonly memory_stat_head = this.RULE('memory_stat_head', () => {
    this.begin();
    let path: string | undefined;
    this.OR([
      {
        ALT: () => {
          path = textAfter(this.CONSUME(t.StatsFor));
        },
      },
      { ALT: () => this.CONSUME(t.Stats) },
    ]);
    this.SUBRULE(this.fields);
    this.ACTION(() => this.tell({ type: 'statHead', counters: this.said.plainCounters(), ...present({ path }) }));
  });

  /** One counter of the block; which there are differs with every release and configuration. */
  readonly memory_stat_format = this.RULE('memory_stat_format', () => {
    this.begin();
    this.SUBRULE(this.fields);
    this.ACTION(() => this.tell({ type: 'stat', counters: this.said.plainCounters() }));
  });

  constructor() {
    super(LINES, t.MODES);
    this.performSelfAnalysis();
  }

  protected rules(): Readonly<Record<string, () => unknown>> {
    return Object.fromEntries(LINES.map((name) => [name, () => this.SUBRULE(this[name])]));
  }
}
