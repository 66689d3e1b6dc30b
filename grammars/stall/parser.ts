import { Word } from '../common/tokens.ts';
import { behind, number, RcuParser, type Said, value } from './rcu-parser.ts';
import * as t from './tokens.ts';

const RULES = [
  'print_cpu_stall',
  'print_stall_totals',
  'print_cpu_stall_info',
  'rcu_print_task_stall',
  'rcu_check_gp_kthread',
  'check_holdout_task',
  'show_pool',
  'show_pwq_works',
  'print_cpustat',
  'sched_show_task',
  'sched_show_task_columns',
] as const;

/** A row of the table of tasks is lexed in two modes, whichever wording it has. */
const TASK = [...t.MODES.task, t.TaskComm];
const COLUMNS = [...t.MODES.numbers, t.ColumnComm];

/** Reads what watchdogs print of RCU, of workqueues and of tasks. */
export class StallParser extends RcuParser {
  /** pr_cont_pool_info() and what goes with a pool: `pool 2: cpus=0 node=0 flags=0x0 nice=0 hung=43s workers=3 manager: 90 idle: 35` */
  readonly show_pool = this.RULE('show_pool', () => {
    const said: Said = {};
    this.MANY(() => {
      this.OR([
        { ALT: () => (said.pool = number(this.CONSUME(t.PoolId).image)) },
        { ALT: () => (said.cpus = behind(this.CONSUME(t.Cpus).image)) },
        { ALT: () => (said.node = behind(this.CONSUME(t.Node).image)) },
        { ALT: () => (said.flags = behind(this.CONSUME(t.Flags).image)) },
        { ALT: () => (said.nice = behind(this.CONSUME(t.Nice).image)) },
        {
          ALT: () => {
            const [active, max] = behind(this.CONSUME(t.Active).image).split('/');
            said.active = active;
            said.max = max;
          },
        },
        { ALT: () => (said.refcnt = behind(this.CONSUME(t.Refcnt).image)) },
        { ALT: () => (said.mayday = this.CONSUME(t.Mayday).image) },
        { ALT: () => (said.seconds = number(this.CONSUME(t.Hung).image)) },
        { ALT: () => (said.workers = behind(this.CONSUME(t.Workers).image)) },
        { ALT: () => (said.manager = value(this.CONSUME(t.Manager).image)) },
        { ALT: () => (said.idle = this.CONSUME(t.IdleWorkers).image.slice(6)) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.say(said));
  });

  /** `in-flight: 35:xyz_work [driver_xyz] BAR(8), 12(RESCUER):xyz_flush for 31s`: a node for each work. */
  readonly show_pwq_works = this.RULE('show_pwq_works', () => {
    const state = this.CONSUME(t.WorkState).image.slice(0, -1);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.work, { ARGS: [state] }) });
  });

  private readonly work = this.RULE('work', (state: string) => {
    const said: Said = {};
    const names: string[] = [];
    this.OPTION(() => (said.worker = /^\d+/.exec(this.CONSUME(t.Worker).image)?.[0]));
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => names.push(this.CONSUME(t.WorkName).image) },
        { ALT: () => names.push(this.CONSUME1(t.Worker).image) }, // a function that looks like one
        { ALT: () => (said.seconds = number(this.CONSUME(t.ForSeconds).image)) },
      ]);
    });
    this.ACTION(() => this.say({ state, ...said, work: names.join(' ') }));
  });

  /** `#1: 100% system, 0% softirq, 1% hardirq, 0% idle` */
  readonly print_cpustat = this.RULE('print_cpustat', () => {
    const said: Said = {};
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const [percent, what = ''] = this.CONSUME(t.Percent).image.split('% ');
            said[what] = percent;
          },
        },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.say(said));
  });

  /** `task:java  state:D stack:14472 pid:43 tgid:43 ppid:2 task_flags:0x4208060 flags:0x00080000` */
  readonly sched_show_task = this.RULE('sched_show_task', () => {
    const said: Said = {};
    this.CONSUME(t.TaskLead);
    this.OPTION(() => (said.comm = this.CONSUME(t.TaskComm).image));
    this.OPTION1(() => (said.state = this.CONSUME(t.State).image.slice(6)));
    this.OPTION2(() => this.CONSUME(t.Running));
    this.OPTION3(() => (said.stack = number(this.CONSUME(t.Stack).image)));
    this.OPTION4(() => (said.pid = number(this.CONSUME(t.Pid).image)));
    this.OPTION5(() => (said.tgid = number(this.CONSUME(t.Tgid).image)));
    this.OPTION6(() => (said.ppid = number(this.CONSUME(t.Ppid).image)));
    this.rest(TASK);
    this.ACTION(() => this.say(said));
  });

  /** `java  D ffff88008ad8f5b0 0 2293 1 0x00000000`: free stack, pid, parent. */
  readonly sched_show_task_columns = this.RULE('sched_show_task_columns', () => {
    const said: Said = {};
    said.comm = this.CONSUME(t.ColumnComm).image;
    this.OPTION(() => (said.state = this.CONSUME(t.StateLetter).image));
    this.OPTION1(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Running) }, { ALT: () => this.CONSUME(t.Counter) }]);
    });
    this.OPTION2(() => {
      said.stack = this.CONSUME(t.Decimal).image;
      said.pid = this.CONSUME1(t.Decimal).image;
      said.ppid = this.CONSUME2(t.Decimal).image;
    });
    this.rest(COLUMNS);
    this.ACTION(() => this.say(said));
  });

  constructor() {
    super(RULES, { ...t.RCU_MODES, ...t.MODES });
    this.performSelfAnalysis();
  }

  protected rules(): Readonly<Record<string, () => unknown>> {
    return Object.fromEntries(RULES.map((name) => [name, () => this.SUBRULE(this[name])]));
  }
}
