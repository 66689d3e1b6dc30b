import { createToken } from 'chevrotain';
import type { Modes } from '../common/parser.ts';
import { ANY_CHAR, Blank, Word } from '../common/tokens.ts';

export { RCU_MODES } from './rcu-tokens.ts';

export const PoolId = createToken({ name: 'PoolId', pattern: /p(?:wq|ool) \d+:/ });
export const Cpus = createToken({ name: 'Cpus', pattern: /cpus=[\d,-]+/ });
export const Node = createToken({ name: 'Node', pattern: /node=-?\d+/ });
export const Flags = createToken({ name: 'Flags', pattern: /flags=0x[0-9a-f]+/ });
export const Nice = createToken({ name: 'Nice', pattern: /nice=-?\d+/ });
/** `active=3`; with the maximum until 6.8. */
export const Active = createToken({ name: 'Active', pattern: /active=\d+(?:\/\d+)?/ });
export const Refcnt = createToken({ name: 'Refcnt', pattern: /refcnt=\d+/ });
export const Mayday = createToken({ name: 'Mayday', pattern: /MAYDAY/ });
export const Hung = createToken({ name: 'Hung', pattern: /(?:hung=|stuck for )\d+s/ });
export const Workers = createToken({ name: 'Workers', pattern: /workers=\d+/ });
export const Manager = createToken({ name: 'Manager', pattern: /manager: \d+/ });
export const IdleWorkers = createToken({ name: 'IdleWorkers', pattern: /idle: [^\n]*/, line_breaks: false });

export const WorkState = createToken({ name: 'WorkState', pattern: /(?:in-flight|pending|inactive|delayed):/ });
/** Who runs it: `35:`, `12(RESCUER):`, since 6.9 `bh:` and `bh-hi:`. */
export const Worker = createToken({ name: 'Worker', pattern: /(?:\d+(?:\(RESCUER\))?|bh(?:-hi)?):/ });
export const ForSeconds = createToken({ name: 'ForSeconds', pattern: /for \d+s(?=[\s,]|(?![^\n]))/ });
/** A function, its module in brackets, `3*` where it is queued more than once; `BAR(77)`: who waits for the work before it. */
export const WorkName = createToken({
  name: 'WorkName',
  pattern: /[^\s,]+/,
  start_chars_hint: ANY_CHAR.filter((c) => c !== 32 && c !== 44),
});
export const Comma = createToken({ name: 'Comma', pattern: /,/ });

export const Percent = createToken({ name: 'Percent', pattern: /\d+% (?:system|softirq|hardirq|idle)/ });

export const TaskLead = createToken({ name: 'TaskLead', pattern: /task:/, push_mode: 'task-comm' });
/** 15 bytes of anything, up to the state behind it. */
export const TaskComm = createToken({
  name: 'TaskComm',
  pattern: /[^\n]{1,64}?(?=[ \t]+state:\S)/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
  pop_mode: true,
});
export const State = createToken({ name: 'State', pattern: /state:\S/ });
export const Stack = createToken({ name: 'Stack', pattern: /stack: *\d+/ });
export const Pid = createToken({ name: 'Pid', pattern: /pid: *\d+/ });
export const Tgid = createToken({ name: 'Tgid', pattern: /tgid: *\d+/ });
export const Ppid = createToken({ name: 'Ppid', pattern: /ppid: *\d+/ });

/** Until 5.8: the comm in 15 columns, then the state. */
export const ColumnComm = createToken({
  name: 'ColumnComm',
  pattern: /[^\n]{1,15} (?=[RSDTtXZPIWKNC?] *(?:running task|[0-9a-f(]))/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
  push_mode: 'numbers',
});
export const StateLetter = createToken({ name: 'StateLetter', pattern: /[RSDTtXZPIWKNC?]/ });
export const Running = createToken({ name: 'Running', pattern: /running task(?: on cpu +\d+)?/ });
/** The program counter, until 4.14. */
export const Counter = createToken({ name: 'Counter', pattern: /(?:[0-9a-f]{16}|[0-9a-f]{8}|\(null\))(?= )/ });
const TaskFlags = createToken({ name: 'TaskFlags', pattern: /0x[0-9a-f]{8}/ });
export const Decimal = createToken({ name: 'Decimal', pattern: /\d+(?=\s)/ });

/** The modes; the first of a row's line is named in its table (`rule.mode`), the others are entered by tokens. */
export const MODES = {
  pool: [Blank, PoolId, Cpus, Node, Flags, Nice, Active, Refcnt, Mayday, Hung, Workers, Manager, IdleWorkers, Word],
  works: [Blank, WorkState, Worker, ForSeconds, Comma, WorkName],
  utilization: [Blank, Percent, Word],
  task: [Blank, TaskLead, State, Running, Stack, Ppid, Pid, Tgid, Word],
  'task-comm': [TaskComm, Word],
  columns: [ColumnComm, Blank, Word],
  numbers: [Blank, StateLetter, Running, Counter, TaskFlags, Decimal, Word],
} as const satisfies Modes;
