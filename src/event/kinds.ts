/**
 * Every kind of event, once: the schema's enum, `--kind`, `--fail-on` and the crash test all read this list.
 * `crash` marks what counts as the kernel going wrong by itself (contract "kind").
 */
const TABLE = [
  ['null-dereference', 'crash'],
  ['paging-fault', 'crash'],
  ['general-protection', 'crash'],
  ['invalid-opcode', 'crash'],
  ['divide-error', 'crash'],
  ['trap', 'crash'],
  ['double-fault', 'crash'],
  ['stack-overflow', 'crash'],
  ['kernel-bug', 'crash'],
  ['list-corruption', 'crash'],
  ['slab-corruption', 'crash'],
  ['bad-page', 'crash'],
  ['refcount', 'crash'],
  ['warning', 'crash'],
  ['panic', 'crash'],
  ['kasan', 'crash'],
  ['kmsan', 'crash'],
  ['kcsan', 'crash'],
  ['kfence', 'crash'],
  ['ubsan', 'crash'],
  ['kmemleak', 'crash'],
  ['lockdep', 'crash'],
  ['rcu-usage', 'crash'],
  ['spinlock-debug', 'crash'],
  ['atomic-context', 'crash'],
  ['rcu-stall', 'crash'],
  ['soft-lockup', 'crash'],
  ['hard-lockup', 'crash'],
  ['hung-task', 'crash'],
  ['workqueue-lockup', 'crash'],
  ['oom-kill', 'crash'],
  ['memcg-oom', 'crash'],
  ['page-allocation-failure', 'crash'],
  ['hardware-error', 'other'],
  ['nmi', 'other'],
  ['irq-error', 'other'],
  ['filesystem-error', 'other'],
  ['block-error', 'other'],
  ['netdev-watchdog', 'other'],
  ['resource-leak', 'crash'],
  ['user-fault', 'other'],
  ['sysrq', 'other'],
  ['reboot', 'other'],
] as const;

/** A kind of event, as `Event.kind` and the `--kind` option name it. */
export type Kind = (typeof TABLE)[number][0];

/** All kinds in the contract's order. */
export const KINDS: readonly Kind[] = TABLE.map(([kind]) => kind);

const CRASH: ReadonlySet<string> = new Set(TABLE.filter(([, group]) => group === 'crash').map(([kind]) => kind));

/** Whether the name is one of {@link KINDS}. */
export const isKind = (name: string): name is Kind => (KINDS as readonly string[]).includes(name);

/** Whether the kind is a crash kind of the contract: not a device's, a user program's or an operator's doing. */
export const isCrashKind = (kind: Kind): boolean => CRASH.has(kind);

/** Severities, worst first. */
export const SEVERITIES = ['fatal', 'error', 'warning', 'info'] as const;

/** How bad it was; the contract says what each means. */
export type Severity = (typeof SEVERITIES)[number];

/** Contexts a stack can belong to. */
export const STACK_CONTEXTS = ['task', 'irq', 'softirq', 'nmi', 'exception'] as const;
