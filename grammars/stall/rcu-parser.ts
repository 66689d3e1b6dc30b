import { LineParser } from '../common/parser.ts';
import { Word } from '../common/tokens.ts';
import * as t from './rcu-tokens.ts';

/** What a line says, by the names of its row's fields. */
export type Said = Record<string, string | undefined>;

/** The digits of `t=21003 jiffies,`, of `g=-1195,` with their sign. */
export const number = (image: string): string => /-?\d+/.exec(image)?.[0] ?? '';
/** What stands behind the equals sign of `idle=5ddc/1/0x4`. */
export const behind = (image: string): string => image.slice(image.indexOf('=') + 1);

/** Reads what kernel/rcu says of a grace period that does not end. */
export abstract class RcuParser extends LineParser {
  /**
   * The head in all wordings. Until 3.14 the CPUs and the totals stand on it (`{ 1 3} (detected by 0, t=60002 jiffies, g=…, q=…)`), of an
   * expedited one to this day: `{ 0-...D P123 } 1234 jiffies s: 12 root: 0x1/.`
   */
  readonly print_cpu_stall = this.RULE('print_cpu_stall', () => {
    const said: Said = {};
    const cpus: string[] = [];
    const tasks: string[] = [];
    this.OPTION(() => this.CONSUME(t.RcuPrefix));
    this.OPTION1(() => this.CONSUME(t.Info));
    this.OPTION2(() => (said.flavour = this.CONSUME(t.Flavour).image));
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.stalled, { ARGS: [cpus, tasks] }) },
        { ALT: () => this.SUBRULE(this.total, { ARGS: [said] }) },
        { ALT: () => cpus.push(number(this.CONSUME(t.StalledCpu).image)) },
        { ALT: () => this.CONSUME(t.Decimal) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.rest(t.RCU_MODES.rcu);
    this.ACTION(() => this.say({ ...said, cpus: joined(cpus), tasks: joined(tasks) }));
  });

  /** `{ 0-...D 3-.... P123 }`, `{ 1 3}` */
  private readonly stalled = this.RULE('stalled', (cpus: string[], tasks: string[]) => {
    this.CONSUME(t.Open);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.pushed(() => cpus, this.CONSUME(t.ListedCpu).image) },
        { ALT: () => this.pushed(() => cpus, this.CONSUME(t.Decimal).image) },
        { ALT: () => this.pushed(() => tasks, this.CONSUME(t.BlockedTask).image) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.OPTION(() => this.CONSUME(t.Close));
  });

  /** While chevrotain records a rule it gives it no arguments. */
  private pushed(list: () => string[], image: string): void {
    this.ACTION(() => list().push(/\d+/.exec(image)?.[0] ?? ''));
  }

  /** One of what is counted: `detected by 0,`, `t=21003 jiffies,`, `g=10457,`, `q=512`, `ncpus=4`, `s: 12`. */
  private readonly total = this.RULE('total', (said: Said) => {
    const put = (key: string, image: string) => this.ACTION(() => (said[key] ??= number(image)));
    this.OR([
      { ALT: () => put('detectedBy', this.CONSUME(t.DetectedBy).image) },
      { ALT: () => put('jiffies', this.CONSUME(t.Elapsed).image) },
      { ALT: () => put('jiffies', this.CONSUME(t.Jiffies).image) },
      { ALT: () => put('gp', this.CONSUME(t.Gp).image) },
      { ALT: () => put('queued', this.CONSUME(t.Queued).image) },
      { ALT: () => put('ncpus', this.CONSUME(t.Ncpus).image) },
      { ALT: () => put('sequence', this.CONSUME(t.Sequence).image) },
    ]);
  });

  /** `(detected by 0, t=21003 jiffies, g=10457, q=512 ncpus=4)` */
  readonly print_stall_totals = this.RULE('print_stall_totals', () => {
    const said: Said = {};
    this.OPTION(() => this.CONSUME(t.RcuPrefix));
    this.MANY(() => this.OR([{ ALT: () => this.SUBRULE(this.total, { ARGS: [said] }) }, { ALT: () => this.CONSUME(Word) }]));
    this.rest(t.RCU_MODES.rcu);
    this.ACTION(() => this.say(said));
  });

  /** `0-...!: (1 GPs behind) idle=5ddc/1/0x4000000000000000 softirq=201/202 fqs=3` */
  readonly print_cpu_stall_info = this.RULE('print_cpu_stall_info', () => {
    const said: Said = {};
    this.OPTION(() => this.CONSUME(t.RcuPrefix));
    const cpu = this.CONSUME(t.CpuState).image;
    this.OR([
      { ALT: () => (said.ticks = number(this.CONSUME(t.TicksThisGp).image)) },
      { ALT: () => (said.behind = number(this.CONSUME(t.GpsBehind).image)) },
    ]);
    this.OPTION1(() => (said.idle = behind(this.CONSUME(t.Idle).image)));
    this.OPTION2(() => {
      const [before, now] = behind(this.CONSUME(t.Softirq).image).split('/');
      said.softirq = before;
      said.softirqNow = now;
    });
    this.OPTION3(() => (said.fqs = behind(this.CONSUME(t.Fqs).image)));
    this.rest(t.RCU_MODES.rcu);
    this.ACTION(() => {
      const [number, flags] = cpu.slice(0, -1).split('-');
      this.say({ cpu: number, flags, ...said });
    });
  });

  /** `Tasks blocked on level-0 rcu_node (CPUs 0-3): P123/1:b..l P45` */
  readonly rcu_print_task_stall = this.RULE('rcu_print_task_stall', () => {
    const tasks: string[] = [];
    this.OPTION(() => this.CONSUME(t.RcuPrefix));
    this.CONSUME(t.BlockedOn);
    const range = this.OPTION1(() => this.CONSUME(t.NodeCpus).image);
    this.MANY(() => tasks.push(/\d+/.exec(this.CONSUME(t.BlockedTask).image)?.[0] ?? ''));
    this.rest(t.RCU_MODES.rcu);
    this.ACTION(() => this.say({ range: range && /\d+-\d+/.exec(range)?.[0], tasks: joined(tasks) }));
  });

  /** `rcu_preempt kthread starved for 2602 jiffies! g10457 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x0 ->cpu=2` */
  readonly rcu_check_gp_kthread = this.RULE('rcu_check_gp_kthread', () => {
    const said: Said = {};
    this.OPTION(() => this.CONSUME(t.RcuPrefix));
    this.CONSUME(t.Kthread);
    this.MANY(() => {
      this.OR([
        { ALT: () => (said.jiffies = number(this.CONSUME(t.Jiffies).image)) },
        { ALT: () => (said.gp = number(this.CONSUME(t.GpShort).image)) },
        { ALT: () => (said.state = this.CONSUME(t.GpState).image) },
        { ALT: () => (said.taskState = behind(this.CONSUME(t.TaskState).image)) },
        { ALT: () => (said.cpu = behind(this.CONSUME(t.OnCpu).image)) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.rest(t.RCU_MODES.rcu);
    this.ACTION(() => this.say(said));
  });

  /** `00000000c8a3d6d1: .. nvcsw: 2/5 holdout: 1 idle_cpu: -1/1` */
  readonly check_holdout_task = this.RULE('check_holdout_task', () => {
    const said: Said = {};
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const [before, now] = value(this.CONSUME(t.Switches).image).split('/');
            said.switches = before;
            said.switchesNow = now;
          },
        },
        { ALT: () => (said.holdout = value(this.CONSUME(t.Holdout).image)) },
        {
          ALT: () => {
            const [idle, last] = value(this.CONSUME(t.IdleCpu).image).split('/');
            said.idleCpu = idle;
            said.lastCpu = last;
          },
        },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.say(said));
  });
}

/** What stands behind the last blank. */
export const value = (image: string): string => image.slice(image.lastIndexOf(' ') + 1);
const joined = (parts: readonly string[]): string | undefined => (parts.length === 0 ? undefined : parts.join(','));
