import { createToken } from 'chevrotain';
import type { Modes } from '../common/parser.ts';
import { Blank, Word } from '../common/tokens.ts';

export const RcuPrefix = createToken({ name: 'RcuPrefix', pattern: /rcu:(?=\s)/ });
export const Info = createToken({ name: 'Info', pattern: /INFO:/ });
/** The flavour of RCU: what stands before the words of the complaint. */
export const Flavour = createToken({ name: 'Flavour', pattern: /\w+(?= (?:self-detected|detected|stalled|is) )/ });
/** 2.6.36 and before: `detected CPU 0 stall`, `detected stall on CPU 0`. */
export const StalledCpu = createToken({ name: 'StalledCpu', pattern: /CPU \d+/ });
export const Open = createToken({ name: 'Open', pattern: /\{/ });
export const Close = createToken({ name: 'Close', pattern: /\}/ });
/** `0-...D`: a CPU of an expedited list with its letters; `1`, `3`: those of a list before 3.15. */
export const ListedCpu = createToken({ name: 'ListedCpu', pattern: /\d+-[.A-Za-z?!]{3,4}(?=[\s}])/ });
/** `P123`, `P123/1:b..l`: a task that was preempted within a reader, its nesting and letters. */
export const BlockedTask = createToken({ name: 'BlockedTask', pattern: /P\d+(?:\/-?\d+:[.a-z]+)?/ });

export const CpuState = createToken({ name: 'CpuState', pattern: /\d+(?:-[.!?ONoxLd0-9]{3,4})?:(?= \()/ });
export const TicksThisGp = createToken({ name: 'TicksThisGp', pattern: /\(\d+ ticks this GP\)/ });
export const GpsBehind = createToken({ name: 'GpsBehind', pattern: /\(\d+ GPs behind\)/ });
export const Idle = createToken({ name: 'Idle', pattern: /idle=\S+/ });
export const Softirq = createToken({ name: 'Softirq', pattern: /softirq=\d+\/\d+/ });
export const Fqs = createToken({ name: 'Fqs', pattern: /fqs=-?\d+/ });

export const BlockedOn = createToken({ name: 'BlockedOn', pattern: /Tasks blocked on level-\d+ rcu_node/ });
export const NodeCpus = createToken({ name: 'NodeCpus', pattern: /\(CPUs \d+-\d+\):/ });

export const DetectedBy = createToken({ name: 'DetectedBy', pattern: /\(?detected by \d+,/ });
export const Elapsed = createToken({ name: 'Elapsed', pattern: /\(?t=\d+ jiffies[,)]?/ });
export const Jiffies = createToken({ name: 'Jiffies', pattern: /\d+ jiffies!?/ });
/** The number of the grace period; `c=` that of the last one that completed, until 4.18. */
export const Gp = createToken({ name: 'Gp', pattern: /g=-?\d+,?/ });
export const Queued = createToken({ name: 'Queued', pattern: /q=\d+/ });
export const Ncpus = createToken({ name: 'Ncpus', pattern: /ncpus=\d+/ });
export const Sequence = createToken({ name: 'Sequence', pattern: /s: \d+/ });

export const Kthread = createToken({ name: 'Kthread', pattern: /\w+ kthread (?:starved|timer wakeup didn't happen) for/ });
export const GpShort = createToken({ name: 'GpShort', pattern: /g-?\d+(?=\s)/ });
export const GpState = createToken({ name: 'GpState', pattern: /RCU_GP_\w+(?=\()/ });
export const TaskState = createToken({ name: 'TaskState', pattern: /->state=0x[0-9a-f]+/ });
export const OnCpu = createToken({ name: 'OnCpu', pattern: /->cpu=-?\d+/ });
export const Decimal = createToken({ name: 'Decimal', pattern: /\d+(?=[\s},]|(?![^\n]))/ });

export const Switches = createToken({ name: 'Switches', pattern: /nvcsw: \d+\/\d+/ });
export const Holdout = createToken({ name: 'Holdout', pattern: /holdout: \d+/ });
/** The CPU where it was seen idle, or -1; behind the slash where it is. */
export const IdleCpu = createToken({ name: 'IdleCpu', pattern: /idle_cpu: -?\d+(?:\/-?\d+)?/ });

const HEAD = [RcuPrefix, Info, Kthread, Flavour, StalledCpu, Open, Close];
const STATES = [CpuState, ListedCpu, TicksThisGp, GpsBehind, Idle, Softirq, Fqs];
const TOTALS = [DetectedBy, Elapsed, Jiffies, Gp, Queued, Ncpus, Sequence];
const KTHREAD = [GpShort, GpState, TaskState, OnCpu];

export const RCU_MODES = {
  rcu: [Blank, ...HEAD, ...STATES, BlockedOn, NodeCpus, BlockedTask, ...TOTALS, ...KTHREAD, Decimal, Word],
  holdout: [Blank, Switches, Holdout, IdleCpu, Word],
} as const satisfies Modes;
