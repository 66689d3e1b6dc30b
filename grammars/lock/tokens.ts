import { createToken } from 'chevrotain';
import { BracketAddress, InnerSymbol, ModuleRef, SourceLine } from '../call-trace/tokens.ts';
import type { Modes } from '../common/parser.ts';
import { ANY_CHAR, Blank, Word } from '../common/tokens.ts';

export { BracketAddress, InnerSymbol, ModuleRef, SourceLine };

const VISIBLE = ANY_CHAR.filter((c) => c !== 32 && c !== 9);

/** Held locks are numbered: `#0:`. */
export const HeldNumber = createToken({ name: 'HeldNumber', pattern: /#\d+:/ });
export const ChainLink = createToken({ name: 'ChainLink', pattern: /-> #\d+/ });
export const Arrow = createToken({ name: 'Arrow', pattern: /->/ });
/** The lock itself, since 4.17. */
export const Instance = createToken({ name: 'Instance', pattern: /[0-9a-f]{8,16}(?= \()/ });
/** `(&xyz->lock#2)`, `((work_completion)(&xyz->work))`: any text in brackets, up to the usage behind it. */
export const LockName = createToken({ name: 'LockName', pattern: /\([^\n]{1,256}?\)(?=\{[^}\n]{0,32}\})/, line_breaks: false });
/** `{+.+.}`, `{+.+.}-{4:4}`: how the class was used, and since 5.7 its wait types. */
export const LockUsage = createToken({ name: 'LockUsage', pattern: /\{[^}\n]{0,32}\}(?:-\{[^}\n]{0,16}\})?/, line_breaks: false });
export const At = createToken({ name: 'At', pattern: /, at:/ });

export const HeldCount = createToken({ name: 'HeldCount', pattern: /(?:\d+|no)(?= locks? held by )/ });
export const HeldBy = createToken({ name: 'HeldBy', pattern: /locks? held by /, push_mode: 'task' });
/** At most 15 bytes of anything, up to the pid that ends the line. */
export const Comm = createToken({
  name: 'Comm',
  pattern: /[^\n]{1,64}?(?=\/\d+[:.]?[ \t]*(?![^\n]))/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
});
export const TaskPid = createToken({ name: 'TaskPid', pattern: /\/\d+[:.]?[ \t]*(?![^\n])/ });

/** `{IN-SOFTIRQ-W}` */
export const UsageState = createToken({ name: 'UsageState', pattern: /\{[^}\n]*\}/, line_breaks: false });

/** What a CPU does stands in its column; the second begins behind 31 blanks. */
export const SecondColumn = createToken({ name: 'SecondColumn', pattern: /[ \t]{20,}/ });
export const Step = createToken({
  name: 'Step',
  pattern: /<Interrupt>|(?:r?lock|sync|local_irq_disable)\([^\n]*?\)(?=[ \t]*;|[ \t]*(?![^\n]))/,
  start_chars_hint: ['<', 'r', 'l', 's'],
  line_breaks: false,
});

export const ChainArrow = createToken({ name: 'ChainArrow', pattern: /[ \t]*-->[ \t]*/, start_chars_hint: ['-', ' ', '\t'] });
export const ChainName = createToken({
  name: 'ChainName',
  pattern: /[^\s](?:(?! --> )[^\n])*/,
  start_chars_hint: VISIBLE,
  line_breaks: false,
});

export const SpinLead = createToken({ name: 'SpinLead', pattern: /lock: / });
export const SpinSymbol = createToken({ name: 'SpinSymbol', pattern: /(?!(?:0x)?[0-9a-f]+,)[A-Za-z_][^\s,]*/, start_chars_hint: VISIBLE });
export const SpinAddress = createToken({ name: 'SpinAddress', pattern: /(?:0x)?[0-9a-f]+(?=,)/ });
export const Magic = createToken({ name: 'Magic', pattern: /, \.magic: [0-9a-f]+/ });
export const OwnerLead = createToken({ name: 'OwnerLead', pattern: /, \.owner: /, push_mode: 'owner' });
export const Owner = createToken({
  name: 'Owner',
  pattern: /[^\n]{1,64}?(?=\/-?\d+, \.owner_cpu: )/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
});
export const OwnerPid = createToken({ name: 'OwnerPid', pattern: /\/-?\d+/ });
export const OwnerCpu = createToken({ name: 'OwnerCpu', pattern: /, \.owner_cpu: -?\d+/ });

export const InAtomic = createToken({ name: 'InAtomic', pattern: /in_atomic\(\): \d+/ });
export const IrqsDisabled = createToken({ name: 'IrqsDisabled', pattern: /irqs_disabled\(\): \d+/ });
export const NonBlock = createToken({ name: 'NonBlock', pattern: /non_block: \d+/ });
export const Migration = createToken({ name: 'Migration', pattern: /migration_disabled\(\) \d+/ });
export const Pid = createToken({ name: 'Pid', pattern: /pid: \d+/ });
export const NameLead = createToken({ name: 'NameLead', pattern: /name: /, push_mode: 'name' });
/** Whatever the task is called, to the end of the line. */
export const Name = createToken({ name: 'Name', pattern: /[^\n]+/, start_chars_hint: ANY_CHAR, line_breaks: false });
export const Comma = createToken({ name: 'Comma', pattern: /,/ });

/** The modes; the first of a row's line is named in its table (`rule.mode`), the others are entered by tokens. */
export const MODES = {
  lock: [Blank, ChainLink, Arrow, HeldNumber, Instance, LockName, LockUsage, At, BracketAddress, InnerSymbol, SourceLine, ModuleRef, Word],
  'held-by': [Blank, HeldCount, HeldBy, Word],
  task: [Comm, TaskPid, Word],
  usage: [Blank, UsageState, Arrow, Word],
  scenario: [SecondColumn, Blank, Step, Word],
  chain: [ChainArrow, Blank, ChainName],
  spin: [SpinLead, Blank, Magic, OwnerLead, SpinAddress, SpinSymbol, ModuleRef, Word],
  owner: [OwnerCpu, Owner, OwnerPid, Word],
  atomic: [Blank, InAtomic, IrqsDisabled, NonBlock, Migration, Pid, NameLead, Comma, Word],
  name: [Name],
} as const satisfies Modes;
