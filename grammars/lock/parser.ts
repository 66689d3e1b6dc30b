import { LineParser } from '../common/parser.ts';
import { Word } from '../common/tokens.ts';
import * as t from './tokens.ts';

/** What a line says, by the names of its row's fields. */
type Said = Record<string, string | undefined>;

/** The tokens of lines that are lexed in two modes. */
const HELD_BY = [...t.MODES['held-by'], t.Comm, t.TaskPid];
const SPIN = [...t.MODES.spin, t.OwnerCpu, t.Owner, t.OwnerPid];

const RULES = [
  'print_lock',
  'print_circular_bug_entry',
  'lockdep_print_held_locks',
  'print_usage_bug',
  'print_scenario',
  'print_chain',
  'spin_dump',
  'in_atomic',
] as const;

const digits = (image: string): string => /\d+/.exec(image)?.[0] ?? '';
/** What stands behind the last blank. */
const value = (image: string): string => image.slice(image.lastIndexOf(' ') + 1);
/** Without its brackets. */
const inner = (image: string): string => image.slice(1, -1);

/** Reads locks, and what lockdep and its neighbours say of those that hold them. */
export class LockParser extends LineParser {
  /** `#0: ffff888103c2a0a8 (&xyz->lock){+.+.}-{4:4}, at: xyz_ioctl+0x44/0x210 [driver_xyz]`; of a broken line what there is. */
  readonly print_lock = this.RULE('print_lock', () => {
    const said: Said = {};
    this.OPTION(() => (said.depth = digits(this.CONSUME(t.HeldNumber).image)));
    this.OPTION1(() => (said.address = this.CONSUME(t.Instance).image));
    this.OPTION2(() => this.SUBRULE(this.lockClass, { ARGS: [said] }));
    this.OPTION3(() => this.SUBRULE(this.place, { ARGS: [said] }));
    this.rest(t.MODES.lock);
    this.ACTION(() => this.say(said));
  });

  /** `-> #2 (rtnl_mutex){+.+.}-{4:4}:`, the title of the stack that made the link. */
  readonly print_circular_bug_entry = this.RULE('print_circular_bug_entry', () => {
    const said: Said = {};
    said.depth = digits(this.CONSUME(t.ChainLink).image);
    this.OPTION(() => this.SUBRULE(this.lockClass, { ARGS: [said] }));
    this.rest(t.MODES.lock);
    this.ACTION(() => this.say(said));
  });

  /** print_lock_name(): the class's name, its usage. */
  private readonly lockClass = this.RULE('lockClass', (said: Said) => {
    const { image } = this.CONSUME(t.LockName);
    const usage = this.OPTION(() => this.CONSUME(t.LockUsage).image);
    this.ACTION(() => {
      said.name = inner(image);
      said.usage = usage;
    });
  });

  /** Where the lock was taken: `%pS`, until 4.15 behind `[<address>]`; a symboliser adds the source line. */
  private readonly place = this.RULE('place', (said: Said) => {
    this.CONSUME(t.At);
    this.OPTION(() => this.CONSUME(t.BracketAddress));
    const frame = this.OPTION1(() => this.CONSUME(t.InnerSymbol).image);
    const source = this.OPTION2(() => this.CONSUME(t.SourceLine).image);
    const module = this.OPTION3(() => this.CONSUME(t.ModuleRef).image);
    this.ACTION(() => Object.assign(said, frame === undefined ? {} : { frame, source, module }));
  });

  /** `2 locks held by kworker/1:2/119:` */
  readonly lockdep_print_held_locks = this.RULE('lockdep_print_held_locks', () => {
    const said: Said = {};
    said.count = this.CONSUME(t.HeldCount).image;
    this.CONSUME(t.HeldBy);
    this.OPTION(() => {
      said.comm = this.CONSUME(t.Comm).image;
      said.pid = digits(this.CONSUME(t.TaskPid).image);
    });
    this.rest(HELD_BY);
    this.ACTION(() => this.say(said));
  });

  /** `inconsistent {IN-SOFTIRQ-W} -> {SOFTIRQ-ON-W} usage.` */
  readonly print_usage_bug = this.RULE('print_usage_bug', () => {
    const said: Said = {};
    this.CONSUME(Word);
    said.before = inner(this.CONSUME(t.UsageState).image);
    this.OPTION(() => {
      this.CONSUME(t.Arrow);
      said.now = inner(this.CONSUME1(t.UsageState).image);
    });
    this.rest(t.MODES.usage);
    this.ACTION(() => this.say(said));
  });

  /** A step of a scenario, in the column of its CPU. */
  readonly print_scenario = this.RULE('print_scenario', () => {
    let column = 0;
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.SecondColumn);
            column = 1;
          },
        },
        {
          ALT: () => {
            const step = this.CONSUME(t.Step).image;
            this.ACTION(() => this.say({ column: `${column}`, step }));
          },
        },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
  });

  /** `A --> B --> C` */
  readonly print_chain = this.RULE('print_chain', () => {
    this.AT_LEAST_ONE_SEP({
      SEP: t.ChainArrow,
      DEF: () => {
        const link = this.CONSUME(t.ChainName).image;
        this.ACTION(() => this.say({ link }));
      },
    });
  });

  /** `lock: xyz_lock+0x0/0x40, .magic: dead4ead, .owner: java/12, .owner_cpu: 1` */
  readonly spin_dump = this.RULE('spin_dump', () => {
    const said: Said = {};
    this.CONSUME(t.SpinLead);
    this.OR([
      { ALT: () => (said.name = this.CONSUME(t.SpinSymbol).image) },
      { ALT: () => (said.address = this.CONSUME(t.SpinAddress).image) },
    ]);
    this.OPTION(() => this.CONSUME(t.ModuleRef));
    this.OPTION1(() => (said.magic = value(this.CONSUME(t.Magic).image)));
    this.OPTION2(() => {
      this.CONSUME(t.OwnerLead);
      said.owner = this.CONSUME(t.Owner).image;
      said.ownerPid = this.CONSUME(t.OwnerPid).image.slice(1);
      said.ownerCpu = value(this.CONSUME(t.OwnerCpu).image);
    });
    this.rest(SPIN);
    this.ACTION(() => this.say(said));
  });

  /** `in_atomic(): 1, irqs_disabled(): 0, non_block: 0, pid: 77, name: java` */
  readonly in_atomic = this.RULE('in_atomic', () => {
    const said: Said = {};
    this.MANY(() => {
      this.OR([
        { ALT: () => (said.atomic = value(this.CONSUME(t.InAtomic).image)) },
        { ALT: () => (said.irqs = value(this.CONSUME(t.IrqsDisabled).image)) },
        { ALT: () => (said.nonBlock = value(this.CONSUME(t.NonBlock).image)) },
        { ALT: () => (said.pid = value(this.CONSUME(t.Pid).image)) },
        { ALT: () => this.CONSUME(t.Migration) },
        { ALT: () => this.CONSUME(t.NameLead) },
        { ALT: () => (said.comm = this.CONSUME(t.Name).image) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.say(said));
  });

  constructor() {
    super(RULES, t.MODES);
    this.performSelfAnalysis();
  }

  protected rules(): Readonly<Record<string, () => unknown>> {
    return Object.fromEntries(RULES.map((name) => [name, () => this.SUBRULE(this[name])]));
  }
}
